import { expect, test } from 'vitest';
import type { Segment, Segmentation } from '../../../src/core/3-models/results/segmentation';
import { carryNames } from '../../../src/core/4-decisions/carry-names';
import { segmentation as example } from './example-results';

/** A segmentation of customers 0..n-1 by their labels; slots in order of id. */
function segmentationOf(labels: number[]): Segmentation {
  const ids = [...new Set(labels)].sort((a, b) => a - b);
  const segments = ids.map((id): Segment => ({
    ...example.segments[0]!,
    id,
    name: `group ${id}`,
    slot: id + 1,
    size: labels.filter((label) => label === id).length,
  }));
  return {
    ...example,
    nClusters: ids.length,
    segments,
    customers: Int32Array.from(labels.keys()),
    labels: Int32Array.from(labels),
  };
}
const slots = ({ segments }: Segmentation) => segments.map(({ slot }) => slot);

test('carryNames(before, after, names) keeps name and colour with the members when the numbers are dealt anew', () => {
  const before = segmentationOf([0, 0, 0, 1, 1, 1, 2, 2]);
  const after = segmentationOf([2, 2, 2, 0, 0, 0, 1, 1]);
  const carried = carryNames(before, after, ['Ours', '', 'Theirs']);
  expect(carried.names).toEqual(['', 'Theirs', 'Ours']);
  expect(slots(carried.segmentation)).toEqual([2, 3, 1]);
  expect([...carried.moved].sort()).toEqual([[0, 2], [1, 0], [2, 1]]); // prettier-ignore
});

test('carryNames(before, after, names) lets a name go when fewer than half of the members are the same', () => {
  const before = segmentationOf([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
  const after = segmentationOf([0, 0, 1, 1, 2, 0, 0, 1, 1, 2]);
  const carried = carryNames(before, after, ['Ours', 'Theirs']);
  expect(carried.names).toEqual(['', '', '']);
  expect(new Set(slots(carried.segmentation)).size).toBe(3);
});

test('carryNames(before, after, names) never gives one old name to two new segments', () => {
  const before = segmentationOf([0, 0, 0, 0, 0, 0]);
  const after = segmentationOf([0, 0, 0, 1, 1, 1]);
  const { names, segmentation } = carryNames(before, after, ['Ours']);
  expect(names.filter((name) => name === 'Ours')).toHaveLength(1);
  expect(slots(segmentation)).toEqual([1, 2]);
});

const isNew = ({ segments }: Segmentation) => segments.map((segment) => segment.isNew);
const suggested = ({ segments }: Segmentation) => segments.map(({ name }) => name);

test('carryNames(before, after, names) keeps suggested names too, and never has one name twice', () => {
  const before = segmentationOf([0, 0, 0, 0, 1, 1, 1, 1]);
  const after = segmentationOf([1, 1, 1, 1, 0, 0, 2, 2]);
  const { segmentation } = carryNames(before, after, []);
  expect(suggested(segmentation)).toEqual(['group 1', 'group 0', 'group 2']);
  expect(isNew(segmentation)).toEqual([false, false, true]);
  const renamed = carryNames(before, after, ['', 'Group 2']).segmentation;
  expect(suggested(renamed)[2]).toBe('group 2 2');
});

test('carryNames(before, after, names) after a merge and a split: one goes on, the other is new or gone', () => {
  const three = segmentationOf([0, 0, 0, 0, 1, 1, 1, 2, 2, 2]);
  const merged = segmentationOf([0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
  const afterMerge = carryNames(three, merged, ['A', 'B', 'C']);
  expect(afterMerge.names[0]).toBe('A');
  expect(['B', 'C']).toContain(afterMerge.names[1]);
  const afterSplit = carryNames(merged, segmentationOf([0, 0, 0, 0, 1, 1, 1, 1, 2, 2]), ['A', 'B']);
  expect(afterSplit.names).toEqual(['A', 'B', '']);
  expect(isNew(afterSplit.segmentation)).toEqual([false, false, true]);
  expect(slots(afterSplit.segmentation)).toEqual([1, 2, 3]);
});

test('carryNames(before, after, names) takes the matching that keeps most together, not the best pair first', () => {
  const before = segmentationOf([...Array(10).fill(0), ...Array(10).fill(1)] as number[]);
  const after = segmentationOf([
    ...Array(6).fill(0),
    ...Array(4).fill(1),
    ...Array(4).fill(0),
    ...Array(6).fill(1),
  ] as number[]);
  expect(carryNames(before, after, ['A', 'B']).names).toEqual(['A', 'B']);
});

test('carryNames(before, after, names, ids) knows the customers of a refreshed file by their ids, and judges by those in both', () => {
  const before = { ...segmentationOf([0, 0, 0, 1, 1, 1]) };
  const after = { ...segmentationOf([0, 0, 0, 0, 0, 0, 1, 1, 1, 1]) };
  const ids = {
    before: ['a', 'b', 'c', 'x', 'y', 'z'],
    after: ['x', 'y', 'new1', 'new2', 'new3', 'new4', 'new5', 'c', 'b', 'a'],
  };
  expect(carryNames(before, after, ['Abc', 'Xyz'], ids).names).toEqual(['Xyz', 'Abc']);
  expect(slots(carryNames(before, after, ['Abc', 'Xyz'], ids).segmentation)).toEqual([2, 1]);
  expect(
    carryNames(
      before,
      { ...after, customers: after.customers.slice(2, 6), labels: after.labels.slice(2, 6) },
      ['Abc', 'Xyz'],
      ids,
    ).names,
  ).toEqual(['', '']);
});

test('carryNames(before, after, names) deals each of the eight slots once and none to rows outside all segments', () => {
  const labels = Array.from({ length: 100 }, (_, i) => i % 10);
  const before = segmentationOf(labels);
  before.segments.forEach((segment) => (segment.slot = segment.id < 8 ? segment.id + 1 : 0));
  const outside = segmentationOf(labels.map((label) => (label + 3) % 10));
  outside.labels[0] = -1;
  const carried = slots(carryNames(before, outside, []).segmentation);
  const used = carried.filter((slot) => slot > 0);
  expect(new Set(used).size).toBe(used.length);
  expect(used).toHaveLength(8);
});
