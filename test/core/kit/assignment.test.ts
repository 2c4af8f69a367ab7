import { expect, test } from 'vitest';
import { assignPairs } from '../../../src/core/kit/assignment';
import { createRandom } from '../../../src/core/kit/random';

/** The most that any pairing is worth, all of them tried. */
function most(worth: number[][], row = 0, used = 0): number {
  if (row === worth.length) return 0;
  let best = most(worth, row + 1, used);
  worth[row]!.forEach((value, column) => {
    if (value > 0 && !(used & (1 << column)))
      best = Math.max(best, value + most(worth, row + 1, used | (1 << column)));
  });
  return best;
}

test('assignPairs(worth) finds the best pairing, not the greedy one', () => {
  expect(
    assignPairs([
      [0.9, 0.8],
      [0.85, 0],
    ]),
  ).toEqual([1, 0]);
});

test('assignPairs(worth) is worth as much as the best of all pairings, whatever the shape', () => {
  const random = createRandom(4);
  for (let trial = 0; trial < 60; trial++) {
    const [rows, columns] = [1 + random.below(5), 1 + random.below(5)];
    const worth = Array.from({ length: rows }, () =>
      Array.from({ length: columns }, () => random.next() - 0.3),
    );
    const found = assignPairs(worth);
    const used = found.filter((column) => column >= 0);
    expect(new Set(used).size).toBe(used.length);
    const total = found.reduce((sum, column, row) => sum + (column < 0 ? 0 : worth[row]![column]!), 0);
    expect(total).toBeCloseTo(most(worth), 12);
  }
});

test('assignPairs(worth) leaves out pairs worth nothing, and rows without columns', () => {
  expect(
    assignPairs([
      [0, -1],
      [0, 0.2],
    ]),
  ).toEqual([-1, 1]);
  expect(assignPairs([])).toEqual([]);
  expect(assignPairs([[], []])).toEqual([-1, -1]);
});
