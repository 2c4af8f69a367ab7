import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Collected } from '../../../src/core/1-collect/collected';
import type { FeatureSet } from '../../../src/core/2-features/feature-table';
import { listFeatures } from '../../../src/core/2-features/feature-list';
import { buildFeatures } from '../../../src/core/2-features/features';
import { DAY } from '../../../src/core/2-features/history';
import { anyLine, type Line, toCollected } from './order-lines';

/** Days 4, 9, 134 and 150 of 1970 are a Monday, a Saturday, a Friday and a Sunday. */
const lines: Line[] = [
  { customer: 0, order: 0, day: 4.5, amount: 30, quantity: 2, discount: 10, product: 0, category: 0 },
  { customer: 0, order: 1, day: 9.5, amount: 20, quantity: 1, discount: 0, product: 1, category: 1 },
  { customer: 0, order: 2, day: 134.5, amount: 40, quantity: 3, discount: 0, product: 0, category: 0 },
  {
    customer: 0,
    order: 3,
    day: 140,
    amount: -9,
    quantity: -1,
    discount: 0,
    product: 0,
    category: 0,
    refund: true,
  },
  { customer: 1, order: 4, day: 150.25, amount: 60, quantity: 1, discount: 0, product: 2, category: 2 },
];

const valuesOf = (collected: Collected, asOfDay: number) =>
  Object.fromEntries(
    buildFeatures(collected, asOfDay * DAY, 'all').features.map(({ definition, values }) => [
      definition.name,
      Array.from(values),
    ]),
  );

describe('buildFeatures from orders', () => {
  test('gives the values a reader gets by hand from each formula', () => {
    const values = valuesOf(toCollected(lines), 160);
    const gaps = [5, 125];
    const spread = Math.sqrt(((gaps[0]! - 65) ** 2 + (gaps[1]! - 65) ** 2) / 2);
    const expected = {
      recency: [26, 10],
      frequency: [3, 1],
      monetary: [81, 60],
      tenure: [156, 10],
      averageOrder: [30, 60],
      gapMean: [65, 65],
      gapSpread: [spread, spread],
      gapRatio: [26 / 65, 10 / 65],
      trend: [2 / 3, 2 / 1],
      orders90: [1, 1],
      spend90: [40, 60],
      breadth: [2, 1],
      categories: [2, 1],
      itemsPerOrder: [2, 1],
      discountShare: [0.1, 0],
      refundShare: [0.1, 0],
      weekendShare: [(1 + 2 / 7) / 4, (1 + 2 / 7) / 2],
    };
    expect(Object.keys(values)).toEqual(Object.keys(expected));
    for (const [name, numbers] of Object.entries(expected))
      numbers.forEach((number, c) => expect(values[name]![c], `${name} of ${c}`).toBeCloseTo(number, 12));
  });

  test('trend falls below 1 when orders dry up and is 1 after long silence', () => {
    expect(valuesOf(toCollected(lines), 400).trend).toEqual([1 / 1, 1 / 1]);
    expect(valuesOf(toCollected(lines), 250).trend).toEqual([1 / 2, 1 / 2]);
  });

  test('leaves out features whose column is absent', () => {
    const bare = lines.map(({ customer, order, day, amount }) => ({ customer, order, day, amount }));
    const names = Object.keys(valuesOf(toCollected(bare), 160));
    for (const absent of ['breadth', 'categories', 'itemsPerOrder', 'discountShare'])
      expect(names).not.toContain(absent);
    expect(names).toContain('refundShare');
  });

  test("'rfm' is recency, frequency and monetary, equal to those of 'all'", () => {
    const collected = toCollected(lines);
    const rfm = buildFeatures(collected, 160 * DAY, 'rfm');
    expect(rfm.features).toEqual(buildFeatures(collected, 160 * DAY, 'all').features.slice(0, 3));
  });

  test('without a date it looks from the midnight after the last order', () => {
    expect(buildFeatures(toCollected(lines), null, 'rfm').asOf).toBe(151 * DAY);
  });

  test('no feature has an undefined value, and definitions are plain and unique', () => {
    const anyLines = fc.array(anyLine(0, 400), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(anyLines, (some) => {
        const { features, customers } = buildFeatures(toCollected(some), 401 * DAY, 'all');
        for (const { values } of features) expect(values.length).toBe(customers.length);
        expect(features.filter(({ values }) => !values.every(Number.isFinite))).toEqual([]);
      }),
    );
    const { features } = buildFeatures(toCollected(lines), null, 'all');
    expect(structuredClone(features)).toEqual(features);
    expect(new Set(features.map(({ definition }) => definition.name)).size).toBe(features.length);
  });

  test('nothing that is altered or added after asOf changes the table', () => {
    const asOf = 200;
    const before = fc.array(anyLine(0, asOf), { minLength: 1, maxLength: 50 });
    const after = fc.array(anyLine(asOf + 0.001, 400), { maxLength: 50 });
    fc.assert(
      fc.property(before, after, after, fc.infiniteStream(fc.boolean()), (known, one, other, takes) => {
        const table = (later: Line[]) =>
          buildFeatures(toCollected(mix(known, later, takes)), asOf * DAY, 'all');
        expect(table(other)).toEqual(table(one));
      }),
      { numRuns: 300 },
    );
  });
});

