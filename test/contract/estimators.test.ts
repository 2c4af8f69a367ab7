import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Estimator, LabelledRun } from '../../src/core/3-models/estimator';
import { registry } from '../../src/core/3-models/registry';
import type { Matrix } from '../../src/core/kit/matrix';
import { createRandom } from '../../src/core/kit/random';
import { takeRows } from '../../src/core/3-models/rows';
import { startTensors } from '../fixtures/tensors';

beforeAll(startTensors);

/** Rows around two centres, and which centre each came from. */
function makeRows(nRows: number, nColumns: number): { X: Matrix; y: Uint8Array } {
  const random = createRandom(5);
  const y = Uint8Array.from({ length: nRows }, () => random.below(2));
  const data = Float64Array.from(
    { length: nRows * nColumns },
    (_, i) => random.normal() + (y[Math.floor(i / nColumns)]! ? 0.8 : -0.8),
  );
  return { X: { data, nRows, nColumns }, y };
}

/** A model of the registry with its defaults: what every one of them must be able to do. */
type AnyModel = {
  name: string;
  version: number;
  fit(X: Matrix, y: Uint8Array, seed: number): unknown;
  predict(model: unknown, X: Matrix): ArrayLike<number>;
};

/** Outcomes go to every model; those that learn without them do not look. */
const withDefaults = <Params, Model>(
  estimator: Estimator<Params, Model, ArrayLike<number>, LabelledRun>,
): AnyModel => ({
  name: estimator.name,
  version: estimator.version,
  fit: (X, y, seed) => estimator.fit(X, estimator.defaults, { seed, y }),
  predict: (model, X) => estimator.predict(model as Model, X),
});

const models: AnyModel[] = [
  withDefaults(registry.kmeans),
  withDefaults(registry.miniBatchKmeans),
  withDefaults(registry.kPrototypes),
  withDefaults(registry.gaussianMixture),
  withDefaults(registry.ward),
  withDefaults(registry.density),
  withDefaults(registry.logistic),
  withDefaults(registry.additive),
  withDefaults(registry.histogramBoosting),
  withDefaults(registry.network),
  withDefaults(registry.honestTree),
];

test('the registry names each model as the model names itself', () => {
  for (const [name, estimator] of Object.entries(registry)) expect(estimator.name).toBe(name);
  expect(models.map(({ name }) => name)).toEqual(Object.keys(registry));
});

describe.each(models)('$name', (model) => {
  const { X, y } = makeRows(300, 4);

  test('fit gives the same model for the same seed, as plain data that survives posting', () => {
    const first = model.fit(X, y, 3);
    expect(model.fit(X, y, 3)).toEqual(first);
    expect(structuredClone(first)).toEqual(first);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  });

  test('fit and predict leave their input as it was', () => {
    const before = structuredClone({ X, y });
    model.predict(model.fit(X, y, 3), X);
    expect({ X, y }).toEqual(before);
  });

  test('predict gives one finite answer a row, the same one after posting the model', () => {
    const fitted = model.fit(X, y, 3);
    const answers = model.predict(fitted, X);
    expect(answers).toHaveLength(X.nRows);
    expect(Array.from(answers).every(Number.isFinite)).toBe(true);
    expect(model.predict(structuredClone(fitted), X)).toEqual(answers);
  });

  test('predict moves with the rows', () => {
    const fitted = model.fit(X, y, 3);
    const order = Array.from({ length: X.nRows }, (_, i) => (i * 7) % X.nRows);
    const answers = model.predict(fitted, X);
    const moved = model.predict(fitted, takeRows(X, order));
    expect(Array.from(moved)).toEqual(order.map((row) => answers[row]));
  });

  test('fit and predict leave no tensor behind', () => {
    const before = memory().numTensors;
    model.predict(model.fit(X, y, 3), X);
    expect(memory().numTensors).toBe(before);
  });

  test('fit says how many rows it needs when there are too few', () => {
    const one = takeRows(X, [0]);
    expect(() => model.fit(one, y.slice(0, 1), 3)).toThrow(/^need at least \d+ rows; got 1$/);
  });

  test('fit stays finite when a column is constant', () => {
    const flat = { ...X, data: X.data.map((value, i) => (i % X.nColumns === 0 ? 0 : value)) };
    const answers = model.predict(model.fit(flat, y, 3), flat);
    expect(Array.from(answers).every(Number.isFinite)).toBe(true);
  });
});
