import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Papa from 'papaparse';
import { afterAll, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../terminal/segment.mjs', import.meta.url));
const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'coterie-run-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the terminal command as a person would and reads back what it saved. */
async function segment(name: string, ...args: string[]) {
  const out = join(folder, name);
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, ...args, '--out', out]);
  const text = (file: string) => readFileSync(join(out, file), 'utf8');
  return { stdout, stderr, text, json: (file: string) => JSON.parse(text(file)), out };
}
const rowsOf = (text: string) =>
  Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
const keys = (value: object) => Object.keys(value).sort();

test('the sample shop, with no file named: the files and keys of the contract, and the table printed', async () => {
  const { stdout, stderr, json, text } = await segment('shop');
  expect(stdout).toMatch(/segments of 1\d,\d{3} customers/);
  expect(stdout).toMatch(/Tested on 3 later dates/);
  expect(stderr).toMatch(/Finding the groups/);
  const check = json('data-check.json');
  expect(keys(check)).toEqual(['files', 'issues', 'totals']);
  for (const file of check.files) expect(file.rowsRead).toBe(file.rowsUsed + file.rowsReported);
  const segments = json('segments.json');
  expect(keys(segments)).toEqual(
    [
      'algorithm',
      'asOf',
      'candidates',
      'features',
      'inertia',
      'nClusters',
      'naturalGroups',
      'reason',
      'segments',
      'silhouette',
      'transform',
    ].sort(),
  );
  const customers = rowsOf(text('customers.csv'));
  const sizes = segments.segments.map((s: { size: number }) => s.size);
  expect(sizes.reduce((sum: number, size: number) => sum + size, 0)).toBe(customers.length);
  expect(keys(customers[0]!)).toEqual(
    [
      'churn_propensity',
      'customer_id',
      'frequency',
      'lifecycle',
      'monetary',
      'recency_days',
      'rfm_cell',
      'segment',
    ].sort(),
  );
  const predictions = json('predictions.json');
  expect(predictions.origins).toHaveLength(3);
  const scores = ['auc', 'averagePrecision', 'brier', 'liftTop10', 'logLoss'];
  for (const origin of predictions.origins) {
    expect(keys(origin.model)).toEqual(scores);
    expect(keys(origin.recency)).toEqual(scores);
  }
  const receipt = json('receipt.json');
  expect(receipt).toMatchObject({ app: 'coterie', seed: 42, requestsAfterLoad: 0, backend: 'wasm' });
  expect(receipt.dataHash).toMatch(/^[0-9a-f]{64}$/);
  expect(receipt.peakMemoryMB).toBeGreaterThan(10);
});

test('a run that cannot go on ends with the sentence a person would have read, and a number above 0', async () => {
  await expect(segment('none', join(folder, 'no-such-file.csv'))).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/no-such-file\.csv/),
  });
  await expect(segment('none', '--colour', 'blue')).rejects.toMatchObject({ code: 1 });
});

if (existsSync(shared)) {
  const reference = (name: string) => JSON.parse(readFileSync(join(shared, 'reference', name), 'utf8'));
  const data = (name: string) => join(shared, 'data', name);

  // Golden: scikit-learn 1.2.1 and pandas 1.5.3 on the same file, see ../shared/reference/README.md.
  test('a year of invoices equals the reference: RFM row for row, inertia for k = 2…10 within 0.1%', async () => {
    const { text, json } = await segment(
      'retail',
      data('online-retail/online_retail.csv.gz'),
      ...['--refunds', 'drop', '--as-of', '2011-12-10', '--features', 'rfm'],
    );
    const ours = rowsOf(text('customers.csv')).map(({ customer_id, recency_days, frequency, monetary }) => ({
      customer_id,
      recency_days,
      frequency,
      monetary: Number(monetary),
    }));
    const theirs = rowsOf(readFileSync(join(shared, 'reference/online_retail_rfm.csv'), 'utf8')).map(
      (row) => ({
        customer_id: row['customer_id'],
        recency_days: row['recency_days'],
        frequency: row['frequency_invoices'],
        monetary: Number(row['monetary']),
      }),
    );
    expect(ours).toEqual(theirs);
    const best = reference('online_retail_rfm_clusters.json').kmeans_inertia_best_of_60;
    const { candidates } = json('segments.json');
    expect(candidates.map((c: { nClusters: number }) => c.nClusters)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const { nClusters, inertia } of candidates)
      expect(inertia / best[String(nClusters)], `k = ${nClusters}`).toBeLessThanOrEqual(1.001);
    const { origins } = json('predictions.json');
    expect(origins).toHaveLength(3);
    for (const { model, recency } of origins) expect(model.auc).toBeGreaterThan(recency.auc - 0.02);
    expect(json('receipt.json').requestsAfterLoad).toBe(0);
    expect(json('data-check.json').totals).toMatchObject({ customers: 4338, orders: 18532, lines: 397884 });
  });

  test('CDNOW: a file without column names asks for the amount, and one answer settles it', async () => {
    const file = data('cdnow-sample/CDNOW_sample.txt');
    await expect(segment('asks', file)).rejects.toMatchObject({
      stderr: expect.stringMatching(/how much.*--map amount="column 5"/s),
    });
    const { json } = await segment('cdnow', file, '--map', 'amount=column 5');
    const [read] = json('data-check.json').files;
    expect(read).toMatchObject({ rowsRead: 6919, delimiter: 'blank' });
    expect(json('predictions.json').origins).toHaveLength(3);
  });

  test('The Complete Journey: eight tables in one drop, totals as pandas joins them', async () => {
    const names = ['transactions_sample.csv.gz', 'demographics.csv', 'products.csv.gz', 'campaigns.csv'];
    names.push(
      'campaign_descriptions.csv',
      'coupons.csv.gz',
      'coupon_redemptions.csv',
      'promotions_sample.csv.gz',
    );
    const files = names.map((name) => data(`complete-journey/${name}`));
    const { json } = await segment('journey', ...files);
    const truth = reference('complete_journey_joins.json');
    const check = json('data-check.json');
    const transactions = check.files.find((file: { name: string }) => file.name.startsWith('transactions'));
    expect(transactions.rowsRead).toBe(truth.shapes.transactions_sample[0]);
    expect(check.totals.revenue).toBeCloseTo(truth.total_sales, 6);
    expect(check.totals.lines).toBe(truth.shapes.transactions_sample[0]);
  });

  test('Telco: a customer table without dates trains on its ready label, on the split that was asked for', async () => {
    const file = data('telco-churn/Telco-Customer-Churn.csv');
    const { json } = await segment('telco', file, '--target', 'column:Churn=Yes', '--split', 'index%5==0');
    const predictions = json('predictions.json');
    expect(predictions).toMatchObject({ target: 'column:Churn=Yes', split: 'rule' });
    const [origin] = predictions.origins;
    expect(origin).toMatchObject({ asOf: null, nTest: 1409, recency: null });
    // Golden: scikit-learn 1.2.1 logistic regression, C = 1, in reference/propensity.json (AUC to 0.002).
    const theirs = reference('propensity.json').results.telco_churn.models['logistic_l2_C=1.0'].test_fold0;
    expect(Math.abs(origin.model.auc - theirs.auc)).toBeLessThan(0.005);
  });
} else
  console.log('The real files are not on this machine: the terminal run is tested on the sample shop only.');