/** Later lines strewn among the known ones, which keep their order; all carry the same columns. */
function mix(known: Line[], later: Line[], takes: Iterator<boolean>): Line[] {
  const [a, b] = [known.slice(), later.slice()];
  const mixed: Line[] = [];
  while (a.length && b.length) mixed.push(takes.next().value ? a.shift()! : b.shift()!);
  return [...mixed, ...a, ...b];
}

describe('buildFeatures from a customer table', () => {
  const n = 40;
  const collected: Collected = {
    customerIds: Array.from({ length: n }, (_, i) => `c${i}`),
    lines: null,
    from: NaN,
    to: NaN,
    attributes: [
      {
        name: 'Row',
        kind: 'number',
        values: Float64Array.from({ length: n }, (_, i) => i + 1),
        source: 'Row',
      },
      {
        name: 'Account ID',
        kind: 'number',
        values: Float64Array.from({ length: n }, (_, i) => (i * 37) % 101),
        source: 'Account ID',
      },
      {
        name: 'Age',
        kind: 'number',
        values: Float64Array.from({ length: n }, (_, i) => (i === 3 ? NaN : 20 + (i % 5))),
        source: 'Age',
      },
      { name: 'Same', kind: 'number', values: new Float64Array(n).fill(7), source: 'Same' },
      {
        name: 'Contract',
        kind: 'category',
        codes: Int32Array.from({ length: n }, (_, i) => (i === 0 ? -1 : i % 3)),
        levels: ['Monthly', 'One year', 'Two year'],
        source: 'Contract',
      },
      {
        name: 'Partner',
        kind: 'category',
        codes: Int32Array.from({ length: n }, (_, i) => i % 2),
        levels: ['Yes', 'No'],
        source: 'Partner',
      },
      {
        name: 'E-mail',
        kind: 'category',
        codes: Int32Array.from({ length: n }, (_, i) => i),
        levels: Array.from({ length: n }, (_, i) => `m${i}`),
        source: 'E-mail',
      },
    ],
  };
  const table = buildFeatures(collected, null, 'all');
  const byLabel = new Map(table.features.map((feature) => [feature.definition.label, feature]));

  test('takes numbers as they are, levels as flags, and leaves out identifiers and constants', () => {
    expect([...byLabel.keys()]).toEqual([
      'Age',
      'Age: missing',
      'Contract: Monthly',
      'Contract: One year',
      'Contract: Two year',
      'Partner: Yes',
    ]);
    expect(table.asOf).toBeNull();
    expect(Array.from(byLabel.get('Partner: Yes')!.values.slice(0, 3))).toEqual([1, 0, 1]);
    expect(byLabel.get('Partner: Yes')!.definition.unit).toBe('flag');
  });

  test('keeps a column that goes by the name of a measure there are no orders for', () => {
    const named = ['tenure', 'discount_share', 'Recency'].map((name, column) => ({
      name,
      kind: 'number' as const,
      values: Float64Array.from({ length: n }, (_, i) => ((i * (column + 7)) % 13) + 0.5),
      source: name,
    }));
    const given = { ...collected, attributes: named };
    const labels = buildFeatures(given, null, 'all').features.map(({ definition }) => definition.label);
    expect(labels).toEqual(named.map(({ name }) => name));
    const listed = listFeatures(given, null).map(({ definition }) => definition.name);
    expect(new Set(listed).size).toBe(listed.length);
  });

  test('makes no groups from what became of customers unless a person says so', () => {
    const churn = {
      name: 'Churn',
      kind: 'category' as const,
      codes: Int32Array.from({ length: n }, (_, i) => i % 2),
      levels: ['No', 'Yes'],
      source: 'Churn',
      isOutcome: true as const,
    };
    const given = { ...collected, attributes: [...collected.attributes, churn] };
    const labels = (features: FeatureSet) =>
      buildFeatures(given, null, features).features.map(({ definition }) => definition.label);
    const usual = buildFeatures(given, null, 'all');
    expect(usual.outcomes).toEqual(['Churn']);
    expect(labels('all')).not.toContain('Churn: Yes');
    expect(labels('full')).toContain('Churn: Yes');
    expect(labels(['churn:Yes'])).toEqual(['Churn: Yes']);
    expect(table.outcomes).toBeUndefined();
    // With nothing else known of anybody, the outcome is what there is.
    const alone = buildFeatures({ ...collected, attributes: [churn] }, null, 'all');
    expect(alone.features.map(({ definition }) => definition.label)).toEqual(['Churn: Yes']);
  });

  test('fills a missing number with the median and flags it; a missing level is 0 everywhere', () => {
    expect(byLabel.get('Age')!.values[3]).toBe(22);
    expect(byLabel.get('Age: missing')!.values[3]).toBe(1);
    expect(byLabel.get('Age: missing')!.values[4]).toBe(0);
    for (const level of ['Monthly', 'One year', 'Two year'])
      expect(byLabel.get(`Contract: ${level}`)!.values[0]).toBe(0);
  });
});
