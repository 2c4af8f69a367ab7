import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFiles, readBytes } from './read-text';

const shared = new URL('../../../../shared/', import.meta.url);
const path = (name: string) => new URL(name, shared);

const read = (name: string) => readBytes(new Uint8Array(readFileSync(path(name))), basename(name));
const json = (name: string) => JSON.parse(readFileSync(path(name), 'utf8')) as unknown;

describe('real files', () => {
  test('online retail: every count of the reference, before and after cleaning', async () => {
    const reference = json('reference/online_retail_rfm_clusters.json') as {
      raw_counts: Record<string, number>;
      after_cleaning: { A: { rows: number; customers: number; invoices: number; revenue: number } };
    };
    const { raw_counts: raw, after_cleaning: { A: cleaned } } = reference; // prettier-ignore
    const retail = await read('data/online-retail/online_retail.csv.gz');
    const { check } = checkFiles([retail], { refunds: 'drop' });
    const rows = (kind: string) => check.issues.find((issue) => issue.kind === kind)!.rows;
    const file = check.files[0]!;
    expect(file).toMatchObject({ rowsRead: raw.rows, rowsUsed: cleaned.rows });
    expect(file.rowsUsed + file.rowsReported).toBe(raw.rows);
    expect(rows('rows without a customer')).toBe(raw.missing_customer);
    const odd = check.issues.find((issue) => issue.kind === 'rows that bring no money')!;
    for (const [n, what] of [
      [raw.cancellation_rows_invoice_starts_with_C!, 'in cancelled orders'],
      [raw.quantity_le_0!, 'with a quantity of zero or less'],
      [raw.unit_price_le_0!, 'with a price of zero or less'],
    ] as const)
      expect(odd.sentence).toContain(`${n.toLocaleString('en-US')} ${what}`);
    const leftOut = raw.rows! - raw.missing_customer! - cleaned.rows;
    expect(odd.sentence).toContain(`the ${leftOut.toLocaleString('en-US')} of known customers are left out`);
    expect(rows('exact repeats')).toBe(raw.exact_duplicate_rows_beyond_first);
    const distinct = Object.fromEntries(file.columns.map((c) => [c.name, c.distinct]));
    expect(distinct).toMatchObject({ InvoiceNo: raw.distinct_invoices, StockCode: raw.distinct_stock_codes, CustomerID: raw.distinct_customers, Country: raw.distinct_countries }); // prettier-ignore
    expect(check.totals).toMatchObject({ customers: cleaned.customers, orders: cleaned.invoices, lines: cleaned.rows, from: '2010-12-01', to: '2011-12-09' }); // prettier-ignore
    expect(check.totals.revenue).toBeCloseTo(cleaned.revenue, 3);
    expect(check.questions).toEqual([]);
    const net = checkFiles([retail]).check;
    expect(net.totals).toMatchObject({ customers: cleaned.customers, orders: cleaned.invoices });
    expect(net.files[0]!.rowsUsed).toBe(raw.rows! - raw.missing_customer!);
    const unordered = net.issues.find((issue) => issue.kind === 'customers without an order')!;
    const nUnordered = raw.distinct_customers! - cleaned.customers;
    expect(unordered.sentence).toContain(`${nUnordered} of ${raw.distinct_customers!.toLocaleString('en-US')} customers`); // prettier-ignore
  });

  test('CDNOW: no header, blanks between columns; 6,919 rows of 2,357 customers (its README)', async () => {
    const answers = [{ role: 'amount' as const, column: 'column 5' }];
    const { check, collected } = checkFiles([await read('data/cdnow-sample/CDNOW_sample.txt')], { answers });
    expect(check.files[0]).toMatchObject({
      rowsRead: 6919,
      rowsUsed: 6919,
      delimiter: 'blank',
      hasHeader: false,
    });
    // 8 of them have a single row, worth 0.00.
    expect(collected.customerIds).toHaveLength(2357);
    expect(check.totals).toMatchObject({ customers: 2349, from: '1997-01-01', to: '1998-06-30' });
    expect(check.questions).toEqual([]);
  });

  test('the complete journey: eight tables, orders and people found, the totals of the reference', async () => {
    const names = ['transactions_sample.csv.gz', 'products.csv.gz', 'demographics.csv', 'campaigns.csv', 'campaign_descriptions.csv', 'coupons.csv.gz', 'coupon_redemptions.csv', 'promotions_sample.csv.gz']; // prettier-ignore
    const files = [];
    for (const name of names) files.push(await read(`data/complete-journey/${name}`));
    const { check, collected } = checkFiles(files);
    const reference = json('reference/complete_journey_joins.json') as Record<string, number>;
    expect(check.files.map((f) => f.kind)).toEqual([
      'lines',
      'products',
      'customers',
      ...Array<string>(5).fill('other'),
    ]);
    // 255 baskets, and all of 4 households, have a sales value of zero, summed apart from the app.
    expect(collected.customerIds).toHaveLength(reference.households!);
    expect(collected.lines!.nOrders).toBe(reference.baskets);
    expect(check.totals).toMatchObject({
      customers: reference.households! - 4,
      orders: reference.baskets! - 255,
      lines: 75_000,
    });
    expect(check.totals.revenue).toBeCloseTo(reference.total_sales!, 2);
    const discounts = collected.lines!.discount!.reduce((a, b) => a + b, 0);
    expect(discounts).toBeGreaterThan(reference.total_retail_disc! + reference.total_coupon_disc! - 0.01);
    expect(collected.attributes).toHaveLength(7);
  });

  test('telco: a customer table with a ready label and blanks in TotalCharges', async () => {
    const { check, collected } = checkFiles([await read('data/telco-churn/Telco-Customer-Churn.csv')]);
    expect(collected.customerIds).toHaveLength(7043);
    expect(check.files[0]).toMatchObject({ kind: 'customers', rowsUsed: 7043 });
    expect(check.labelCandidates[0]).toEqual({ column: 'Churn', values: ['Yes', 'No'] });
    expect(check.files[0]!.columns.find((c) => c.name === 'TotalCharges')).toMatchObject({
      type: 'number',
      missing: 11,
    });
  });

  test('telco as four workbooks is joined on the customer', async () => {
    const files = [];
    for (const part of ['demographics', 'location', 'services', 'status'])
      files.push(await read(`data/telco-multitable-xlsx/Telco_customer_churn_${part}.xlsx`));
    const { check, collected } = checkFiles(files);
    expect(check.files.map((f) => [f.kind, f.rowsUsed])).toEqual(Array(4).fill(['customers', 7043]));
    expect(collected.customerIds).toHaveLength(7043);
    expect(check.labelCandidates[0]).toMatchObject({ column: 'Churn Value' });
  });

  type Expected = { kind: string; rows: number; customers?: number; roles?: Record<string, string> };
  /** Rows and customers are those of each folder's README. */
  const files: [string, Expected][] = [
    ['adult-income/adult-test.csv', { kind: 'customers', rows: 16_281, customers: 16_281 }],
    ['adult-income/adult-train.csv', { kind: 'customers', rows: 32_561, customers: 32_561 }],
    ['attribution-touchpoints/attribution_touchpoints.csv', { kind: 'events', rows: 41_626, customers: 5264, roles: { customer: 'customer_id', time: 'time', event: 'interaction', channel: 'channel' } }],
    ['book-club/bbbclub.csv', { kind: 'customers', rows: 1300, customers: 1300, roles: { customer: 'customer' } }],
    ['brand-choice/yogurt_choice.csv', { kind: 'customers', rows: 2412 }],
    ['cdnow-sample/cdnow_customers_summary.csv', { kind: 'customers', rows: 2357, customers: 2357, roles: { customer: 'ID' } }],
    ['channel-paths/channel_paths.csv', { kind: 'customers', rows: 10_000 }],
    ['coil2000/coil2000_numeric.csv.gz', { kind: 'customers', rows: 9822, customers: 9822, roles: { customer: 'customer' } }],
    ['coil2000/coil2000_ticdata.csv.gz', { kind: 'customers', rows: 9822, customers: 9822, roles: { customer: 'customer' } }],
    ['customer-personality/marketing_campaign.csv', { kind: 'customers', rows: 2240, customers: 2240, roles: { customer: 'ID' } }],
    ['customer-satisfaction-survey/customer_satisfaction.csv', { kind: 'customers', rows: 1811, customers: 1811, roles: { customer: 'respondent' } }],
    ['hillstrom-email/hillstrom_email_2008.csv', { kind: 'customers', rows: 64_000, customers: 64_000 }],
    ['mall-customers/Mall_Customers.csv', { kind: 'customers', rows: 200, customers: 200, roles: { customer: 'CustomerID' } }],
    ['nps-survey/nps_survey.csv', { kind: 'surveys', rows: 20_268, roles: { score: 'score' } }],
    ['online-retail/online_retail_one_day_2011-11-29.csv', { kind: 'lines', rows: 4313, customers: 116, roles: { customer: 'CustomerID', order: 'InvoiceNo', time: 'InvoiceDate', price: 'UnitPrice' } }],
    ['online-shoppers/online_shoppers_intention.csv', { kind: 'customers', rows: 12_330, customers: 12_330 }],
    ['orange-juice/oj_purchase_choice.csv', { kind: 'customers', rows: 1070 }],
    ['orange-juice/orangejuice_store_demographics.csv', { kind: 'customers', rows: 83 }],
    ['orange-juice/orangejuice_store_week.csv.gz', { kind: 'customers', rows: 106_139 }],
    ['product-reviews/amazon_alexa.tsv', { kind: 'surveys', rows: 3150, roles: { score: 'rating', time: 'date', comment: 'verified_reviews' } }],
    ['product-reviews/womens_clothing_reviews_1172.csv', { kind: 'surveys', rows: 1000, roles: { score: 'Rating', comment: 'Review Text' } }],
    ['van-westendorp/psm_survey.csv', { kind: 'customers', rows: 1000, customers: 1000, roles: { customer: 'respondent' } }],
    ['wholesale-customers/Wholesale customers data.csv', { kind: 'customers', rows: 440, customers: 440 }],
    ['willingness-to-pay/kakadu_wtp.csv', { kind: 'customers', rows: 1827, customers: 1827 }],
  ]; // prettier-ignore

  test.each(files)('%s opens with the right roles, every row used or reported', async (name, expected) => {
    const { check, collected } = checkFiles([await read(`data/${name}`)]);
    const file = check.files[0]!;
    expect(file).toMatchObject({ kind: expected.kind, rowsRead: expected.rows });
    expect(file.rowsUsed + file.rowsReported).toBe(file.rowsRead);
    if (expected.customers) expect(collected.customerIds).toHaveLength(expected.customers);
    for (const [role, column] of Object.entries(expected.roles ?? {}))
      expect(file.columns.find((c) => c.name === column)).toMatchObject({ role });
    expect(check.issues.filter(({ severity }) => severity === 'blocking')).toEqual([]);
    expect(check.questions).toEqual([]);
    expect(check.verdict).toMatch(/./);
    // A table that names nobody says that its rows are taken for the customers.
    const isByRow = expected.kind === 'customers' && !expected.roles;
    expect(check.issues.some(({ kind }) => kind === 'rows are customers')).toBe(isByRow);
    if (isByRow) expect(collected.customerIds[0]).toMatch(/^row [12]$/);
  });

  test('folders of several files open as one drop', async () => {
    for (const names of [
      ['product-reviews/amazon_alexa.tsv', 'product-reviews/womens_clothing_reviews_1172.csv'],
      [
        'cdnow-sample/cdnow_customers_summary.csv',
        'cdnow-sample/cdnow_customers_summary_with_transactions.csv',
      ],
      ['orange-juice/oj_purchase_choice.csv', 'orange-juice/orangejuice_store_demographics.csv'],
    ]) {
      const files = [];
      for (const name of names) files.push(await read(`data/${name}`));
      const { check } = checkFiles(files);
      for (const file of check.files) expect(file.rowsUsed + file.rowsReported).toBe(file.rowsRead);
      expect(check.files.reduce((n, file) => n + file.rowsUsed, 0)).toBeGreaterThan(0);
    }
  });
});
