import { expect, test } from 'vitest';
import { summariseFeature } from '../../../src/core/2-features/summarise-feature';

test('summariseFeature counts, orders and bins what is finite, and counts the rest as missing', () => {
  const summary = summariseFeature(Float64Array.of(0, 40, NaN, 10, 20, 30, Infinity));
  expect(summary).toEqual({
    n: 5,
    missing: 2,
    zeros: 1,
    min: 0,
    q25: 10,
    median: 20,
    q75: 30,
    max: 40,
    mean: 20,
    histogram: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1],
  });
});

test('summariseFeature puts one value in the first bin, and tells nothing of nothing', () => {
  expect(summariseFeature(Float64Array.of(3, 3)).histogram[0]).toBe(2);
  const { n, min, median, mean, histogram } = summariseFeature(new Float64Array(0));
  expect([n, min, median, mean]).toEqual([0, NaN, NaN, NaN]);
  expect(histogram.every((count) => count === 0)).toBe(true);
});
