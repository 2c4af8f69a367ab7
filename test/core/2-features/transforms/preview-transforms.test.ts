import { expect, test } from 'vitest';
import type { Collected } from '../../../../src/core/1-collect/collected';
import type { Target } from '../../../../src/core/2-features/feature-table';
import { listFeatures } from '../../../../src/core/2-features/feature-list';
import {
  listCategories,
  previewTransforms,
} from '../../../../src/core/2-features/transforms/preview-transforms';

const n = 600;
const rows = Array.from({ length: n }, (_, i) => i);
const towns = Array.from({ length: 50 }, (_, i) => `town ${i}`);
const category = (name: string, codes: number[], levels: string[]) =>
  ({ name, kind: 'category', codes: Int32Array.from(codes), levels, source: name }) as const;
const collected: Collected = {
  customerIds: rows.map((i) => `c${i}`),
  lines: null,
  from: NaN,
  to: NaN,
  attributes: [
    category('Left', rows.map((i) => Number(i % 3 === 0)), ['No', 'Yes']), // prettier-ignore
    category('Home town', rows.map((i) => (i % 10 === 9 ? -1 : i % 50)), towns), // prettier-ignore
    category('Plan', rows.map((i) => i % 3), ['Basic', 'Plus', 'Pro']), // prettier-ignore
    {
      name: 'Spend',
      kind: 'number',
      values: Float64Array.from(rows, (i) => Math.exp(i / 80)),
      source: 'Spend',
    },
    {
      name: 'Visits',
      kind: 'number',
      values: Float64Array.from(rows, (i) => (i % 9 === 0 ? i : 0)),
      source: 'Visits',
    },
  ],
};
const options = {
  target: { kind: 'column', column: 'Left', value: 'Yes' } as Target,
  horizonDays: 90,
  nOrigins: 1,
  asOf: null,
  set: [],
  splitRule: null,
  seed: 1,
};

test('listCategories counts customers by value, and says of which no trait is made', () => {
  const [town, plan, ...others] = listCategories(collected, null);
  expect(others).toEqual([]);
  expect(town).toMatchObject({ name: 'homeTown', nLevels: 45, nMissing: 60, nCustomers: n, isSplit: false });
  expect(town!.commonest).toHaveLength(20);
  expect(plan).toMatchObject({ nLevels: 3, nMissing: 0, isSplit: true });
  expect(plan!.commonest.map(({ n: own }) => own)).toEqual([200, 200, 200]);
});

test('listFeatures says how models usually read a number: by times where it leans, and nothing of a yes or no', () => {
  const usual = new Map(listFeatures(collected, null).map((one) => [one.definition.name, one.usual]));
  expect(usual.get('spend')).toBe('log');
  expect(usual.get('plan:Plus')).toBeNull();
  expect(usual.get('recency')).toBeNull();
});

test('previewTransforms shows what every way makes of a number, or why one cannot be told', () => {
  const ways = previewTransforms(collected, 'spend', options);
  expect(ways.every(({ after, refused }) => after!.n === n && refused === null)).toBe(true);
  const byRank = ways.find(({ transform }) => transform === 'quantileScale')!.after!;
  expect([byRank.min, byRank.max]).toEqual([0, 1]);
  expect(Math.max(...byRank.histogram) - Math.min(...byRank.histogram)).toBeLessThan(5);
  const middle = previewTransforms(collected, 'visits', options).find(
    ({ transform }) => transform === 'robustScale',
  )!;
  expect(middle.after).toBeNull();
  expect(middle.refused).toContain('middle half');
});

test('previewTransforms shows a category as shares; how others acted needs outcomes', () => {
  const [, common, acted] = previewTransforms(collected, 'homeTown', options);
  expect(common!.after!.max).toBeCloseTo(60 / n, 12);
  expect(acted!.after!.min).toBeGreaterThan(0.1);
  expect(acted!.after!.max).toBeLessThan(0.6);
  const untold = previewTransforms(collected, 'homeTown', { ...options, target: { kind: 'churn' } })[2]!;
  expect(untold.after).toBeNull();
  expect(untold.refused).toContain('orders');
  expect(() => previewTransforms(collected, 'nothing', options)).toThrow(
    'need a trait of numbers or a category',
  );
});
