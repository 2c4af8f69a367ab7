import { describe, expect, test } from 'vitest';
import { hyp2f1 } from '../../../src/core/kit/hyp2f1';
import { lgamma } from '../../../src/core/kit/special';

const isClose = (got: number, wanted: number, within = 1e-12) =>
  expect(Math.abs(got / wanted - 1)).toBeLessThan(within);

describe('hyp2f1', () => {
  const points = [-20, -1, -0.6, -0.2, 0.1, 0.5, 0.79, 0.81, 0.95, 0.999, 0.999999];

  test('is -ln(1 - z) / z for 1, 1, 2', () => {
    for (const z of points) isClose(hyp2f1(1, 1, 2, z), -Math.log1p(-z) / z);
  });

  test('is (1 - z)^-a where b = c, also for large parameters', () => {
    for (const z of points) isClose(hyp2f1(0.7, 2.3, 2.3, z), (1 - z) ** -0.7, 1e-10);
    isClose(hyp2f1(0.7, 1e6, 1e6, 0.9), 0.1 ** -0.7);
  });

  test('is arcsin(√z) / √z for 1/2, 1/2, 3/2', () => {
    for (const z of points.filter((at) => at > 0))
      isClose(hyp2f1(0.5, 0.5, 1.5, z), Math.asin(Math.sqrt(z)) / Math.sqrt(z));
  });

  test('goes to Gauss’s value at 1 where c > a + b', () => {
    const [a, b, c] = [0.3, 0.9, 3.7];
    const gauss = Math.exp(lgamma(c) + lgamma(c - a - b) - lgamma(c - a) - lgamma(c - b));
    isClose(hyp2f1(a, b, c, 1 - 1e-12), gauss, 1e-10);
  });

  test('keeps Gauss’s relation between neighbours: (b - a) F + a F(a+) = b F(b+)', () => {
    for (const z of points)
      for (const [a, b, c] of [
        [0.243, 2.426, 2.219],
        [5.2, 1.1, 0.4],
        [30, 0.2, 31],
      ] as const) {
        const left = (b - a) * hyp2f1(a, b, c, z) + a * hyp2f1(a + 1, b, c, z);
        isClose(left / (b * hyp2f1(a, b + 1, c, z)), 1, 1e-8);
      }
  });
});
