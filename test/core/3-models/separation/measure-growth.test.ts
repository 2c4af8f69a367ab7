import { expect, test } from 'vitest';
import type { FeatureTable } from '../../../../src/core/2-features/feature-table';
import { measureGrowth } from '../../../../src/core/3-models/separation/measure-growth';

const definition = (name: string) => ({
  name,
  label: name,
  unit: 'number' as const,
  formula: '',
  source: '',
  high: '',
  low: '',
});
/** Customers 0, 1, 2 … with one trait. */
const table = (asOf: number, values: number[], name = 'spend'): FeatureTable => ({
  asOf,
  customers: Int32Array.from(values.keys()),
  features: [{ definition: definition(name), values: Float64Array.from(values) }],
});
const segments = (...sizes: number[]) => sizes.map((size, id) => ({ id, size })) as never;
const transform = [{ name: 'spend', log: false, mean: 5, sd: 1, skew: 0 }];
const today = table(300, [0, 0, 0, 1, 9, 9, 10, 10]);
const found = {
  customers: today.customers,
  labels: Int32Array.from([0, 0, 0, 0, 1, 1, 1, 1]),
  transform,
  segments: segments(4, 4),
};

test("measureGrowth counts earlier customers in today's nearest segment, oldest date first", () => {
  // The middles are 0.25 and 9.5: 4.8 lies nearer to the first, 4.9 to the second.
  const tables = [today, table(200, [4.8, 4.9, 9, 0, 0]), table(100, [20])];
  expect(measureGrowth({ stepDays: 100, from: 5, tables, blocked: null }, found)).toEqual({
    stepDays: 100,
    from: 5,
    dates: [
      { asOf: 100, customers: 1, counts: [0, 1] },
      { asOf: 200, customers: 5, counts: [3, 2] },
      { asOf: 300, customers: 8, counts: [4, 4] },
    ],
    agreement: 1,
    isTold: [true, true],
    blocked: null,
  });
});

test('measureGrowth stops where a trait was not known yet', () => {
  const tables = [today, table(200, [1]), table(100, [1], 'other')];
  const { dates } = measureGrowth({ stepDays: 100, from: 5, tables, blocked: null }, found);
  expect(dates.map(({ asOf }) => asOf)).toEqual([200, 300]);
  const none = measureGrowth(
    { stepDays: 100, from: 5, tables: [today, table(200, [1], 'other')], blocked: null },
    found,
  );
  expect(none.blocked).toMatch(/^cannot tell: what these segments are made from/);
});

test('measureGrowth cannot tell of segments without middles, of those in none, and without history', () => {
  const ask = (labels: number[], blocked: string | null = null) =>
    measureGrowth(
      { stepDays: 90, from: 5, tables: [today, today], blocked },
      { ...found, labels: Int32Array.from(labels) },
    ).blocked;
  expect(ask([0, 1, 0, 1, 0, 1, 0, 1])).toMatch(/have no middles that tell them apart/);
  expect(ask([-1, 0, 0, 0, 1, 1, 1, 1])).toMatch(/have no middles that tell them apart/);
  expect(ask([0, 0, 0, 0, 1, 1, 1, 1])).toBeNull();
  expect(ask([0, 0, 0, 0, 1, 1, 1, 1], 'too short')).toBe('too short');
});

test('a segment whose members of today come out otherwise is not told, the others are', () => {
  const values = [...Array<number>(60).fill(0), ...Array<number>(30).fill(10), 14, 14, 14];
  const own = table(300, values);
  // Three far members of the second segment are called a third one, with one of its near members.
  const labels = Int32Array.from(values, (value, i) => (value === 0 ? 0 : value === 14 || i === 60 ? 2 : 1));
  const { isTold, agreement } = measureGrowth(
    { stepDays: 90, from: 5, tables: [own, own], blocked: null },
    { customers: own.customers, labels, transform, segments: segments(60, 29, 4) },
  );
  expect(isTold).toEqual([true, true, true]);
  expect(agreement).toBeCloseTo(92 / 93, 12);
  const more = measureGrowth(
    { stepDays: 90, from: 5, tables: [own, own], blocked: null },
    { customers: own.customers, labels, transform, segments: segments(60, 29, 9) },
  );
  expect(more.isTold).toEqual([true, true, false]);
});
