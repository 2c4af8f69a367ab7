// The Complete Journey joined by the app against pandas' joins in ../shared/reference/complete_journey_joins.json.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Collected, DataCheck } from '../../src/core/1-collect/collected';
import { checkFiles, readBytes, type ReadFile } from '../core/1-collect/read-text';

const shared = new URL('../../../shared/', import.meta.url);
const bytes = (name: string) =>
  new Uint8Array(readFileSync(new URL(`data/complete-journey/${name}`, shared)));
type Sums = Record<string, number>;
const truth = JSON.parse(
  readFileSync(new URL('reference/complete_journey_joins.json', shared), 'utf8'),
) as Sums & {
  shapes: Record<string, [number, number]>;
  sales_by_department_top10: Sums;
  sales_by_income: Sums;
  mean_sales_per_household_by_age: Sums;
  rfm: { snapshot: string; mean: Sums; median: Sums; first_5: Sums[] };
};

let check: DataCheck;
let collected: Collected;
beforeAll(async () => {
  const names = ['transactions_sample.csv.gz', 'products.csv.gz', 'demographics.csv', 'campaigns.csv'];
  const files: ReadFile[] = [];
  for (const name of names) files.push(await readBytes(bytes(name), name));
  const answers = [{ role: 'category' as const, column: 'department' }];
  ({ check, collected } = checkFiles(files, { answers }));
}, 60_000);

/** Sales by the number that `of` gives for a line; -1 = none. */
function salesBy(of: (line: number) => number): Map<number, number> {
  const sums = new Map<number, number>();
  const { amount } = collected.lines!;
  amount.forEach((value, i) => sums.set(of(i), (sums.get(of(i)) ?? 0) + value));
  return sums;
}
const attribute = (name: string) => {
  const found = collected.attributes.find((one) => one.name === name)!;
  if (found.kind !== 'category') throw new Error(`${name} holds categories`);
  return found;
};

describe('four files of the Complete Journey', () => {
  test('are told apart, and every row is used or reported', () => {
    expect(check.questions).toEqual([]);
    expect(check.files.map(({ kind }) => kind)).toEqual(['lines', 'products', 'customers', 'other']);
    expect(check.files.map(({ rowsRead }) => rowsRead)).toEqual(
      ['transactions_sample', 'products', 'demographics', 'campaigns'].map((name) => truth.shapes[name]![0]),
    );
    for (const { rowsRead, rowsUsed, rowsReported } of check.files)
      expect(rowsUsed + rowsReported).toBe(rowsRead);
  });

  test('households, baskets, sales and discounts', () => {
    const { lines, customerIds } = collected;
    expect(customerIds).toHaveLength(truth.households!);
    expect(lines!.nOrders).toBe(truth.baskets);
    expect(lines!.amount.reduce((a, b) => a + b, 0)).toBeCloseTo(truth.total_sales!, 6);
    expect(new Date(collected.from).toISOString()).toBe(`${String(truth.first).replace(' ', 'T')}.000Z`);
    expect(new Date(collected.to).toISOString()).toBe(`${String(truth.last).replace(' ', 'T')}.000Z`);
  });

  test('lines meet their product: how many, and sales by department', () => {
    const { category } = collected.lines!;
    expect(category!.reduce((n, code) => n + (code >= 0 ? 1 : 0), 0)).toBe(truth.transactions_with_product);
    const sums = [...salesBy((i) => category![i]!)].filter(([code]) => code >= 0);
    const top = sums.map(([, sum]) => sum).sort((a, b) => b - a).slice(0, 10); // prettier-ignore
    Object.values(truth.sales_by_department_top10).forEach((sum, i) => expect(top[i]).toBeCloseTo(sum, 2));
  });

  test('lines meet the household: how many, sales by income, mean sales by age', () => {
    const income = attribute('income');
    const age = attribute('age');
    const { customer } = collected.lines!;
    expect(age.codes.reduce((n, code) => n + (code >= 0 ? 1 : 0), 0)).toBe(
      truth.households_with_demographics,
    );
    expect(customer.reduce((n, c) => n + (age.codes[c]! >= 0 ? 1 : 0), 0)).toBe(
      truth.transactions_with_demographics,
    );
    const byIncome = salesBy((i) => income.codes[customer[i]!]!);
    for (const [level, sum] of Object.entries(truth.sales_by_income))
      expect(byIncome.get(income.levels.indexOf(level)), level).toBeCloseTo(sum, 2);
    const byAge = salesBy((i) => age.codes[customer[i]!]!);
    for (const [level, mean] of Object.entries(truth.mean_sales_per_household_by_age)) {
      const code = age.levels.indexOf(level);
      const households = age.codes.filter((other) => other === code).length;
      expect(byAge.get(code)! / households, level).toBeCloseTo(mean, 6);
    }
  });

  test('recency, frequency and spend of each household', () => {
    const { customer, order, time, amount, nOrders } = collected.lines!;
    const n = collected.customerIds.length;
    const last = new Float64Array(n);
    const spend = new Float64Array(n);
    const owner = new Int32Array(nOrders);
    customer.forEach((c, i) => {
      last[c] = Math.max(last[c]!, time[i]!);
      spend[c]! += amount[i]!;
      owner[order[i]!] = c;
    });
    const frequency = new Float64Array(n);
    owner.forEach((c) => frequency[c]!++);
    const day = (ms: number) => Math.floor(ms / 86_400_000);
    const recency = last.map((time) => day(Date.parse(truth.rfm.snapshot)) - day(time));
    const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / n;
    expect(mean(recency)).toBeCloseTo(truth.rfm.mean.recency!, 8);
    expect(mean(frequency)).toBeCloseTo(truth.rfm.mean.frequency!, 8);
    expect(mean(spend)).toBeCloseTo(truth.rfm.mean.monetary!, 6);
    for (const { household_id, ...values } of truth.rfm.first_5) {
      const c = collected.customerIds.indexOf(String(household_id));
      expect([recency[c], frequency[c]]).toEqual([values.recency, values.frequency]);
      expect(spend[c]).toBeCloseTo(values.monetary!, 2);
    }
  });
});
