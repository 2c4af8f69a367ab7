import { expect, test } from 'vitest';
import type { Feature, FeatureTable } from '../../../src/core/2-features/feature-table';
import { leakScan } from '../../../src/core/2-features/leak-scan';
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

test('leakScan names a column whose values give the answer away only together', () => {
  // A reason is noted for everybody who left, and for nobody else; the value for "none" is not among the flags.
  const reasonOf = Array.from(label, (y) => (y ? 1 + random.below(3) : 0));
  const plain = Array.from(label, () => random.below(3));
  const flag = (column: string, value: string, isSet: boolean[]): Feature => ({
    definition: { ...feature(`${column}: ${value}`, []).definition, unit: 'flag', source: column },
    values: Float64Array.from(isSet, Number),
  });
  const found = leakScan(
    table([
      ...['price', 'moved', 'other'].map((value, i) =>
        flag(
          'reason',
          value,
          reasonOf.map((own) => own === i + 1),
        ),
      ),
      ...['a', 'b'].map((value, i) =>
        flag(
          'plan',
          value,
          plain.map((own) => own === i),
        ),
      ),
    ]),
    label,
  );
  expect(found).toEqual([{ label: 'reason', auc: 1 }]);
});

test('leakScan says nothing when there is only one outcome', () => {
  expect(leakScan(table([feature('any', label)]), new Uint8Array(400))).toEqual([]);
});

test('leakScan names a column of the day of the export however little it tells', () => {
  const noise = Array.from(label, () => random.next());
  const found = leakScan(table([feature('Total Spent', noise), feature('Age', noise)]), label, [
    'Total Spent',
  ]);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ label: 'Total Spent', isSnapshot: true });
});
