import { describe, expect, test } from 'vitest';
import { drawUmap } from '../../../../src/core/3-models/clusters/draw-map';
import { gaussianMixture, predictProba } from '../../../../src/core/3-models/clusters/gaussian-mixture';
import { adjustedRand } from '../../../../src/core/3-models/clusters/indices';
import { kmeans } from '../../../../src/core/3-models/clusters/kmeans';
import { kPrototypes } from '../../../../src/core/3-models/clusters/k-prototypes';
import { membershipOf } from '../../../../src/core/3-models/clusters/membership';
import { miniBatchKmeans } from '../../../../src/core/3-models/clusters/mini-batch-kmeans';
import { cutTree, growTree, ward } from '../../../../src/core/3-models/clusters/ward';
import { createRandom } from '../../../../src/core/kit/random';
import type { Matrix } from '../../../../src/core/kit/matrix';

/** Round groups of unit width about centres drawn `spread` wide. */
function makeGroups(nRows: number, nColumns: number, nGroups: number, spread: number, seed: number) {
  const random = createRandom(seed);
  const centres = Array.from({ length: nGroups * nColumns }, () => spread * random.normal());
  const truth = Int32Array.from({ length: nRows }, () => random.below(nGroups));
  const data = Float64Array.from(
    { length: nRows * nColumns },
    (_, at) => centres[truth[Math.floor(at / nColumns)]! * nColumns + (at % nColumns)]! + random.normal(),
  );
  return { X: { data, nRows, nColumns } satisfies Matrix, truth };
}

const byNumber = [kmeans, miniBatchKmeans, kPrototypes, gaussianMixture, ward];

/** Fits with the defaults but for the number of clusters. */
function cluster(estimator: (typeof byNumber)[number], X: Matrix, nClusters: number) {
  const run = <P extends { nClusters: number }, M extends { centroids: number[][] }>(one: {
    defaults: P;
    fit(X: Matrix, params: P, run: { seed: number }): M;
    predict(model: M, X: Matrix): Int32Array;
  }) => {
    const model = one.fit(X, { ...one.defaults, nClusters }, { seed: 1 });
    return { centroids: model.centroids, labels: one.predict(model, X) };
  };
  switch (estimator) {
    case miniBatchKmeans:
      return run(miniBatchKmeans);
    case kPrototypes:
      return run(kPrototypes);
    case gaussianMixture:
      return run(gaussianMixture);
    case ward:
      return run(ward);
    default:
      return run(kmeans);
  }
}

describe.each(byNumber)('$name', (estimator) => {
  test('finds groups far apart', () => {
    const { X, truth } = makeGroups(600, 4, 4, 8, 3);
    expect(adjustedRand(cluster(estimator, X, 4).labels, truth)).toBeGreaterThan(0.95);
  });

  test('gives fewer clusters when fewer rows differ', () => {
    const data = Float64Array.from({ length: 60 }, (_, at) => (at % 6 < 3 ? 1 : 5));
    const { centroids, labels } = cluster(estimator, { data, nRows: 20, nColumns: 3 }, 4);
    expect(centroids.length).toBeLessThanOrEqual(2);
    expect(centroids.flat().every(Number.isFinite)).toBe(true);
    labels.forEach((label) => expect(label).toBeLessThan(centroids.length));
  });

  test('says where a number is infinite or missing, and how many rows it needs', () => {
    const { X } = makeGroups(20, 3, 2, 5, 1);
    const data = X.data.slice();
    data[7] = Infinity;
    expect(() => cluster(estimator, { ...X, data }, 2)).toThrow(
      'need a number in every cell; got an infinite number in row 3, column 2: fill it or leave the column out',
    );
    data[7] = NaN;
    expect(() => cluster(estimator, { ...X, data }, 2)).toThrow('got an empty cell in row 3, column 2');
    expect(() => cluster(estimator, X, 21)).toThrow('need at least 21 rows; got 20');
  });
});

test('kmeans of rows in float32 finds the same segments as in float64', () => {
  const { X } = makeGroups(500, 3, 4, 3, 2);
  const single = { ...X, data: Float32Array.from(X.data) };
  const params = { ...kmeans.defaults, nClusters: 4 };
  const labels = [single, X].map((rows) => kmeans.predict(kmeans.fit(rows, params, { seed: 1 }), rows));
  expect(adjustedRand(labels[0]!, labels[1]!)).toBe(1);
});

