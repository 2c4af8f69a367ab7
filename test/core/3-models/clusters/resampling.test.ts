import { expect, test } from 'vitest';
import { chooseByGap, gapStatistic } from '../../../../src/core/3-models/clusters/gap';
import { predictionStrength } from '../../../../src/core/3-models/clusters/prediction-strength';
import { bootstrapStability, clusterByMeans } from '../../../../src/core/3-models/clusters/stability';
import type { Matrix } from '../../../../src/core/kit/matrix';

const oneColumn = (values: number[]): Matrix => ({
  data: Float64Array.from(values),
  nRows: values.length,
  nColumns: 1,
});

const n = 1_000;
/** Evenly spaced from 0 to 1, and the same in two halves 9 apart. */
const even = Array.from({ length: n }, (_, i) => (i + 0.5) / n);
const halves = even.map((value) => (value < 0.5 ? 2 * value : 9 + 2 * (value - 0.5)));

test('gapStatistic is the distance of two logs that can be worked out by hand', () => {
  // n rows evenly over a length L have squares n L²/12 about one mean, n L²/48 about the best two.
  const [one, two] = gapStatistic(oneColumn(even), [1, 2], 20, 1);
  expect(one!.gap).toBeCloseTo(0, 1);
  expect(two!.gap).toBeCloseTo(0, 1);
  // Two lengths of 1 with ends 10 apart: n/12 about their own means against n 100/48 in even data.
  const [, parted] = gapStatistic(oneColumn(halves), [1, 2], 20, 1);
  expect(parted!.gap).toBeCloseTo(Math.log(25), 1);
  // All rows at either end: n L²/4 about one mean, three times as much as even rows.
  const [ends] = gapStatistic(oneColumn(even.map((value) => Number(value > 0.5))), [1], 20, 1);
  expect(ends!.gap).toBeCloseTo(-Math.log(3), 1);
  expect(two!.spread).toBeGreaterThan(0);
  expect(two!.spread).toBeLessThan(0.1);
});

test('chooseByGap takes the fewest clusters whose gap the next one does not beat by a standard error', () => {
  expect(chooseByGap(gapStatistic(oneColumn(halves), [1, 2, 3, 4], 10, 1))).toBe(2);
  const gap = (nClusters: number, value: number) => ({ nClusters, gap: value, spread: 0.1 });
  expect(chooseByGap([gap(1, 0.2), gap(2, 0.35), gap(3, 0.4)])).toBe(2);
  expect(chooseByGap([gap(1, 0.3), gap(2, 0.35)])).toBe(1);
});

test('predictionStrength and bootstrapStability are 1 for two far groups, and lower for more than there are', () => {
  const X = oneColumn(halves.filter((_, i) => i % 10 === 0));
  const [two, four] = predictionStrength(X, [2, 4], 4, 3, 1);
  expect(two).toBe(1);
  expect(four).toBeLessThan(0.9);
  const labels = Int32Array.from(X.data, (value) => Number(value > 5));
  expect(bootstrapStability(X, labels, clusterByMeans(2, 3), 5, 1)).toEqual(
    [1, 1].map((v) => expect.closeTo(v, 12)),
  );
});
