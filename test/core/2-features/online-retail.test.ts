import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import type { Collected, OrderLines } from '../../../src/core/1-collect/collected';
import { buildFeatures } from '../../../src/core/2-features/features';
import { buildPredictionInput } from '../../../src/core/2-features/prediction-input';

const file = '../shared/data/online-retail/online_retail.csv.gz';
/** By pandas: drop rows without customer, C invoices, quantity or price <= 0; recency to 2011-12-10 (ref_shared_rfm_clusters.py). */
const reference = '../shared/reference/online_retail_rfm.csv';
const asOf = Date.UTC(2011, 11, 10);

type Row = Record<'InvoiceNo' | 'Quantity' | 'InvoiceDate' | 'UnitPrice' | 'CustomerID', string>;

function collectWithDrop(): Collected {
  const { data } = Papa.parse<Row>(gunzipSync(readFileSync(file)).toString('utf8'), {
    header: true,
    skipEmptyLines: true,
  });
  const rows = data.filter(
    (row) =>
      row.CustomerID &&
      !row.InvoiceNo.startsWith('C') &&
      Number(row.Quantity) > 0 &&
      Number(row.UnitPrice) > 0,
  );
  const customerIds = [...new Set(rows.map((row) => row.CustomerID))];
  const customers = new Map(customerIds.map((id, i) => [id, i]));
  const orders = new Map([...new Set(rows.map((row) => row.InvoiceNo))].map((id, i) => [id, i]));
  const time = Float64Array.from(rows, (row) => Date.parse(`${row.InvoiceDate.replace(' ', 'T')}Z`));
  const lines: OrderLines = {
    nRows: rows.length,
    customer: Int32Array.from(rows, (row) => customers.get(row.CustomerID)!),
    order: Int32Array.from(rows, (row) => orders.get(row.InvoiceNo)!),
    nOrders: orders.size,
    time,
    amount: Float64Array.from(rows, (row) => Number(row.Quantity) * Number(row.UnitPrice)),
    quantity: null,
    discount: null,
    product: null,
    nProducts: 0,
    category: null,
    nCategories: 0,
    isRefund: new Uint8Array(rows.length),
  };
  const ids = customerIds.map((id) => id.replace(/\.0$/, ''));
  const [from, to] = time.reduce(([a, b], t) => [Math.min(a, t), Math.max(b, t)], [Infinity, -Infinity] as [
    number,
    number,
  ]);
  return { customerIds: ids, lines, attributes: [], from, to };
}

if (existsSync(file) && existsSync(reference)) {
  const collected = collectWithDrop();

  test('rfm of Online Retail equals the pandas reference row for row', () => {
    const { customers, features } = buildFeatures(collected, asOf, 'rfm');
    const [recency, frequency, monetary] = features.map(({ values }) => values);
    const rowOf = new Map(Array.from(customers, (customer, row) => [collected.customerIds[customer]!, row]));
    const { data } = Papa.parse<Record<string, string>>(readFileSync(reference, 'utf8'), {
      header: true,
      skipEmptyLines: true,
    });
    expect(customers.length).toBe(data.length);
    expect(data.length).toBe(4338);
    for (const expected of data) {
      const row = rowOf.get(expected.customer_id!)!;
      const cents = Math.round(monetary![row]! * 100) / 100;
      const money = Number(expected.monetary);
      expect([recency![row], frequency![row]]).toEqual([
        Number(expected.recency_days),
        Number(expected.frequency_invoices),
      ]);
      expect(Math.abs(cents - money) / money, expected.customer_id).toBeLessThan(1e-9);
    }
  });

  test('churn within 90 days can be tested at three dates of Online Retail', () => {
    const { blocked, origins } = buildPredictionInput(collected, {
      target: { kind: 'churn' },
      horizonDays: 90,
      nOrigins: 3,
      asOf,
      set: 'all',
      splitRule: null,
      seed: 42,
    });
    expect(blocked).toBeNull();
    expect(origins.map(({ train }) => train.length)).toEqual([3, 2, 1]);
  });
} else {
  test('without the shared files the golden comparison has nothing to read', () => {
    console.log('online_retail is not here: its golden numbers are not compared');
    expect(existsSync(file) && existsSync(reference)).toBe(false);
  });
}