test('kmeans on more rows than it searches is as good as from the true centres', () => {
  const { X, truth } = makeGroups(15_000, 4, 6, 2, 5);
  const model = kmeans.fit(X, { ...kmeans.defaults, nClusters: 6 }, { seed: 1 });
  const middle = Array.from({ length: 6 }, () => new Array<number>(4).fill(0));
  const sizes = new Array<number>(6).fill(0);
  truth.forEach((group, i) => {
    sizes[group]! += 1;
    for (let j = 0; j < 4; j++) middle[group]![j]! += X.data[i * 4 + j]!;
  });
  let inertia = 0;
  truth.forEach((group, i) => {
    for (let j = 0; j < 4; j++) inertia += (X.data[i * 4 + j]! - middle[group]![j]! / sizes[group]!) ** 2;
  });
  expect(model.inertia).toBeLessThan(inertia);
});

// By hand: 0, 1, 5, 7 on a line. Joined: 0 and 1 at 1, 5 and 7 at 2, then means 0.5 and 6 at √(2·2·2/4)·5.5 = 7.778.
test('growTree merges at the heights of Ward', () => {
  const X = { data: Float64Array.from([0, 1, 5, 7]), nRows: 4, nColumns: 1 };
  const merges = growTree(X);
  [1, 2, Math.sqrt(2) * 5.5].forEach((height, m) => expect(merges[m]!.height).toBeCloseTo(height, 12));
  expect(Array.from(cutTree(merges, 4, 2))).toEqual([0, 0, 1, 1]);
  expect(Array.from(cutTree(merges, 4, 3))).toEqual([0, 0, 1, 2]);
});

test('predictProba of a mixture of two known groups is what Bayes says', () => {
  const { X } = makeGroups(400, 2, 2, 3, 4);
  const model = gaussianMixture.fit(
    X,
    { ...gaussianMixture.defaults, nClusters: 2, covariance: 'spherical' },
    { seed: 1 },
  );
  const shares = predictProba(model, X);
  for (const i of [0, 57, 399]) {
    const densities = model.weights.map((weight, c) => {
      const gap =
        (X.data[2 * i]! - model.centroids[c]![0]!) ** 2 + (X.data[2 * i + 1]! - model.centroids[c]![1]!) ** 2;
      const variance = model.covariances[c]![0]!;
      return (weight / (2 * Math.PI * variance)) * Math.exp(-gap / (2 * variance));
    });
    expect(shares[2 * i]).toBeCloseTo(densities[0]! / (densities[0]! + densities[1]!), 9);
  }
});

test('membershipOf is calibrated: of members said to belong with p, a share of p does', () => {
  const errors = [1, 2, 3].map((seed) => {
    const { X, truth } = makeGroups(2_000, 5, 3, 1, seed);
    const labels = kmeans.predict(kmeans.fit(X, { ...kmeans.defaults, nClusters: 3 }, { seed }), X);
    const { probabilities, second } = membershipOf(X, labels, 3, seed);
    const meets = Array.from({ length: 3 }, () => [0, 0, 0]);
    labels.forEach((label, i) => (meets[label]![truth[i]!]! += 1));
    const groupOf = meets.map((row) => row.indexOf(Math.max(...row)));
    const gaps = new Float64Array(10);
    labels.forEach((label, i) => {
      const p = probabilities[3 * i + label]!;
      expect(second[i]).not.toBe(label);
      gaps[Math.min(9, Math.floor(10 * p))]! += (groupOf[label] === truth[i] ? 1 : 0) - p;
    });
    return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / labels.length;
  });
  for (const error of errors) expect(error).toBeLessThan(0.05);
});

test('drawUmap keeps groups together on the map, the same for the same seed', () => {
  const { X, truth } = makeGroups(150, 5, 3, 8, 2);
  const map = drawUmap(X, 1);
  expect(drawUmap(X, 1)).toEqual(map);
  expect(map).toHaveLength(300);
  const flat = { data: Float64Array.from(map), nRows: 150, nColumns: 2 };
  const found = kmeans.predict(kmeans.fit(flat, { ...kmeans.defaults, nClusters: 3 }, { seed: 1 }), flat);
  expect(adjustedRand(found, truth)).toBeGreaterThan(0.95);
});
