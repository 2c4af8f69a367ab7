import { expect, test } from 'vitest';
import { assignByPriority, listSets, measureOverlap } from '../../../../src/core/3-models/clusters/overlap';

const sets = [
  { name: 'loyal', customers: Int32Array.of(1, 2, 3, 4) },
  { name: 'at risk', customers: Int32Array.of(3, 4, 5) },
  { name: 'nobody', customers: new Int32Array() },
  { name: 'big spenders', customers: Int32Array.of(4, 6, 6) },
];

test('measureOverlap counts customers in both sets, sizes on the diagonal, each customer once', () => {
  const { counts, shares, inAny, inSeveral } = measureOverlap(sets);
  expect(counts).toEqual([
    [4, 2, 0, 1],
    [2, 3, 0, 1],
    [0, 0, 0, 0],
    [1, 1, 0, 2],
  ]);
  expect(shares[0]).toEqual([1, 0.5, 0, 0.25]);
  expect(shares[2]).toEqual([0, 0, 0, 0]);
  expect(inAny).toBe(6);
  expect(inSeveral).toBe(2);
  counts.forEach((row, a) => row.forEach((count, b) => expect(count).toBe(counts[b]![a])));
});

test('assignByPriority gives everybody the first set that holds them, and nobody two', () => {
  const customers = Int32Array.of(1, 2, 3, 4, 5, 6, 7);
  expect([...assignByPriority(customers, sets, [3, 1, 0, 2])]).toEqual([0, 0, 1, 3, 1, 3, -1]);
  expect([...assignByPriority(customers, sets, [0, 1, 2, 3])]).toEqual([0, 0, 0, 0, 1, 3, -1]);
  expect([...assignByPriority(customers, sets, [1])]).toEqual([-1, -1, 1, 1, 1, -1, -1]);
});

test('listSets are the groups of a segmentation; they overlap nowhere and miss only those in no group', () => {
  const groups = { customers: Int32Array.of(9, 8, 7, 6), labels: Int32Array.of(0, 1, -1, 0) };
  const found = listSets(groups, ['a', 'b']);
  expect(found.map(({ customers }) => [...customers])).toEqual([[9, 6], [8]]);
  expect(measureOverlap(found)).toMatchObject({ inAny: 3, inSeveral: 0 });
  expect([...assignByPriority(groups.customers, found, [1, 0])]).toEqual([...groups.labels]);
});
