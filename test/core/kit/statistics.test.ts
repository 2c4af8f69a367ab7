import { describe, expect, test } from 'vitest';
import { chiSquareTest, cramersV, fisherExact } from '../../../src/core/kit/statistics/association';
import { entropy, jensenShannon, psi } from '../../../src/core/kit/statistics/divergence';
import { anova, groupMoments, welchTest } from '../../../src/core/kit/statistics/group-means';
import { kolmogorovSmirnov } from '../../../src/core/kit/statistics/kolmogorov-smirnov';
import { benjaminiHochberg, holm } from '../../../src/core/kit/statistics/multiple-tests';
import { newcombeInterval, wilsonInterval } from '../../../src/core/kit/statistics/proportions';
import { mannWhitney, rankValues } from '../../../src/core/kit/statistics/ranks';

describe('ranks', () => {
  test('rankValues gives equal values the mean of their ranks, and missing ones none', () => {
    expect([...rankValues([3, NaN, 1, 3, -0, 0]).ranks]).toEqual([4.5, NaN, 3, 4.5, 1.5, 1.5]);
  });

  test('mannWhitney is 1 when everybody is above, -1 turned round, 0 for equal groups', () => {
    expect(mannWhitney([4, 5], [1, 2, 3]).delta).toBe(1);
    expect(mannWhitney([1, 2, 3], [4, 5]).delta).toBe(-1);
    expect(mannWhitney([1, 1], [1, 1])).toMatchObject({ delta: 0, p: 1 });
    expect(mannWhitney([], [1])).toMatchObject({ delta: 0, p: 1 });
  });
});

describe('association', () => {
  test('cramersV is 1 when one trait gives the other, 0 when a trait has one value or there is nobody', () => {
    expect(
      cramersV([
        [5, 0],
        [0, 9],
      ]),
    ).toBeCloseTo(1, 12);
    for (const table of [
      [[5, 9]],
      [[5], [9]],
      [
        [0, 0],
        [0, 0],
      ],
      [],
    ]) {
      expect(cramersV(table)).toBe(0);
      expect(cramersV(table, { corrected: true })).toBe(0);
      expect(chiSquareTest(table)).toEqual({ statistic: 0, df: 0, p: 1 });
    }
  });

  test('fisherExact equals the tea of Fisher 1935: 3 of 4 cups right, one in 0.4857', () => {
    expect(
      fisherExact([
        [3, 1],
        [1, 3],
      ]),
    ).toBeCloseTo(34 / 70, 12);
  });
});

describe('groups and shares', () => {
  test('anova of one group, of equal values and of perfect groups has no NaN', () => {
    const of = (values: number[], labels: number[], k: number) => anova(groupMoments(values, labels, k));
    expect(of([1, 2, 3], [0, 0, 0], 1)).toMatchObject({ f: 0, p: 1, etaSquared: 0 });
    expect(of([2, 2, 2, 2], [0, 0, 1, 1], 2)).toMatchObject({ f: 0, p: 1, etaSquared: 0 });
    expect(of([1, 1, 5, 5], [0, 0, 1, 1], 2)).toMatchObject({ f: Infinity, p: 0, etaSquared: 1 });
    expect(welchTest({ n: 1, mean: 1, squares: 0 }, { n: 5, mean: 2, squares: 1 })).toBeNull();
  });

  test('wilsonInterval and newcombeInterval stay within what shares can be', () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
    for (const [a, b] of [
      [
        [0, 5],
        [5, 5],
      ],
      [
        [5, 5],
        [0, 5],
      ],
      [
        [0, 1],
        [0, 1],
      ],
    ] as const) {
      const [low, high] = newcombeInterval(a, b);
      expect(low).toBeGreaterThanOrEqual(-1);
      expect(high).toBeLessThanOrEqual(1);
      expect(newcombeInterval(b, a)[0]).toBeCloseTo(-high, 12);
    }
  });
});

describe('drift and many tests', () => {
  test('psi is 0 for equal samples and stays finite for a constant or when nothing is left of a bin', () => {
    expect(psi([1, 2, 3, 4], [1, 2, 3, 4])).toBe(0);
    expect(psi([1, 1, 1], [1, 1, 1])).toBe(0);
    expect(Number.isFinite(psi([1, 2, 3, 4], [9, 9]))).toBe(true);
  });

  test('kolmogorovSmirnov is 1 for samples apart, 0 for equal ones; the exact p is 2 of all orders', () => {
    expect(kolmogorovSmirnov([1, 2, 3], [4, 5, 6])).toMatchObject({ statistic: 1 });
    expect(kolmogorovSmirnov([1, 2, 3], [4, 5, 6]).pExact).toBeCloseTo(2 / 20, 12);
    expect(kolmogorovSmirnov([1, 2], [1, 2])).toMatchObject({ statistic: 0, pExact: 1, pAsymptotic: 1 });
    expect(kolmogorovSmirnov([], [1]).statistic).toBe(0);
  });

  test('kolmogorovSmirnov keeps the digits of a tiny exact p: 2 of the 98 over 8 orders of samples apart', () => {
    const [few, many] = [8, 90].map((n, s) => Array.from({ length: n }, (_, i) => 1_000 * s + i));
    let orders = 1;
    for (let i = 1; i <= 8; i++) orders *= (90 + i) / i;
    expect(kolmogorovSmirnov(few!, many!).pExact! * (orders / 2)).toBeCloseTo(1, 12);
  });

  test('jensenShannon of what has nothing in common is ln 2; entropy of one place is 0', () => {
    expect(jensenShannon([1, 0], [0, 1])).toBeCloseTo(Math.LN2, 12);
    expect(entropy([7, 0])).toBe(0);
  });

  test('holm is never below benjaminiHochberg, and neither below p', () => {
    const p = [0.2, 0.001, 0.04, 0.04, 1];
    const [strict, lenient] = [holm(p), benjaminiHochberg(p)];
    p.forEach((value, i) => {
      expect(lenient[i]).toBeGreaterThanOrEqual(value);
      expect(strict[i]).toBeGreaterThanOrEqual(lenient[i]!);
    });
    expect(holm([])).toHaveLength(0);
  });
});
