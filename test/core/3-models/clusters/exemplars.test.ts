import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findExemplars } from '../../../../src/core/3-models/clusters/exemplars';
import { createRandom } from '../../../../src/core/kit/random';

const matrixOf = (points: number[][]) => ({
  data: Float64Array.from(points.flat()),
  nRows: points.length,
  nColumns: points[0]!.length,
});

test('findExemplars gives the closest to the middle, and who stands between two segments with the other one', () => {
  const X = matrixOf([[0], [1], [4.5], [10], [9], [6], [100]]);
  const [left, right, none] = findExemplars(
    X,
    Int32Array.from([0, 0, 0, 1, 1, 1, -1]),
    [[0], [10], [-50]],
    2,
  );
  expect(left!.typical).toEqual([0, 1]);
  expect(left!.border.map(({ row, other }) => [row, other])).toEqual([
    [2, 1],
    [1, 1],
  ]);
  // 4.5 from its own middle, 5.5 from the other.
  expect(left!.border[0]!.gap).toBeCloseTo(1 - 4.5 / 5.5, 12);
  expect(right!.typical).toEqual([3, 4]);
  expect(right!.border.map(({ row }) => row)).toEqual([5, 4]);
  expect(none).toEqual({ typical: [], border: [] });
});

test('findExemplars knows no border of a single segment, and centroids in one place are nothing but border', () => {
  const X = matrixOf([[1], [2]]);
  expect(findExemplars(X, Int32Array.from([0, 0]), [[1]])).toEqual([{ typical: [0, 1], border: [] }]);
  const [one] = findExemplars(X, Int32Array.from([0, 0]), [[1], [1]]);
  expect(one!.border.every(({ gap }) => gap === 0)).toBe(true);
});

test('findExemplars finds the same people in whatever order the rows come', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const random = createRandom(seed);
      const points = Array.from({ length: 40 }, () => [random.normal(), random.normal()]);
      const labels = points.map(([x]) => Number(x! > 0));
      const order = [...points.keys()].sort((a, b) => ((a * 17) % 40) - ((b * 17) % 40));
      const centroids = [[-1, 0], [1, 0]]; // prettier-ignore
      const straight = findExemplars(matrixOf(points), Int32Array.from(labels), centroids);
      const mixed = findExemplars(
        matrixOf(order.map((i) => points[i]!)),
        Int32Array.from(order, (i) => labels[i]!),
        centroids,
      );
      mixed.forEach(({ typical, border }, c) => {
        expect(typical.map((row) => order[row])).toEqual(straight[c]!.typical);
        expect(border.map(({ row }) => order[row])).toEqual(straight[c]!.border.map(({ row }) => row));
      });
    }),
    { numRuns: 30 },
  );
});
