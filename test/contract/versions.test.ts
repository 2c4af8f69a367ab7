import { beforeAll, describe, expect, test } from 'vitest';
import { fitValue } from '../../src/core/3-models/value/fit-value';
import { simulateBuyers } from '../core/3-models/value/buyers';
import { makeRows, models } from '../fixtures/every-model';
import { startTensors } from '../fixtures/tensors';

beforeAll(startTensors);

/**
 * What each version of a model says of a few rows: ours, computed when the version was made. Where the same data now
 * give another answer, raise the model's version and add a line; the line of an old version is never changed.
 */
const said: Record<string, number[]> = {
  'additive 2': [
    0.9682, 0.2452, 0.2874, 0.7809, 0.1072, 0.02186, 0.2627, 0.7603, 0.9614, 0.2596, 0.3474, 0.9111, 0.8207,
    0.09176, 0.6502,
  ],
  'density 1': [-1, -1, -1, -1, -1, -1, -1, 1, -1, -1, -1, -1, -1, -1, 0],
  'gaussianMixture 2': [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2, 2],
  'histogramBoosting 2': [
    0.9746, 0.1195, 0.1869, 0.7439, 0.03334, 0.01921, 0.12, 0.6219, 0.9509, 0.07849, 0.4916, 0.9598, 0.9265,
    0.04816, 0.637,
  ],
  'honestTree 1': [
    0.7895, 0.5263, 0.1389, 0.5263, 0.5263, 0.1389, 0.5263, 0.7895, 0.7895, 0.5263, 0.5263, 0.7895, 0.5263,
    0.1389, 0.1389,
  ],
  'kPrototypes 1': [1, 2, 2, 1, 0, 0, 2, 3, 3, 2, 3, 1, 1, 0, 2],
  'kmeans 7': [2, 3, 1, 2, 3, 3, 3, 0, 0, 3, 0, 2, 2, 3, 2],
  'logistic 2': [
    0.9867, 0.1457, 0.3578, 0.879, 0.06796, 0.006459, 0.1712, 0.8098, 0.968, 0.2075, 0.5457, 0.9729, 0.9811,
    0.0287, 0.6941,
  ],
  'miniBatchKmeans 1': [3, 0, 0, 3, 1, 1, 1, 2, 2, 3, 2, 3, 3, 1, 3],
  'network 1': [
    0.9444, 0.1044, 0.3379, 0.6836, 0.03044, 0.005967, 0.1846, 0.8894, 0.9812, 0.1493, 0.5467, 0.9285, 0.9417,
    0.0302, 0.5404,
  ],
  'value of few buyers 1': [645.8, 0, 1538, 17.1, 32.96, 27.01],
  'value of many buyers 1': [8283, 6341, 10290, 12.98, 1.934, 0.9435],
  'ward 1': [2, 1, 2, 2, 1, 1, 3, 0, 2, 3, 0, 2, 2, 1, 2],
};

const { X, y } = makeRows(300, 4, 1);
const rows = Array.from({ length: 15 }, (_, i) => 20 * i);

/** Nearer than this differ only processors. */
const tolerance = 2e-3;

function expectSaid(version: string, answers: number[]) {
  const known = said[version];
  expect(known, `${version} is new: it says ${JSON.stringify(answers)}`).toBeDefined();
  answers.forEach((answer, i) => {
    const how = `${version} says something else than when it was made: raise its version`;
    expect(Math.abs(answer - known![i]!) / Math.max(1, Math.abs(known![i]!)), how).toBeLessThan(tolerance);
  });
}

const short = (value: number) => Number(value.toPrecision(4));

describe('a model that learns otherwise has another version', () => {
  test.each(models)('$name', ({ name, version, fit, predict }) => {
    const answers = predict(fit(X, y, 3), X);
    expectSaid(
      `${name} ${version}`,
      rows.map((row) => short(answers[row]!)),
    );
  });

  test.each([
    ['many buyers', 400],
    ['few buyers', 25],
  ])('value of %s', (who, n) => {
    const value = fitValue(simulateBuyers({ r: 0.8, alpha: 6, a: 0.9, b: 3, days: 600, n }, 7));
    const { expected, low, high } = value.totals;
    const each = [0, 7, 14].map((c) => value.lifetimeValue[c]!);
    expectSaid(`value of ${who} ${value.modelVersion}`, [expected, low, high, ...each].map(short));
  });
});
