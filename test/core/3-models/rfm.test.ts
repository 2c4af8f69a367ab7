import { expect, test } from 'vitest';
import { lifecycleNames, lifecycleOf } from '../../../src/core/3-models/lifecycle';
import { countCells, cutQuintiles, describeLifecycle, scoreRfm } from '../../../src/core/3-models/rfm';
import { createRandom } from '../../../src/core/kit/random';
import { sumCellsByLifecycle } from '../../../workers/summary-frame';
import { tableOf } from '../../fixtures/rfm-table';

const scores = [1, 2, 3, 4, 5];
const cells = scores.flatMap((r) => scores.flatMap((f) => scores.map((m) => [r, f, m] as const)));

function makeTable(nRows: number) {
  const random = createRandom(11);
  const column = (read: () => number) => Float64Array.from({ length: nRows }, read);
  return tableOf(
    column(() => 1 + random.below(400)),
    column(() => 1 + random.below(9)),
    column(() => Math.round(random.next() * 1e5) / 100),
  );
}

test('lifecycleOf maps all 125 cells to exactly one of the eleven names and uses every name', () => {
  const names = cells.map(([r, f, m]) => lifecycleNames[lifecycleOf(r, f, m)]);
  expect(names).toHaveLength(125);
  expect(names.every((name) => name !== undefined)).toBe(true);
  expect(new Set(names)).toEqual(new Set(lifecycleNames));
  expect(lifecycleNames).toHaveLength(11);
});

test('lifecycleOf calls the best cell Champions, the worst Lost, and a recent first order New', () => {
  expect(lifecycleNames[lifecycleOf(5, 5, 5)]).toBe('Champions');
  expect(lifecycleNames[lifecycleOf(1, 1, 1)]).toBe('Lost');
  expect(lifecycleNames[lifecycleOf(5, 1, 1)]).toBe('New');
  expect(lifecycleNames[lifecycleOf(1, 5, 5)]).toBe("Can't lose them");
});

test('cutQuintiles is linear between neighbours', () => {
  expect(cutQuintiles(Float64Array.from([5, 1, 3, 2, 4, 6]))).toEqual([2, 3, 4, 5]);
});

test('scoreRfm gives equal values equal scores and turns recency round', () => {
  const { r, f } = scoreRfm(
    tableOf(
      Float64Array.from([1, 10, 100, 200, 300]),
      Float64Array.from([1, 1, 1, 2, 9]),
      Float64Array.from([5, 4, 3, 2, 1]),
    ),
  );
  expect(Array.from(r)).toEqual([5, 4, 3, 2, 1]);
  expect(f[0]).toBe(f[1]);
  expect(f[4]).toBe(5);
});

test('scoreRfm leaves out customers without an order and says so when there are no orders', () => {
  const table = makeTable(50);
  table.features[0]!.values[3] = NaN;
  expect(scoreRfm(table).customers).toHaveLength(49);
  expect(() => scoreRfm({ ...table, features: table.features.slice(1) })).toThrow(
    'wanted customers with dated orders',
  );
});

test('sumCellsByLifecycle adds up the same as counting the customers', async () => {
  const scored = scoreRfm(makeTable(900));
  const groups = describeLifecycle(scored, await sumCellsByLifecycle(countCells(scored)));
  expect(groups.map(({ name }) => name)).toEqual(lifecycleNames);
  groups.forEach(({ size, revenue, medianRecency }, index) => {
    const members = [...scored.lifecycle.keys()].filter((i) => scored.lifecycle[i] === index);
    expect(size).toBe(members.length);
    expect(revenue).toBeCloseTo(
      members.reduce((sum, i) => sum + scored.monetary[i]!, 0),
      6,
    );
    expect(members.filter((i) => scored.recency[i]! < medianRecency).length).toBeLessThanOrEqual(
      members.length / 2,
    );
  });
  expect(groups.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  expect(groups.reduce((sum, { revenueShare }) => sum + revenueShare, 0)).toBeCloseTo(1, 12);
});
