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

test('scoreRfm puts customers who are all alike in the middle, and only in what they are alike', () => {
  const same = (value: number) => new Float64Array(40).fill(value);
  const rising = Float64Array.from({ length: 40 }, (_, i) => 1 + i);
  for (const kind of ['quantile', 'natural'] as const) {
    const { r, f, m, lifecycle } = scoreRfm(tableOf(same(30), same(1), same(20)), { kind });
    for (const scores of [r, f, m]) expect([...new Set(scores)]).toEqual([3]);
    expect(lifecycleNames[lifecycle[0]!]).toBe('Need attention');
    const apart = scoreRfm(tableOf(rising, same(1), same(20)), { kind });
    expect([apart.r[0], apart.r[39], apart.f[0]]).toEqual([5, 1, 3]);
  }
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

test('scoreRfm scores by steps of a person’s own and by natural breaks, and refuses steps that do not rise', () => {
  const table = tableOf(
    Float64Array.from([1, 2, 40, 41, 90, 91, 200, 201, 400, 401]),
    Float64Array.from([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]),
    Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
  );
  const own = { recency: [30, 60, 120, 365], frequency: [1, 2, 3, 4], monetary: [2, 4, 6, 8] };
  const fixed = scoreRfm(table, { kind: 'fixed', ...own });
  expect(Array.from(fixed.r)).toEqual([5, 5, 4, 4, 3, 3, 2, 2, 1, 1]);
  expect(Array.from(fixed.f)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
  expect(scoreRfm(table, { kind: 'natural' }).cuts.recency).toEqual([2, 41, 91, 201]);
  for (const recency of [
    [30, 60, 120],
    [30, 30, 60, 90],
    [1, 2, 3, NaN],
  ])
    expect(() => scoreRfm(table, { kind: 'fixed', ...own, recency })).toThrow('four rising numbers');
});

test('describeLifecycle calls the stages what a person calls them', () => {
  const scores = scoreRfm(makeTable(50));
  const groups = describeLifecycle(scores, new Map(), ['Stars', '', ' ']);
  expect(groups.slice(0, 3).map(({ name }) => name)).toEqual(['Stars', 'Loyal', 'Potential loyalists']);
});
