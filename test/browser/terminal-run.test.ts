import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const onlineRetail = join(root, '../shared/data/online-retail/online_retail.csv.gz');
const rfmReference = join(root, '../shared/reference/online_retail_rfm.csv');
const clusterReference = join(root, '../shared/reference/online_retail_rfm_clusters.json');
const hasReference = [onlineRetail, rfmReference, clusterReference].every(existsSync);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coterie-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));

const segment = (...words: string[]) =>
  spawnSync(process.execPath, [join(root, 'test/terminal/segment.mjs'), ...words], {
    encoding: 'utf8',
    cwd: folder,
  });

const readJson = (out: string, name: string) => JSON.parse(readFileSync(join(folder, out, name), 'utf8'));
const readRows = (path: string) =>
  Papa.parse<Record<string, string>>(readFileSync(path, 'utf8'), { header: true, skipEmptyLines: true }).data;
const lastLine = (text: string) => text.trim().split('\n').at(-1);

describe('on the sample shop', () => {
  let run: ReturnType<typeof segment>;
  beforeAll(() => {
    run = segment('--out', 'shop');
  });

  test('it prints the segments and the verdict, and tells each stage on standard error', () => {
    expect(run.stderr).toContain('Reading orders.csv\n');
    expect(run.status).toBe(0);
    expect(run.stdout).toMatch(/segments of [\d,]+ customers/);
    expect(run.stdout).toMatch(/Prediction \((solid|fair|shaky|cannot tell)\): ./);
  });

  test('its files hold together: the same customers, names and counts everywhere', () => {
    const { segments } = readJson('shop', 'segments.json');
    const customers = readRows(join(folder, 'shop/customers.csv'));
    expect(Object.keys(customers[0]!)).toEqual(
      (
        'customer_id recency_days frequency monetary rfm_cell lifecycle segment churn_propensity churn_reasons ' +
        'clv clv_low clv_high p_alive expected_orders next_order_from next_order_to ' +
        'price_sensitivity price_sensitivity_low price_sensitivity_high'
      ).split(' '),
    );
    for (const { name, size } of segments as { name: string; size: number }[])
      expect(customers.filter((row) => row['segment'] === name)).toHaveLength(size);
    expect(Object.keys(readJson('shop', 'segments.json'))).toEqual(
      (
        'asOf features transform algorithm nClusters inertia silhouette naturalGroups reason ' +
        'candidates segments quality unassigned leftOut'
      ).split(' '),
    );
    expect(Object.keys(segments[0])).toEqual(
      'id name size share revenue revenueShare sentence fidelity stability precision isSimple rule'.split(
        ' ',
      ),
    );
    expect(Object.keys(readJson('shop', 'predictions.json'))).toEqual(
      (
        'target horizonDays split origins ladder chosen verdict grade ' +
        'ece calibration againstRecency optimism enough validation'
      ).split(' '),
    );
    for (const file of readJson('shop', 'data-check.json').files)
      expect(file.rowsRead).toBe(file.rowsUsed + file.rowsReported);
    expect(readJson('shop', 'predictions.json').origins.length).toBeGreaterThanOrEqual(3);
  });

  test('its receipt counts no request, and the memory of the whole tab', () => {
    const receipt = readJson('shop', 'receipt.json');
    expect(receipt.requestsAfterLoad).toBe(0);
    expect(receipt).toMatchObject({ app: 'coterie', seed: 42, backend: 'wasm' });
    expect(receipt.dataHash).toMatch(/^[0-9a-f]{64}$/);
    if (process.platform === 'linux') expect(receipt.peakMemoryMB).toBeGreaterThan(50);
  });
});

describe('what cannot be done is said in one sentence, with an exit code', () => {
  test('an option that is not there', () => {
    const run = segment('--frobnicate');
    expect(run.status).toBe(1);
    expect(run.stderr.trim()).toBe('there is no option --frobnicate; --help lists them');
  });

  test('a file that is not there, or is a folder', () => {
    expect(segment('nowhere.csv').stderr.trim()).toBe('nowhere.csv: there is no such file');
    expect(segment('.').stderr.trim()).toBe('.: this is a folder; name the files in it');
  });

  test('a file without rows', () => {
    writeFileSync(join(folder, 'empty.csv'), '');
    const run = segment('empty.csv', '--out', 'empty');
    expect(run.status).toBe(1);
    expect(lastLine(run.stderr)).toMatch(/^empty\.csv/);
    expect(run.stdout).toBe('');
  });
});

const onOnlineRetail = () => {
  beforeAll(() => {
    const words = '--refunds drop --as-of 2011-12-10 --features rfm --out retail'.split(' ');
    expect(segment(onlineRetail, ...words).stderr).toContain('Saved');
  });

  test('recency, frequency and spend are the reference’s, row for row', () => {
    const ours = readRows(join(folder, 'retail/customers.csv'));
    const theirs = readRows(rfmReference);
    const figures = (row: Record<string, string>, frequency: string) => [
      row['customer_id'],
      Number(row['recency_days']),
      Number(row[frequency]),
      Number(row['monetary']).toFixed(2),
    ];
    expect(ours.map((row) => figures(row, 'frequency'))).toEqual(
      theirs.map((row) => figures(row, 'frequency_invoices')),
    );
  });

  test('k-means is within 0.1% of the reference’s best for 2 to 10 segments', () => {
    const best: { k: number; inertia: number }[] = JSON.parse(
      readFileSync(clusterReference, 'utf8'),
    ).kmeans_best_of_20;
    const { candidates } = readJson('retail', 'segments.json');
    expect(candidates).toHaveLength(best.length);
    for (const [at, { inertia }] of best.entries())
      expect(candidates[at].inertia / inertia).toBeLessThan(1.001);
  });

  test('churn is tested at three dates, beside days since the last order', () => {
    const { target, origins } = readJson('retail', 'predictions.json');
    expect(target).toBe('churn');
    expect(origins).toHaveLength(3);
    for (const { model, recency } of origins) {
      expect(model.auc).toBeGreaterThan(0.5);
      expect(recency.auc).toBeGreaterThan(0.5);
    }
  });
};

if (hasReference) describe('on Online Retail', onOnlineRetail);
else console.log('Online Retail is not beside this folder: its reference is not compared here.');
