import { expect, test } from 'vitest';
import { condense, selectClusters } from '../../../../src/core/3-models/clusters/condensed-tree';
import { density } from '../../../../src/core/3-models/clusters/density';
import { adjustedRand } from '../../../../src/core/3-models/clusters/indices';
import { createRandom } from '../../../../src/core/kit/random';
import type { Matrix } from '../../../../src/core/kit/matrix';

/** Two half-moons that grip each other, then `nNoise` rows anywhere about them. */
function makeMoons(nMoons: number, nNoise: number, seed: number): { X: Matrix; truth: Int32Array } {
  const random = createRandom(seed);
  const nRows = nMoons + nNoise;
  const data = new Float64Array(2 * nRows);
  const truth = new Int32Array(nRows).fill(2);
  for (let i = 0; i < nRows; i++) {
    const angle = Math.PI * random.next();
    const isSecond = i % 2 === 1;
    const x = isSecond ? 1 - Math.cos(angle) : Math.cos(angle);
    const y = isSecond ? 0.5 - Math.sin(angle) : Math.sin(angle);
    if (i < nMoons) truth[i] = i % 2;
    data[2 * i] = i < nMoons ? x + 0.06 * random.normal() : 6 * random.next() - 2.5;
    data[2 * i + 1] = i < nMoons ? y + 0.06 * random.normal() : 6 * random.next() - 3;
  }
  return { X: { data, nRows, nColumns: 2 }, truth };
}

test('density finds two moons in noise and leaves most of the noise unassigned', () => {
  for (const seed of [1, 2, 3]) {
    const { X, truth } = makeMoons(560, 40, seed);
    const model = density.fit(X, density.defaults, { seed });
    const labels = density.predict(model, X);
    expect(model.centroids).toHaveLength(2);
    const found = labels.slice(0, 560).map((label) => label + 1);
    expect(adjustedRand(found, truth.slice(0, 560))).toBeGreaterThan(0.98);
    expect(labels.slice(560).filter((label) => label === -1).length).toBeGreaterThanOrEqual(28);
    expect(Array.from(labels)).toEqual(model.labels);
  }
});

// By hand: rows 0 1 2 and 10 11 12 on a line and one at 30, clusters of 2 at least. The root (born at 0) sheds row 6 at
// 1/18 and splits at 1/8 into two triples, which dissolve at 1/1: each has stability 3 (1 - 1/8) = 2.625.
test('selectClusters keeps both parts of a split that live longer than what they part', () => {
  const edges = [
    { a: 0, b: 1, distance: 1 },
    { a: 1, b: 2, distance: 1 },
    { a: 3, b: 4, distance: 1 },
    { a: 4, b: 5, distance: 1 },
    { a: 2, b: 3, distance: 8 },
    { a: 5, b: 6, distance: 18 },
  ];
  const tree = condense(edges, 7, 2);
  expect(tree.parent).toEqual([-1, 0, 0]);
  expect(tree.birth).toEqual([0, 1 / 8, 1 / 8]);
  expect(tree.rowLambda[6]).toBe(1 / 18);
  const { labels, nClusters, reach } = selectClusters(tree);
  expect(nClusters).toBe(2);
  expect(new Set(labels.slice(0, 3)).size).toBe(1);
  expect(new Set(labels.slice(3, 6)).size).toBe(1);
  expect(labels[0]).not.toBe(labels[3]);
  expect(labels[6]).toBe(-1);
  expect(reach[0]).toBe(1);
});

test('density calls one even crowd, or equal rows, no group at all, and rows far from any core member unassigned', () => {
  const random = createRandom(4);
  const even = Float64Array.from({ length: 400 }, () => random.next());
  const crowd = { data: even, nRows: 200, nColumns: 2 };
  const found = density.predict(density.fit(crowd, density.defaults, { seed: 1 }), crowd);
  expect(found.filter((label) => label >= 0).length).toBeLessThan(crowd.nRows);
  const equal = { data: new Float64Array(100).fill(3), nRows: 50, nColumns: 2 };
  const labels = density.predict(density.fit(equal, density.defaults, { seed: 1 }), equal);
  expect(new Set(labels).size).toBe(1);
  const { X } = makeMoons(300, 0, 1);
  const model = density.fit(X, density.defaults, { seed: 1 });
  expect(density.predict(model, { data: new Float64Array([50, 50]), nRows: 1, nColumns: 2 })[0]).toBe(-1);
});
