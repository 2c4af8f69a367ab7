import { beforeAll, expect, test } from 'vitest';
import { logistic } from '../../../../src/core/3-models/propensity/logistic';
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
