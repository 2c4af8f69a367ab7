// Propensity beside scikit-learn 1.2.1 on five public sets: fold = row index mod 5, tested on each, learnt from the rest.
import { additive } from '../../src/core/3-models/propensity/additive';
import { histogramBoosting } from '../../src/core/3-models/propensity/boosting';
import { logistic } from '../../src/core/3-models/propensity/logistic';
import { scoreModel } from '../../src/core/3-models/propensity/metrics';
import type { Scores } from '../../src/core/3-models/results/prediction';
import type { Matrix } from '../../src/core/kit/matrix';
import { propensitySets, readPropensitySet, splitFold, standardiseBy } from '../fixtures/propensity-sets';
import { about, type Comparison, type Section } from './comparison';

type Set = ReturnType<typeof readPropensitySet>;
type Split = ReturnType<typeof splitFold>;

const seed = 42;
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Ridge of a reference model, whose C multiplies the summed log-losses; null for models that are none. */
function ridgeOf(model: string): number | null {
  if (model === 'logistic_no_penalty') return 0;
  const C = model.match(/^logistic_l2_C=(.+)$/)?.[1];
  return C === undefined ? null : 1 / Number(C);
}

function* compareLogistic(subject: string, { known, columns, y }: Set): Generator<Comparison> {
  const { train, test } = splitFold(standardiseBy(columns, known, 0), y, 0);
  for (const [name, { test_fold0: theirs, fit_fold0 }] of Object.entries(known.models)) {
    const ridge = ridgeOf(name);
    if (ridge === null) continue;
    const model = logistic.fit(train.X, { ...logistic.defaults, ridge }, { seed, y: train.y });
    const likelihood = logistic.predict(model, test.X);
    const ours = scoreModel(test.y, likelihood, likelihood);
    const furthest = known.features.reduce(
      (most, feature, j) => Math.max(most, Math.abs(model.weights[j]! - fit_fold0.coef[feature]!)),
      Math.abs(model.intercept - fit_fold0.intercept),
    );
    yield about(subject, 'absolute', 1e-5)(`${name}: furthest coefficient`, furthest, 0);
    yield about(subject, 'absolute', 1e-6)(`${name}: AUC`, ours.auc, theirs.auc);
    yield about(subject, 'absolute', 1e-6)(
      `${name}: average precision`,
      ours.averagePrecision,
      theirs.average_precision,
    );
    yield about(subject, 'absolute', 1e-6)(`${name}: Brier`, ours.brier, theirs.brier);
    yield about(subject, 'absolute', 1e-6)(`${name}: log-loss`, ours.logLoss, theirs.log_loss);
  }
}

type Learn = (train: Split['train']) => (X: Matrix) => Float64Array;

/** As the reference is set: 200 trees, none held back early. */
const boosted: Learn = ({ X, y }) => {
  const model = histogramBoosting.fit(X, { ...histogramBoosting.defaults, patience: 0 }, { seed, y });
  return (rows) => histogramBoosting.predict(model, rows);
};

const glassBox: Learn = ({ X, y }) => {
  const model = additive.fit(X, additive.defaults, { seed, y });
  return (rows) => additive.predict(model, rows);
};

/** Scores on these folds, each learnt from the other four. */
const testFolds = ({ columns, y }: Set, learn: Learn, tested: number[]): Scores[] =>
  tested.map((fold) => {
    const { train, test } = splitFold(columns, y, fold);
    const likelihood = learn(train)(test.X);
    return scoreModel(test.y, likelihood, likelihood);
  });

/** The glass-box model within 0.01 of the best trees, boosting within 0.005 of boosting: on the first fold, or the mean of all. */
function* compareTrees(subject: string, set: Set, tested: number[]): Generator<Comparison> {
  const { cv5_mean, test_fold0 } = set.known.models['hist_gradient_boosting']!;
  const theirs = tested.length === 1 ? test_fold0 : cv5_mean!;
  const notBelow = (tolerance: number) => about(subject, 'not below', tolerance);
  const notAbove = about(subject, 'not above', 0.005);
  for (const [name, learn, tolerance] of [
    ['boosting', boosted, 0.005],
    ['glass box', glassBox, 0.01],
  ] as const) {
    const scores = testFolds(set, learn, tested);
    const ours = (key: keyof Scores) => mean(scores.map((one) => one[key]));
    const of = `${name}, ${tested.length === 1 ? 'fold 0' : 'five folds'}`;
    yield notBelow(tolerance)(`${of}: AUC`, ours('auc'), theirs.auc);
    yield notBelow(0.02)(`${of}: average precision`, ours('averagePrecision'), theirs.average_precision);
    yield notAbove(`${of}: Brier`, ours('brier'), theirs.brier);
    yield notAbove(`${of}: log-loss`, ours('logLoss'), theirs.log_loss);
  }
}

export const propensity: Section = {
  name: 'propensity',
  *compare() {
    for (const name of propensitySets) {
      const set = readPropensitySet(name);
      yield* compareLogistic(name, set);
      yield* compareTrees(name, set, [0]);
    }
  },
};

export const propensityFolds: Section = {
  name: 'propensity over five folds',
  isLong: true,
  *compare() {
    for (const name of propensitySets) yield* compareTrees(name, readPropensitySet(name), [0, 1, 2, 3, 4]);
  },
};
