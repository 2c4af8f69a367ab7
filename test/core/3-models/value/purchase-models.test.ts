import { describe, expect, test } from 'vitest';
import { betaGeometric, modifiedBetaGeometric } from '../../../../src/core/3-models/value/beta-geometric';
import { calibrate } from '../../../../src/core/3-models/value/calibration';
import { paretoNbd } from '../../../../src/core/3-models/value/pareto-nbd';
import { discountedPurchases, fitPurchases } from '../../../../src/core/3-models/value/purchase-model';
import { uniqueTriples } from '../../../../src/core/3-models/value/triples';
import { hyp2f1 } from '../../../../src/core/kit/hyp2f1';
import { lgamma } from '../../../../src/core/kit/special';
import { simulateBuyers } from './buyers';

const models = [betaGeometric, modifiedBetaGeometric, paretoNbd];
const triples = uniqueTriples([0, 1, 2, 7, 30, 2], [0, 3, 20, 30, 12, 20], [40, 40, 30, 31, 39, 30]);

/** Fader and Hardie, "A note on deriving the Pareto/NBD model and related expressions" (2005): A0 by 2F1. */
function paretoByNote([r, alpha, s, beta]: number[], x: number, tx: number, T: number): number {
  const [big, small] = [Math.max(alpha!, beta!), Math.min(alpha!, beta!)];
  const second = alpha! >= beta! ? s! + 1 : r! + x;
  const term = (t: number) =>
    hyp2f1(r! + s! + x, second, r! + s! + x + 1, (big - small) / (big + t)) / (big + t) ** (r! + s! + x);
  const stays = (alpha! + T) ** -(r! + x) * (beta! + T) ** -s!;
  const left = (s! / (r! + s! + x)) * (term(tx) - term(T));
  const log = lgamma(r! + x) - lgamma(r!) + r! * Math.log(alpha!) + s! * Math.log(beta!);
  return log + Math.log(stays + left);
}

