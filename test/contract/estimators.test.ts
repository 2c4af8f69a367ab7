import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { registry } from '../../src/core/3-models/registry';
import { takeRows } from '../../src/core/3-models/rows';
import { makeRows, models } from '../fixtures/every-model';
import { startTensors } from '../fixtures/tensors';

beforeAll(startTensors);

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

  test('what cannot be reckoned with is passed over or named; the answer is never NaN', () => {
    const few = takeRows(X, Int32Array.from(y.keys()).subarray(0, 100));
    const odd = [NaN, Infinity, 1e200].map((value) => ({
      ...few,
      data: few.data.map((own, i) => (i % few.nColumns === 1 && i % 3 > 0 ? value : own)),
    }));
    for (const rows of [...odd, { data: new Float64Array(), nRows: few.nRows, nColumns: 0 }])
      try {
        const answers = model.predict(model.fit(rows, y.slice(0, 100), 3), rows);
        expect(Array.from(answers).every(Number.isFinite)).toBe(true);
      } catch (error) {
        expect(String(error)).toMatch(/need a number in every cell/);
      }
  });

  test('fit stays finite when a column is constant', () => {
    const flat = { ...X, data: X.data.map((value, i) => (i % X.nColumns === 0 ? 0 : value)) };
    const answers = model.predict(model.fit(flat, y, 3), flat);
    expect(Array.from(answers).every(Number.isFinite)).toBe(true);
  });
});
