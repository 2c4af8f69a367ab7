import { beforeAll, describe, expect, test } from 'vitest';
import { stackTables } from '../../../../src/core/3-models/propensity/design-matrix';
import {
  explainRows,
  fitRung,
  rowsOfTable,
  scoreAll,
  scoreRows,
  splitLesson,
} from '../../../../src/core/3-models/propensity/fitted-rung';
import { sigmoidOf } from '../../../../src/core/3-models/propensity/logistic';
import { predict } from '../../../../src/core/3-models/propensity/predict';
import { rungNames, rungOf } from '../../../../src/core/3-models/propensity/rungs';
import { lawInput, lawTable } from '../../../fixtures/leaving-law';
import { startTensors } from '../../../fixtures/tensors';

beforeAll(startTensors);

test('each step of the ladder goes by its own name, and says in words what it is', () => {
  for (const name of rungNames) expect(rungOf(name).name).toBe(name);
  expect(new Set(rungNames.map((name) => rungOf(name).words)).size).toBe(rungNames.length);
});

describe.each(rungNames)('%s', (name) => {
  const { table, label } = lawTable({ nRows: 400, seed: 3, more: 0.5 });
  const lesson = () => splitLesson(stackTables([{ table, label }], table, { kind: 'churn' }), 1);
  const fitted = () => fitRung(name, lesson(), 1)!;

  test('is plain data that scores the same after posting and storing', () => {
    const model = fitted();
    const scores = scoreAll(model, table);
    expect(scoreAll(structuredClone(model), table)).toEqual(scores);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
    expect(scores.every((value) => value > 0 && value < 1)).toBe(true);
  });

  test('scores a customer alone as among all', () => {
    const model = fitted();
    const all = scoreAll(model, table);
    for (const row of [0, 17, 399]) {
      const one = {
        nRows: 1,
        column: (feature: string) =>
          rowsOfTable(table)
            .column(feature)
            .slice(row, row + 1),
      };
      expect(scoreRows(model, one)[0]).toBeCloseTo(all[row]!, 9);
    }
  });

  test('gives reasons that add up to the log-odds, and the likelihood that follows', () => {
    const model = fitted();
    const some = { nRows: 20, column: (feature: string) => rowsOfTable(table).column(feature).slice(0, 20) };
    const { baseline, features, logOdds, likelihood } = explainRows(model, some);
    expect(likelihood).toEqual(scoreRows(model, some));
    for (let i = 0; i < 20; i++) {
      const sum = features.reduce((total, { values }) => total + values[i]!, baseline);
      expect(Math.abs(sum - logOdds[i]!)).toBeLessThan(1e-6);
      if (model.calibration === null) expect(likelihood[i]).toBeCloseTo(sigmoidOf(sum), 12);
    }
  });

  test('cannot be learnt, or stays finite, where nobody differs', () => {
    const flat = {
      ...table,
      features: table.features.map((one) => ({ ...one, values: new Float64Array(400).fill(3) })),
    };
    const model = fitRung(
      name,
      splitLesson(stackTables([{ table: flat, label }], flat, { kind: 'churn' }), 1),
      1,
    );
    expect(model === null || scoreAll(model, flat).every(Number.isFinite)).toBe(true);
  });
});

test('a prediction holds the model that made its likelihoods', () => {
  const input = lawInput({ nRows: 400, seed: 1, more: 0.6 });
  const { model, propensity } = predict(input, { seed: 2 });
  expect(scoreAll(structuredClone(model)!, input.score)).toEqual(propensity);
});
