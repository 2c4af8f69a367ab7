import { beforeAll, expect, test } from 'vitest';
import type { LabelledTable, PredictionInput } from '../../../../src/core/2-features/feature-table';
import { predict } from '../../../../src/core/3-models/propensity/predict';
import { lawInput, type Law } from '../../../fixtures/leaving-law';
import { startTensors } from '../../../fixtures/tensors';

beforeAll(startTensors);

const law: Law = { nRows: 150, seed: 4, more: 0.6 };

/** The law with one more column at each date; one date to test on, for speed. */
function withColumns(
  columns: { name: string; read: (row: number, label: number) => number }[],
  own: Partial<Law> = {},
) {
  const input = lawInput({ ...law, ...own });
  const add = ({ table, label }: LabelledTable): LabelledTable => {
    const { definition } = table.features[0]!;
    const added = columns.map(({ name, read }) => ({
      definition: { ...definition, name, label: name },
      values: Float64Array.from(label, (outcome, row) => read(row, outcome)),
    }));
    return { label, table: { ...table, features: [...table.features, ...added] } };
  };
  const later = { table: input.score, label: new Uint8Array(input.score.customers.length) };
  return {
    ...input,
    origins: input.origins.slice(0, 1).map(({ train, test }) => ({ train: train.map(add), test: add(test) })),
    finalTrain: input.finalTrain.map(add),
    score: add(later).table,
  };
}

/** Where in a result a number is not finite, all the way down. */
function findUnfinite(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path];
  if (ArrayBuffer.isView(value)) return findUnfinite(Array.from(value as Float64Array), path);
  if (value instanceof Map) return findUnfinite([...value], path);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, own]) => findUnfinite(own, `${path}.${key}`));
}

const cases: [string, () => PredictionInput][] = [
  ['fifty rows', () => withColumns([], { nRows: 50 })],
  ['a column without any value', () => withColumns([{ name: 'empty', read: () => NaN }])],
  ['a column that is the same for everybody', () => withColumns([{ name: 'same', read: () => 7 }])],
  [
    'infinite values',
    () => withColumns([{ name: 'far', read: (row) => [1, Infinity, -Infinity, row, NaN][row % 5]! }]),
  ],
  ['a column that gives the answer away', () => withColumns([{ name: 'leak', read: (_, label) => label }])],
  [
    'many columns',
    () =>
      withColumns(
        Array.from({ length: Number(process.env['MANY_COLUMNS'] ?? 40) }, (_, j) => ({
          name: `many${j}`,
          read: (row: number) => ((row + 1) * (j + 3) * 2654435761) % 97,
        })),
      ),
  ],
];

test.each(cases)('predict answers in numbers alone: %s', (_, build) => {
  const input = build();
  const prediction = predict(input, { seed: 1 });
  expect(findUnfinite(prediction)).toEqual([]);
  expect(prediction.blocked).toBeNull();
  expect(prediction.propensity).toHaveLength(input.score.customers.length);
  expect(prediction.verdict.length).toBeGreaterThan(20);
});

test('predict answers with a sentence when only one outcome ever came', () => {
  const input = withColumns([]);
  for (const { label } of input.finalTrain) label.fill(1);
  const prediction = predict(input, { seed: 1 });
  expect(findUnfinite(prediction)).toEqual([]);
  expect(prediction.blocked).toMatch(/^need customers who /);
  expect(prediction.grade).toBe('cannot tell');
});
