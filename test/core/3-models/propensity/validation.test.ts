import { beforeAll, expect, test } from 'vitest';
import { placeRows } from '../../../../src/core/3-models/propensity/metrics';
import { predict } from '../../../../src/core/3-models/propensity/predict';
import { rungNames, type RungName } from '../../../../src/core/3-models/propensity/rungs';
import {
  meanAuc,
  type OriginTest,
  type RungTest,
} from '../../../../src/core/3-models/propensity/test-ladder';
import { adjustForTries, chanceOfLuck, validate } from '../../../../src/core/3-models/propensity/validation';
import { createRandom, type Random } from '../../../../src/core/kit/random';
import { ladderStep } from '../../../fixtures/ladder-step';
import { lawInput } from '../../../fixtures/leaving-law';
import { startTensors } from '../../../fixtures/tensors';

beforeAll(startTensors);

/** TRIES_RUNS=1000 for more than a check. */
const nRuns = Number(process.env['TRIES_RUNS'] ?? 60);

const noScores = { auc: 0, averagePrecision: 0, brier: 0, logLoss: 0, liftTop10: 0 };

/** Steps whose rankings resemble each other, at three dates with the same customers; `signal` = what they know. */
function drawTests(random: Random, outcomes: Uint8Array[], signal: number): OriginTest[] {
  return outcomes.map((y, o) => {
    const shared = Float64Array.from(y, (label) => random.normal() + signal * label);
    const rungs = new Map<RungName, RungTest>();
    for (const name of rungNames) {
      const isGuess = name === 'prevalence';
      const ranking = isGuess
        ? new Float64Array(y.length)
        : shared.map((value) => value + 0.7 * random.normal());
      const { auc, influence } = placeRows(y, ranking);
      rungs.set(name, {
        ranking,
        likelihood: ranking,
        influence,
        scores: { ...noScores, auc },
        trainAuc: 0.6,
      });
    }
    return { asOf: o, nTrain: y.length, y, customers: Int32Array.from(y.keys()), rungs };
  });
}

/** The steps with their mean AUC, as far as it matters here. */
const ladderOf = (tests: OriginTest[]) =>
  rungNames.map((name) => ladderStep(name, { ...noScores, auc: meanAuc(tests, name).auc }));

const drawOutcomes = (random: Random) =>
  Array.from({ length: 3 }, () => Uint8Array.from({ length: 120 }, () => Number(random.next() < 0.3)));

test('twenty tries on noise end with a validated badge in fewer than 5 runs of 100', () => {
  const random = createRandom(11);
  const runs = Array.from({ length: nRuns }, () => {
    const outcomes = drawOutcomes(random);
    return Array.from({ length: 20 }, (_, t) => {
      const tests = drawTests(random, outcomes, 0);
      return validate('logistic', chanceOfLuck(tests, ladderOf(tests)), t + 1).badge;
    });
  });
  const fooled = runs.filter((badges) => badges.includes('validated'));
  expect(fooled.length).toBeLessThanOrEqual(0.05 * nRuns);
});

test('what is real is validated at the first try and still after twenty', () => {
  const random = createRandom(12);
  const tests = drawTests(random, drawOutcomes(random), 1);
  const p = chanceOfLuck(tests, ladderOf(tests));
  expect(validate('logistic', p, 1)).toMatchObject({ tries: 1, badge: 'validated' });
  expect(validate('logistic', p, 20).badge).toBe('validated');
});

test('validate leaves the first try as it is, and holds every further one against it', () => {
  expect(validate('logistic', 0.004, 1).adjustedP).toBeCloseTo(0.004, 15);
  // By hand: 1 - (1 - 0.004)^5.
  expect(validate('logistic', 0.004, 5).adjustedP).toBeCloseTo(1 - 0.996 ** 5, 12);
  expect(validate('logistic', 0.004, 5).badge).toBe('not yet');
  expect(validate('logistic', 0.004, 1).badge).toBe('validated');
  expect(validate('prevalence', 0.004, 1).badge).toBe('no');
  expect(validate('none', 1, 3)).toMatchObject({ badge: 'no', adjustedP: 1 });
  expect(validate('logistic', 0.004, 5).sentence).toMatch(/5 tries at this question/);
  expect(adjustForTries(1e-18, 20)).toBeCloseTo(2e-17, 25);
});

test('predict on noise validates nothing, and counts the tries it is told of', () => {
  const { validation, chosen } = predict(lawInput({ nRows: 200, seed: 3, more: 0, isNoise: true }), {
    seed: 1,
    tries: 7,
  });
  expect(validation.tries).toBe(7);
  expect([chosen, validation.badge]).toEqual(['prevalence', 'no']);
});
