// Golden numbers: ../shared/reference/propensity.json, made with scikit-learn 1.2.1.
import { beforeAll, describe, expect, test } from 'vitest';
import { logistic } from '../../src/core/3-models/propensity/logistic';
import { scoreModel } from '../../src/core/3-models/propensity/metrics';
import type { Matrix } from '../../src/core/kit/matrix';
import { readSharedJson, readSharedTable } from '../fixtures/reference';
import { startTensors } from '../fixtures/tensors';

beforeAll(startTensors);

type Known = {
  features: string[];
  numeric_features_standardised: string[];
  models: Record<
    string,
    {
      test_fold0: {
        auc: number;
        log_loss: number;
        average_precision: number;
        brier: number;
        lift_top10pct: number;
      };
      fit_fold0: { intercept: number; coef: Record<string, number> };
    }
  >;
};

/** The reference's cleaning: blank charges are 0, "No internet service" and "No phone service" are "No". */
const clean = (text: string) => (/^No (internet|phone) service$/.test(text) ? 'No' : text.trim());

function readColumn(rows: Record<string, string>[], feature: string): Float64Array {
  const [name, level] = feature.split('=') as [string, string | undefined];
  return Float64Array.from(rows, (row) => {
    const text = clean(row[name]!);
    return level === undefined ? Number(text) : Number(text === level);
  });
}

/** Standardises with the mean and population standard deviation of the training rows. */
function standardise(values: Float64Array, isTrain: (i: number) => boolean): Float64Array {
  const train = values.filter((_, i) => isTrain(i));
  const mean = train.reduce((sum, value) => sum + value, 0) / train.length;
  const sd = Math.sqrt(train.reduce((sum, value) => sum + (value - mean) ** 2, 0) / train.length);
  return values.map((value) => (value - mean) / sd);
}

function toMatrix(columns: Float64Array[], keep: (i: number) => boolean): Matrix {
  const rows = [...columns[0]!.keys()].filter(keep);
  const data = Float64Array.from(rows.flatMap((row) => columns.map((values) => values[row]!)));
  return { data, nRows: rows.length, nColumns: columns.length };
}

describe('Telco churn', () => {
  test('logistic equals scikit-learn with C = 1 and C = 0.1 on the rows with index % 5 == 0', () => {
    const rows = readSharedTable('data/telco-churn/Telco-Customer-Churn.csv');
    const known = readSharedJson<{ results: { telco_churn: Known } }>('reference/propensity.json').results
      .telco_churn;
    const isTrain = (i: number) => i % 5 !== 0;
    const columns = known.features.map((feature) => {
      const values = readColumn(rows, feature);
      return known.numeric_features_standardised.includes(feature) ? standardise(values, isTrain) : values;
    });
    const labels = Uint8Array.from(rows, (row) => Number(row['Churn'] === 'Yes'));
    const y = labels.filter((_, i) => isTrain(i));
    const yTest = labels.filter((_, i) => !isTrain(i));
    for (const C of [1, 0.1]) {
      const { test_fold0, fit_fold0 } = known.models[`logistic_l2_C=${C === 1 ? '1.0' : C}`]!;
      const params = { ...logistic.defaults, ridge: 1 / C };
      const model = logistic.fit(toMatrix(columns, isTrain), params, { seed: 0, y });
      known.features.forEach((feature, j) =>
        expect(Math.abs(model.weights[j]! - fit_fold0.coef[feature]!), feature).toBeLessThan(1e-4),
      );
      expect(model.intercept).toBeCloseTo(fit_fold0.intercept, 3);
      const likelihood = logistic.predict(
        model,
        toMatrix(columns, (i) => !isTrain(i)),
      );
      const scores = scoreModel(yTest, likelihood, likelihood);
      expect(scores.auc).toBeCloseTo(test_fold0.auc, 4);
      expect(scores.logLoss).toBeCloseTo(test_fold0.log_loss, 5);
      expect(scores.averagePrecision).toBeCloseTo(test_fold0.average_precision, 3);
      expect(scores.brier).toBeCloseTo(test_fold0.brier, 5);
      expect(scores.liftTop10).toBeCloseTo(test_fold0.lift_top10pct, 6);
    }
  });
});
