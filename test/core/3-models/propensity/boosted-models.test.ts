import { beforeAll, describe, expect, test } from 'vitest';
import type { Estimator, LabelledRun } from '../../../../src/core/3-models/estimator';
import { additive, contributionsOfAdditive } from '../../../../src/core/3-models/propensity/additive';
import {
  contributionsOfBoosting,
  histogramBoosting,
  logOddsOfBoosting,
} from '../../../../src/core/3-models/propensity/boosting';
import { sumContributions, type Contributions } from '../../../../src/core/3-models/propensity/contributions';
import { rocAuc } from '../../../../src/core/3-models/propensity/metrics';
import {
  contributionsOfNetwork,
  logOddsOfNetwork,
  network,
} from '../../../../src/core/3-models/propensity/network';
import { logOddsOfAdditive } from '../../../../src/core/3-models/propensity/shapes';
import { takeRows } from '../../../../src/core/3-models/rows';
import type { Matrix } from '../../../../src/core/kit/matrix';
import { makeLabelledRows } from '../../../fixtures/labelled-rows';
import { startTensors } from '../../../fixtures/tensors';

beforeAll(startTensors);

type Scorer = {
  name: string;
  /** How far below the law's own AUC it may stay. */
  allowance: number;
  fit(X: Matrix, y: Uint8Array, weights?: Float64Array): unknown;
  predict(model: unknown, X: Matrix): Float64Array;
  logOdds(model: unknown, X: Matrix): Float64Array;
  explain(model: unknown, X: Matrix): Contributions;
};

const scorer = <Params, Model>(
  estimator: Estimator<Params, Model, Float64Array, LabelledRun>,
  allowance: number,
  logOdds: (model: Model, X: Matrix) => Float64Array,
  explain: (model: Model, X: Matrix) => Contributions,
): Scorer => ({
  name: estimator.name,
  allowance,
  fit: (X, y, weights) => estimator.fit(X, estimator.defaults, { seed: 2, y, weights }),
  predict: (model, X) => estimator.predict(model as Model, X),
  logOdds: (model, X) => logOdds(model as Model, X),
  explain: (model, X) => explain(model as Model, X),
});

const scorers = [
  scorer(histogramBoosting, 0.04, logOddsOfBoosting, contributionsOfBoosting),
  scorer(additive, 0.02, logOddsOfAdditive, contributionsOfAdditive),
  scorer(network, 0.06, logOddsOfNetwork, contributionsOfNetwork),
];

const isSane = (values: Float64Array) => values.every((value) => value > 0 && value < 1);

describe.each(scorers)('$name', ({ allowance, fit, predict, logOdds, explain }) => {
  const { X, y } = makeLabelledRows(3_000, 6, 1);
  const later = makeLabelledRows(3_000, 6, 2);

  let model: unknown;
  beforeAll(() => {
    model = fit(X, y);
  });

  test('ranks new rows of a bent law with a pair and missing values nearly as well as the law does', () => {
    const scores = predict(model, later.X);
    expect(rocAuc(later.y, scores)).toBeGreaterThan(rocAuc(later.y, later.logOdds) - allowance);
    const mean = scores.reduce((sum, value) => sum + value, 0) / scores.length;
    const rate = later.y.reduce((sum, value) => sum + value, 0) / scores.length;
    expect(Math.abs(mean - rate)).toBeLessThan(0.03);
  });

  test('parts add up to the log-odds, and those to the likelihood', () => {
    const whole = logOdds(model, later.X);
    const likelihood = predict(model, later.X);
    const parts = explain(
      model,
      takeRows(
        later.X,
        Array.from({ length: 40 }, (_, row) => row),
      ),
    );
    for (let row = 0; row < 40; row++) {
      expect(Math.abs(sumContributions(parts, row) - whole[row]!)).toBeLessThan(1e-9);
      expect(likelihood[row]).toBeCloseTo(1 / (1 + Math.exp(-whole[row]!)), 12);
    }
  });

  test('rows of weight 0 teach nothing, and an empty training says how many rows it needs', () => {
    const few = makeLabelledRows(400, 6, 5);
    const other = { ...few.X, data: few.X.data.slice() };
    const wrong = few.y.slice();
    const weights = new Float64Array(400).fill(1);
    for (let i = 0; i < 400; i += 3) {
      weights[i] = 0;
      wrong[i] = 1 - wrong[i]!;
      other.data.fill(99, i * 6, (i + 1) * 6);
    }
    expect(fit(other, wrong, weights)).toEqual(fit(few.X, few.y, weights));
    expect(() => fit(X, y, new Float64Array(X.nRows))).toThrow('need at least 2 rows; got 0');
  });

  test('one outcome only, all missing, constant, doubled and infinite columns give likelihoods within 0 and 1', () => {
    const [few, small] = [makeLabelledRows(50, 6, 3), makeLabelledRows(300, 6, 4)];
    expect(isSane(predict(fit(few.X, few.y), few.X))).toBe(true);
    for (const label of [0, 1]) {
      const one = new Uint8Array(50).fill(label);
      const scores = predict(fit(few.X, one), few.X);
      expect(isSane(scores)).toBe(true);
      expect(Math.abs(scores[0]! - label)).toBeLessThan(0.05);
    }
    const strange = { ...small.X, data: small.X.data.slice() };
    for (let i = 0; i < 300; i++) {
      const at = i * 6;
      strange.data[at + 1] = strange.data[at]!;
      strange.data[at + 2] = NaN;
      strange.data[at + 3] = 7;
      if (i % 9 === 0) strange.data[at + 4] = i % 2 ? Infinity : -Infinity;
    }
    const learnt = fit(strange, small.y);
    expect(isSane(predict(learnt, strange))).toBe(true);
    expect(Number.isFinite(sumContributions(explain(learnt, strange), 0))).toBe(true);
    const nothing = { ...small.X, data: new Float64Array(1_800).fill(NaN) };
    expect(isSane(predict(fit(nothing, small.y), nothing))).toBe(true);
    expect(isSane(predict(learnt, nothing))).toBe(true);
  });
});
