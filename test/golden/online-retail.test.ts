// Golden numbers: ../shared/reference/online_retail_rfm.csv, by pandas (ref_shared_rfm_clusters.py): recency to 2011-12-10.
import { beforeAll, expect, test } from 'vitest';
import type { Collected } from '../../src/core/1-collect/collected';
import { buildFeatures } from '../../src/core/2-features/features';
import { buildPredictionInput } from '../../src/core/2-features/prediction-input';
import { readOnlineRetail } from '../fixtures/online-retail';
import { readSharedTable } from '../fixtures/reference';

const asOf = Date.UTC(2011, 11, 10);
let collected: Collected;

beforeAll(() => {
  const { customerIds, lines } = readOnlineRetail();
  const from = lines.time.reduce((a, b) => Math.min(a, b));
  const to = lines.time.reduce((a, b) => Math.max(a, b));
  collected = { customerIds, lines, attributes: [], from, to };
});

test('rfm of Online Retail equals the pandas reference row for row', () => {
  const { customers, features } = buildFeatures(collected, asOf, 'rfm');
  const [recency, frequency, monetary] = features.map(({ values }) => values);
  const rowOf = new Map(Array.from(customers, (customer, row) => [collected.customerIds[customer]!, row]));
  const expected = readSharedTable('reference/online_retail_rfm.csv');
  expect(customers.length).toBe(expected.length);
  for (const customer of expected) {
    const row = rowOf.get(customer['customer_id']!)!;
    const cents = Math.round(monetary![row]! * 100) / 100;
    const money = Number(customer['monetary']);
    expect([recency![row], frequency![row]]).toEqual([
      Number(customer['recency_days']),
      Number(customer['frequency_invoices']),
    ]);
    expect(Math.abs(cents - money) / money, customer['customer_id']).toBeLessThan(1e-9);
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
