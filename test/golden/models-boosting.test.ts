// Golden numbers: ../shared/reference/propensity.json, made with scikit-learn 1.2.1.
import { beforeAll, expect, test } from 'vitest';
import { additive } from '../../src/core/3-models/propensity/additive';
import { histogramBoosting } from '../../src/core/3-models/propensity/boosting';
import { logistic } from '../../src/core/3-models/propensity/logistic';
import { scoreModel } from '../../src/core/3-models/propensity/metrics';
import { propensitySets, readPropensitySet, splitFold, standardiseBy } from '../fixtures/propensity-sets';
import { startTensors } from '../fixtures/tensors';

beforeAll(startTensors);

const boosted = 'hist_gradient_boosting';

test.each(propensitySets)('histogramBoosting says of %s what the reference boosting says', (name) => {
  const { known, columns, y } = readPropensitySet(name);
  const { train, test } = splitFold(columns, y, 0);
  const params = { ...histogramBoosting.defaults, patience: 0 };
  const p = histogramBoosting.predict(
    histogramBoosting.fit(train.X, params, { seed: 1, y: train.y }),
    test.X,
  );
  const scores = scoreModel(test.y, p, p);
  const { test_fold0, fit_fold0 } = known.models[boosted]!;
  fit_fold0.first_10_test_scores.forEach((score, i) => expect(p[i]).toBeCloseTo(score, 2));
  expect(scores.auc).toBeCloseTo(test_fold0.auc, 3);
  expect(scores.averagePrecision).toBeCloseTo(test_fold0.average_precision, 3);
  expect(scores.brier).toBeCloseTo(test_fold0.brier, 4);
  expect(scores.logLoss).toBeCloseTo(test_fold0.log_loss, 3);
});

test.each(propensitySets)(
  'additive ranks %s at most 0.01 of AUC behind the best boosted reference',
  (name) => {
    const { known, columns, y } = readPropensitySet(name);
    const { train, test } = splitFold(columns, y, 0);
    const p = additive.predict(additive.fit(train.X, additive.defaults, { seed: 1, y: train.y }), test.X);
    const scores = scoreModel(test.y, p, p);
    const { test_fold0 } = known.models[boosted]!;
    expect(scores.auc).toBeGreaterThan(test_fold0.auc - 0.01);
    expect(scores.logLoss).toBeLessThan(test_fold0.log_loss + 0.01);
  },
);

test.each(propensitySets)(
  'logistic has the coefficients of the reference on %s, with and without a penalty',
  (name) => {
    const { known, columns, y } = readPropensitySet(name);
    const { train, test } = splitFold(standardiseBy(columns, known, 0), y, 0);
    for (const [key, { fit_fold0, test_fold0 }] of Object.entries(known.models)) {
      if (!key.startsWith('logistic')) continue;
      const ridge = key === 'logistic_no_penalty' ? 0 : 1 / Number(key.split('=')[1]);
      const model = logistic.fit(train.X, { ...logistic.defaults, ridge }, { seed: 0, y: train.y });
      known.features.forEach((feature, j) =>
        expect(Math.abs(model.weights[j]! - fit_fold0.coef[feature]!), `${key} ${feature}`).toBeLessThan(
          1e-5,
        ),
      );
      expect(Math.abs(model.intercept - fit_fold0.intercept)).toBeLessThan(1e-5);
      const p = logistic.predict(model, test.X);
      const scores = scoreModel(test.y, p, p);
      expect(Math.abs(scores.auc - test_fold0.auc)).toBeLessThan(1e-6);
      expect(Math.abs(scores.averagePrecision - test_fold0.average_precision)).toBeLessThan(1e-6);
      expect(Math.abs(scores.brier - test_fold0.brier)).toBeLessThan(1e-6);
      expect(Math.abs(scores.logLoss - test_fold0.log_loss)).toBeLessThan(1e-6);
      fit_fold0.first_10_test_scores.forEach((score, i) =>
        expect(Math.abs(p[i]! - score)).toBeLessThan(1e-6),
      );
    }
  },
);
