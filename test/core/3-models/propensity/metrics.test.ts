import { expect, test } from 'vitest';
import {
  averagePrecision,
  calibrationBins,
  compareAuc,
  gainsCurve,
  liftTop10,
  rocAuc,
} from '../../../../src/core/3-models/propensity/metrics';
import {
  applyCalibration,
  applyPlatt,
  fitCalibration,
  fitPlatt,
  poolViolators,
} from '../../../../src/core/3-models/propensity/calibrate';
import { sigmoidOf } from '../../../../src/core/3-models/propensity/logistic';
import { createRandom } from '../../../../src/core/kit/random';

const y = Uint8Array.from([1, 0, 1, 1, 0, 0, 1, 0]);
const scores = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.4, 0.1];

/** AUC by its definition: over all pairs, who is ranked higher, ties half. */
function countPairs(y: Uint8Array, scores: number[]): number {
  let won = 0;
  let pairs = 0;
  y.forEach((a, i) =>
    y.forEach((b, j) => {
      if (!(a === 1 && b === 0)) return;
      pairs++;
      won += scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0;
    }),
  );
  return won / pairs;
}

test('rocAuc counts pairs ranked right, ties half, and turns over with the scores', () => {
  expect(rocAuc(y, scores)).toBeCloseTo(countPairs(y, scores), 12);
  expect(
    rocAuc(
      y,
      scores.map((score) => -score),
    ),
  ).toBeCloseTo(1 - countPairs(y, scores), 12);
  expect(
    rocAuc(
      y,
      scores.map(() => 0.3),
    ),
  ).toBe(0.5);
});

test('every measure has an answer when nobody or everybody had the event', () => {
  for (const label of [0, 1]) {
    const same = new Uint8Array(8).fill(label);
    expect(rocAuc(same, scores)).toBe(0.5);
    expect(Number.isFinite(averagePrecision(same, scores))).toBe(true);
    expect(liftTop10(same, scores)).toBe(1);
    expect(compareAuc(same, scores, scores)).toEqual({ difference: 0, standardError: 0 });
    expect(gainsCurve(same, scores).every(({ gain }) => Number.isFinite(gain))).toBe(true);
  }
});

test('liftTop10 takes the highest ceil(10%) and is 1 when there is no top', () => {
  expect(liftTop10(y, scores)).toBe(2);
  expect(
    liftTop10(
      y,
      scores.map(() => 1),
    ),
  ).toBe(1);
});

test('gainsCurve rises from 0 to 1', () => {
  const curve = gainsCurve(y, scores, 4);
  expect(curve.map(({ gain }) => gain)).toEqual([0, 0.25, 0.75, 0.75, 1]);
  expect(curve.map(({ share }) => share)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(curve[2]!.lift).toBeCloseTo(1.5, 12);
});

test('calibrationBins holds every row once and never splits equal likelihoods', () => {
  const likelihood = Float64Array.from({ length: 100 }, (_, i) => (i % 4) / 4);
  const outcomes = Uint8Array.from({ length: 100 }, (_, i) => Number(i % 3 === 0));
  const bins = calibrationBins(outcomes, likelihood);
  expect(bins).toHaveLength(4);
  expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(100);
  for (const { low, observed, high } of bins) expect(low < observed && observed < high).toBe(true);
});

test('compareAuc has the standard error that a bootstrap finds', () => {
  const random = createRandom(8);
  const n = 400;
  const outcomes = Uint8Array.from({ length: n }, () => random.below(2));
  const a = Array.from(outcomes, (label) => label + random.normal());
  const b = a.map((score, i) => 0.5 * score + 0.3 * outcomes[i]! + random.normal());
  const { difference, standardError } = compareAuc(outcomes, a, b);
  expect(difference).toBeCloseTo(rocAuc(outcomes, a) - rocAuc(outcomes, b), 12);
  const draws = Array.from({ length: 400 }, () => {
    const rows = Array.from({ length: n }, () => random.below(n));
    const pick = (values: number[]) => rows.map((row) => values[row]!);
    const drawn = Uint8Array.from(rows, (row) => outcomes[row]!);
    return rocAuc(drawn, pick(a)) - rocAuc(drawn, pick(b));
  });
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
  const sd = Math.sqrt(draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length);
  expect(standardError / sd).toBeGreaterThan(0.85);
  expect(standardError / sd).toBeLessThan(1.15);
});

test('fitPlatt finds the best line where few scores tell outcomes apart (scikit-learn 1.2.1, _SigmoidCalibration)', () => {
  const raw = [3.17, 0.33, -0.17, 1.95, -0.78, -0.47, 1.18, 0.27, -0.92, -1.98, 2.54, -0.59];
  const { slope, offset } = fitPlatt(
    raw,
    Uint8Array.from(raw, (_, i) => Number(i === 0)),
  );
  expect(slope).toBeCloseTo(0.56043, 4);
  expect(offset).toBeCloseTo(-2.40363, 4);
});

test('poolViolators keeps equal scores together, however many there are', () => {
  const raw = Float64Array.from({ length: 40 }, (_, i) => (i % 4) / 10 + 0.1);
  const outcomes = Uint8Array.from(raw, (_, i) => Number(i % 4 > 0 && i > 20));
  expect(poolViolators(raw, outcomes).map(({ n, events }) => [n, events])).toEqual([
    [10, 0],
    [30, 15],
  ]);
});

test('fitPlatt finds the scale that made the outcomes, and has an answer with one outcome only', () => {
  const random = createRandom(9);
  const raw = Float64Array.from({ length: 20_000 }, () => 2 * random.normal());
  const outcomes = Uint8Array.from(raw, (score) => Number(random.next() < sigmoidOf(0.5 * score - 1)));
  const { slope, offset } = fitPlatt(raw, outcomes);
  expect(slope).toBeCloseTo(0.5, 1);
  expect(offset).toBeCloseTo(-1, 1);
  const none = applyPlatt(fitPlatt(raw, new Uint8Array(20_000)), raw);
  expect(none.every((value) => value > 0 && value < 0.001)).toBe(true);
});

test('fitCalibration mends a crooked scale, keeps the order and promises nothing for certain', () => {
  const random = createRandom(10);
  const raw = Float64Array.from({ length: 8_000 }, () => 4 * random.normal());
  const truth = (score: number) => (score < -2 ? 0.01 : score < 3 ? 0.3 : 1);
  const outcomes = Uint8Array.from(raw, (score) => Number(random.next() < truth(score)));
  const model = fitCalibration(raw, outcomes, 1);
  expect(model.kind).toBe('isotonic');
  const likelihood = applyCalibration(model, raw);
  for (const score of [-6, -4, 0, 1.5, 5, 8])
    expect(Math.abs(applyCalibration(model, [score])[0]! - truth(score)), `at ${score}`).toBeLessThan(0.1);
  expect(new Set(likelihood).size).toBe(new Set(raw).size);
  expect(Math.abs(rocAuc(outcomes, likelihood) - rocAuc(outcomes, raw))).toBeLessThan(1e-9);
  for (const share of likelihood) expect(share > 0.0005 && share < 0.9995).toBe(true);
});

test('fitCalibration keeps to a smooth curve where rows are few', () => {
  const few = fitCalibration([-2, -1, 0, 1, 2, 3], Uint8Array.from([0, 0, 1, 0, 1, 1]), 1);
  expect(few.kind).toBe('platt');
  for (const share of applyCalibration(few, [-99, 99])) expect(share > 0.0005 && share < 0.9995).toBe(true);
});
