import { expect, test } from 'vitest';
import type { Segment, Segmentation } from '../../../src/core/3-models/results';
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
});

test('carryNames(before, after, names) lets a name go when fewer than half of the members are the same', () => {
  const before = segmentationOf([0, 0, 0, 0, 1, 1, 1, 1]);
  const after = segmentationOf([0, 0, 1, 1, 0, 0, 1, 1]);
  const carried = carryNames(before, after, ['Ours', 'Theirs']);
  expect(carried.names).toEqual(['', '']);
  expect(new Set(slots(carried.segmentation)).size).toBe(2);
});

test('carryNames(before, after, names) never gives one old name to two new segments', () => {
  const before = segmentationOf([0, 0, 0, 0, 0, 0]);
  const after = segmentationOf([0, 0, 0, 1, 1, 1]);
  const { names, segmentation } = carryNames(before, after, ['Ours']);
  expect(names.filter((name) => name === 'Ours')).toHaveLength(1);
  expect(slots(segmentation)).toEqual([1, 2]);
});
