import { expect, test } from 'vitest';
import type { CustomerAttribute } from '../../../src/core/1-collect/collected';
import type { Feature, FeatureTable } from '../../../src/core/2-features/feature-table';
import { leakScan, putAside } from '../../../src/core/2-features/leak-scan';
import { createRandom } from '../../../src/core/kit/random';

const random = createRandom(5);
const label = Uint8Array.from({ length: 400 }, () => random.below(2));
const feature = (name: string, values: ArrayLike<number>): Feature => ({
  definition: { name, label: name, unit: 'number', formula: '', source: name, high: '', low: '' },
  values: Float64Array.from(values),
});
const table = (features: Feature[]): FeatureTable => ({
  asOf: null,
  customers: Int32Array.from(label, (_, i) => i),
  features,
});

test('leakScan finds a planted trace of the label, either way round, and leaves honest features alone', () => {
  const found = leakScan(
    table([
      feature(
        'trace',
        Array.from(label, (y) => y + 0.2 * random.next()),
      ),
      feature(
        'turned',
        Array.from(label, (y) => -3 * y),
      ),
      feature(
        'useful',
        Array.from(label, (y) => y + 2 * random.normal()),
      ),
      feature(
        'constant',
        Array.from(label, () => 1),
      ),
    ]),
    label,
  );
  expect(found).toEqual([
    { label: 'trace', auc: 1 },
    { label: 'turned', auc: 1 },
  ]);
});

/** A column of the customer table and its features, one for each of the levels that are shown. */
function category(name: string, levels: string[], codes: number[], nShown = levels.length) {
  const column: CustomerAttribute = {
    name,
    kind: 'category',
    codes: Int32Array.from(codes),
    levels,
    source: name,
  };
  const features = levels.slice(0, nShown).map((level, code): Feature => ({
    definition: { ...feature(`${name}: ${level}`, []).definition, unit: 'flag', source: name },
    values: Float64Array.from(codes, (own) => Number(own === code)),
  }));
  return { column, features };
}

test('leakScan judges a column by all its values together, under the name of the column', () => {
  // A reason is noted for everybody who left, and for nobody else; the value for "none" is not among the flags.
  const reason = category(
    'reason',
    ['price', 'moved', 'other', 'none'],
    Array.from(label, (y) => (y ? random.below(3) : 3)),
    3,
  );
  const plan = category(
    'plan',
    ['a', 'b', 'c'],
    Array.from(label, () => random.below(3)),
  );
  const code = {
    column: { name: 'code', kind: 'number', values: new Float64Array(), source: 'code' } as const,
    features: [
      feature(
        'code',
        Array.from(label, (y) => (y ? 3 : [1, 2, 4][random.below(3)]!)),
      ),
    ],
  };
  const all = [reason, plan, code];
  const found = leakScan(
    table(all.flatMap(({ features }) => features)),
    label,
    all.map(({ column }) => column),
  );
  expect(found).toEqual([
    { label: 'reason', auc: 1, isColumn: true },
    { label: 'code', auc: 1, isColumn: true },
  ]);
});

test('leakScan names no column of many values that few customers share, nor one that tells much but not all', () => {
  const few = category(
    'town',
    Array.from({ length: 30 }, (_, i) => `t${i}`),
    Array.from({ length: 60 }, (_, i) => i % 30),
  );
  const half = Uint8Array.from({ length: 60 }, (_, i) => (i % 30 < 15 ? 1 : 0));
  expect(leakScan(table(few.features), half, [few.column])).toEqual([]);
  const strong = category(
    'contract',
    ['month', 'year', 'two years'],
    Array.from(label, (y) => (random.next() < 0.9 ? (y ? 0 : 1 + random.below(2)) : random.below(3))),
  );
  expect(leakScan(table(strong.features), label, [strong.column])).toEqual([]);
});

test('leakScan judges nothing by a handful of customers', () => {
  const few = Uint8Array.from(label, (_, i) => Number(i < 9));
  expect(leakScan(table([feature('any', few)]), few)).toEqual([]);
});

test('putAside keeps columns that give the answer away out of learning, but not those known before', () => {
  const reason = category(
    'reason',
    ['price', 'none'],
    Array.from(label, (y) => 1 - y),
    1,
  );
  const kept = (knownBefore: string[]) => {
    const found = leakScan(table(reason.features), label, [reason.column]);
    const { suspects, isKept } = putAside(found, [reason.column], knownBefore);
    return [suspects[0]!.isAside, reason.features.filter(isKept).length];
  };
  expect(kept([])).toEqual([true, 0]);
  expect(kept(['reason'])).toEqual([undefined, 1]);
});

test('leakScan says nothing when there is only one outcome', () => {
  expect(leakScan(table([feature('any', label)]), new Uint8Array(400))).toEqual([]);
});

test('leakScan names a column of the day of the export however little it tells', () => {
  const noise = Array.from(label, () => random.next());
  const columns = ['Total Spent', 'Age'].map((name): CustomerAttribute => ({
    name,
    kind: 'number',
    values: Float64Array.from(noise),
    source: name,
    ...(name === 'Total Spent' && { isSnapshot: true }),
  }));
  const found = leakScan(table(columns.map(({ name }) => feature(name, noise))), label, columns);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ label: 'Total Spent', isSnapshot: true });
});
