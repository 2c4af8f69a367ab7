import { describe, expect, test } from 'vitest';
import { adjustedRand } from '../../../../src/core/3-models/clusters/indices';
import { kPrototypes } from '../../../../src/core/3-models/clusters/k-prototypes';
import { encodeCategory, type MixedMatrix } from '../../../../src/core/3-models/clusters/mixed-rows';
import { createRandom } from '../../../../src/core/kit/random';

/** Three groups: the first two differ only in their categories, the third in its numbers. */
function makeMixed(nRows: number, seed: number): { X: MixedMatrix; truth: Int32Array } {
  const random = createRandom(seed);
  const truth = Int32Array.from({ length: nRows }, () => random.below(3));
  const data = Float64Array.from(
    { length: nRows * 2 },
    (_, at) => random.normal() * 0.5 + (truth[at >> 1] === 2 ? 4 : 0),
  );
  const draw = (usual: string) => (random.next() < 0.95 ? usual : 'other');
  const plan = Array.from(truth, (group) => draw(group === 0 ? 'gold' : 'basic'));
  const channel = Array.from(truth, (group) =>
    random.next() < 0.05 ? null : draw(group === 0 ? 'shop' : 'web'),
  );
  const region = Array.from(truth, (group) => draw(group === 0 ? 'north' : 'south'));
  const categories = [plan, channel, region].map((texts) => encodeCategory(texts));
  return { X: { data, nRows, nColumns: 2, categories }, truth };
}

describe('kPrototypes', () => {
  const { X, truth } = makeMixed(600, 1);
  const params = { ...kPrototypes.defaults, nClusters: 3 };

  test('finds groups that differ in categories only, and names their modes', () => {
    const model = kPrototypes.fit(X, { ...params, gamma: 1 }, { seed: 1 });
    expect(adjustedRand(kPrototypes.predict(model, X), truth)).toBeGreaterThan(0.9);
    const plans = model.modes.map(([plan]) => model.levels[0]![plan!]);
    expect(plans.sort()).toEqual(['basic', 'basic', 'gold']);
    expect(structuredClone(model)).toEqual(model);
  });

  test('with gamma 0 looks at the numbers only: changing every category changes nothing', () => {
    const shuffled = {
      ...X,
      categories: X.categories!.map((one) => ({ ...one, codes: one.codes.slice().reverse() })),
    };
    const { centroids } = kPrototypes.fit(X, { ...params, gamma: 0 }, { seed: 1 });
    expect(kPrototypes.fit(shuffled, { ...params, gamma: 0 }, { seed: 1 }).centroids).toEqual(centroids);
  });

  test('takes half the mean standard deviation of the numbers as gamma', () => {
    // By hand: column sds 1 and 3 (population), mean 2, half of it 1.
    const data = Float64Array.from([-1, -3, 1, 3, -1, -3, 1, 3]);
    const rows = { data, nRows: 4, nColumns: 2, categories: [encodeCategory(['a', 'b', 'a', 'b'])] };
    const model = kPrototypes.fit(rows, { ...params, nClusters: 2 }, { seed: 1 });
    expect(model.gamma).toBe(1);
    // Two clusters of two equal rows each, categories and numbers alike: nothing is left to pay.
    expect(model.cost).toBe(0);
  });

  test('says which weights it wants', () => {
    expect(() => kPrototypes.fit(X, { ...params, categoryWeights: [1, -1, 1] }, { seed: 1 })).toThrow(
      'need 3 weights, each 0 or more; got 1, -1, 1: give one for each column',
    );
  });

  test('a weight of 0 leaves a column out', () => {
    const apart = kPrototypes.fit(
      X,
      { ...params, nClusters: 2, gamma: 0, numericWeights: [0, 0] },
      { seed: 1 },
    );
    expect(apart.cost).toBe(0);
  });
});

test('encodeCategory gives rows without a value a level of their own, the last, and unknown texts too', () => {
  const { codes, levels } = encodeCategory(['b', null, 'a', '', 'b']);
  expect(levels).toEqual(['a', 'b', '(missing)']);
  expect(Array.from(codes)).toEqual([1, 2, 0, 2, 1]);
  expect(Array.from(encodeCategory(['a', 'new'], levels).codes)).toEqual([0, 2]);
  expect(encodeCategory(['x', 'y']).levels).toEqual(['x', 'y']);
});
