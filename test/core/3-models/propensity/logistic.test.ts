import { beforeAll, expect, test } from 'vitest';
import { sumContributions } from '../../../../src/core/3-models/propensity/contributions';
import {
  contributionsOfLogistic,
  logistic,
  logOdds,
} from '../../../../src/core/3-models/propensity/logistic';
import { createRandom } from '../../../../src/core/kit/random';
import { startTensors } from '../../../fixtures/tensors';

beforeAll(startTensors);

test('logistic keeps the signs asked for, and is the free fit where the data have them anyway', () => {
  const random = createRandom(8);
  const data = new Float64Array(3 * 800);
  const y = new Uint8Array(800);
  for (let i = 0; i < 800; i++) {
    const shared = random.normal();
    data.set([shared + 0.1 * random.normal(), shared + 0.1 * random.normal(), random.normal()], 3 * i);
    y[i] = Number(
      random.next() < 1 / (1 + Math.exp(3 * data[3 * i]! - 4 * data[3 * i + 1]! + data[3 * i + 2]!)),
    );
  }
  const X = { data, nRows: 800, nColumns: 3 };
  const fit = (signs: number[]) => logistic.fit(X, { ...logistic.defaults, signs }, { seed: 1, y });
  const free = fit([]);
  expect(free.weights[0]).toBeLessThan(0);
  expect(fit([-1, 1, -1])).toEqual(free);
  const held = fit([1, 1, 0]);
  expect(held.weights[0]).toBe(0);
  expect(held.weights[1]).toBeGreaterThan(0);
  // With that weight at 0, the others are those of a fit without the column.
  const rest = { data: data.filter((_, i) => i % 3 > 0), nRows: 800, nColumns: 2 };
  const without = logistic.fit(rest, logistic.defaults, { seed: 1, y });
  without.weights.forEach((weight, j) => expect(held.weights[j + 1]).toBeCloseTo(weight, 4));
});

test('contributionsOfLogistic add up to the log-odds, and rows of weight 0 teach nothing', () => {
  const random = createRandom(3);
  const X = { data: Float64Array.from({ length: 400 }, () => random.normal()), nRows: 200, nColumns: 2 };
  const y = Uint8Array.from({ length: 200 }, (_, i) => Number(X.data[2 * i]! + random.normal() > 0));
  const weights = Float64Array.from(y, (_, i) => Number(i < 150));
  const model = logistic.fit(X, logistic.defaults, { seed: 1, y, weights });
  const half = { data: X.data.slice(0, 300), nRows: 150, nColumns: 2 };
  const alone = logistic.fit(half, logistic.defaults, { seed: 1, y: y.slice(0, 150) });
  model.weights.forEach((weight, j) => expect(weight).toBeCloseTo(alone.weights[j]!, 7));
  logOdds(model, half).forEach((value, row) =>
    expect(sumContributions(contributionsOfLogistic(model, half), row)).toBeCloseTo(value, 12),
  );
});