describe('models of purchases', () => {
  test.each(models.map((model) => [model.name, model] as const))(
    '%s: the slope is that of the likelihood',
    (_, model) => {
      const logs = Float64Array.of(-0.5, 2.1, -0.4, 1.3);
      const slope = new Float64Array(4);
      model.logLikelihood(triples, logs, slope);
      for (let i = 0; i < 4; i++) {
        const [up, down] = [1e-5, -1e-5].map((h) => {
          const at = logs.slice();
          at[i]! += h;
          return model.logLikelihood(triples, at, new Float64Array(4));
        });
        expect(slope[i]).toBeCloseTo((up! - down!) / 2e-5, 4);
      }
    },
  );

  test('Pareto/NBD equals the note’s closed form for alpha above and below beta', () => {
    for (const parameters of [
      [0.553, 10.578, 0.606, 11.669],
      [0.9, 20, 0.4, 3],
      [3, 2, 2.5, 40],
    ])
      for (const [x, tx, T] of [
        [0, 0, 39],
        [2, 30.43, 38.86],
        [26, 20, 31],
        [1, 0.3, 38],
      ] as const) {
        const one = uniqueTriples([x], [tx], [T]);
        const logs = Float64Array.from(parameters, Math.log);
        const got = paretoNbd.logLikelihood(one, logs, new Float64Array(4));
        expect(got).toBeCloseTo(paretoByNote(parameters, x, tx, T), 8);
      }
  });

  test('a fit to simulated buyers comes near what they were made with, and nearer than the start', () => {
    const history = simulateBuyers({ r: 0.8, alpha: 6, a: 0.9, b: 3, days: 500, n: 4000 }, 5);
    const now = calibrate(history, history.lastDay);
    const { parameters, isConverged, logLikelihood } = fitPurchases(betaGeometric, now.triples);
    expect(isConverged).toBe(true);
    [0.8, 6, 0.9, 3].forEach((truth, i) =>
      expect(Math.abs(Math.log(parameters[i]! / truth))).toBeLessThan(0.35),
    );
    const atTruth = Float64Array.of(0.8, 6, 0.9, 3).map(Math.log);
    expect(logLikelihood).toBeGreaterThan(
      betaGeometric.logLikelihood(now.triples, atTruth, new Float64Array(4)),
    );
  });

  test.each(models.map((model) => [model.name, model] as const))(
    '%s: chances are chances, and purchases to come grow with the time ahead',
    (_, model) => {
      for (const parameters of [
        [0.25, 4.4, 0.8, 2.4],
        [3, 1, 1, 1e-3],
        [50, 400, 1, 5],
        [0.8, 10, 1e-7, 1e6],
        [1.2, 4.6, 19205, 1.2e6],
        [1e5, 1.2e6, 0.3, 1.7],
      ])
        for (const [x, tx, T] of [
          [0, 0, 0],
          [0, 0, 40],
          [3, 10, 10],
          [500, 100, 104],
          [5000, 20, 104],
        ] as const) {
          const alive = model.probabilityAlive(parameters, x, tx, T);
          expect(alive >= 0 && alive <= 1).toBe(true);
          const by = [1, 10, 52, 520].map((t) => model.expectedPurchases(parameters, t, x, tx, T));
          by.forEach((value, i) => expect(Number.isFinite(value) && value >= (by[i - 1] ?? 0)).toBe(true));
          expect(Number.isFinite(model.expectedByAge(parameters, 52))).toBe(true);
        }
    },
  );

  test('a first look at few customers that runs away does not keep all of them from the best fit', () => {
    const history = simulateBuyers({ r: 1.5, alpha: 10, a: 0.3, b: 6, days: 364, n: 900 }, 4);
    const { triples } = calibrate(history, history.lastDay);
    const { logLikelihood, atBound } = fitPurchases(paretoNbd, triples);
    const inside = [1.65, 11.2, 1, 150].map(Math.log);
    const near = fitPurchases(paretoNbd, triples, { starts: [inside] });
    expect(near.atBound).not.toContain(true);
    expect(logLikelihood).toBeGreaterThan(near.logLikelihood - 1e-6);
    expect(atBound).not.toContain(true);
  });

  test('purchases to come have no jump where the closed form is 0/0', () => {
    const at = (a: number, b: number) => betaGeometric.expectedPurchases([0.5, 5, a, b], 30, 2, 10, 20);
    expect(at(1, 2)).toBeCloseTo((at(0.999, 2) + at(1.001, 2)) / 2, 5);
    const first = (b: number) => betaGeometric.expectedPurchases([0.5, 5, 0.4, b], 30, 0, 0, 20);
    expect(first(0.6)).toBeCloseTo((first(0.599) + first(0.601)) / 2, 5);
  });

  test('a prior draws parameters to 1, and plain likelihood is never lower without it', () => {
    const history = simulateBuyers({ r: 0.8, alpha: 6, a: 0.9, b: 3, days: 300, n: 300 }, 2);
    const now = calibrate(history, history.lastDay);
    const plain = fitPurchases(betaGeometric, now.triples);
    const drawn = fitPurchases(betaGeometric, now.triples, { prior: { sdOfLog: 0.5 } });
    const size = (parameters: number[]) => parameters.reduce((sum, one) => sum + Math.log(one) ** 2, 0);
    expect(size(drawn.parameters)).toBeLessThan(size(plain.parameters));
    expect(plain.logLikelihood).toBeGreaterThanOrEqual(drawn.logLikelihood);
  });

  test('discountedPurchases takes the rate off once a step', () => {
    const value = discountedPurchases((t) => t, { horizon: 2.5, step: 1, rate: 0.1 });
    expect(value).toBeCloseTo(1 / 1.1 + 1 / 1.21 + 0.5 / 1.1 ** 2.5, 12);
  });
});
