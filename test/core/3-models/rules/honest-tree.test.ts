import { describe, expect, test } from 'vitest';
import { honestLabels, honestTree, type HonestNode } from '../../../../src/core/3-models/rules/honest-tree';
import type { Matrix } from '../../../../src/core/kit/matrix';
import { createRandom, type Random } from '../../../../src/core/kit/random';

type Outcome = (x: number[], random: Random) => number;

function simulate(
  seed: number,
  nRows: number,
  outcome: Outcome,
  nColumns = 6,
): { X: Matrix; y: Float64Array } {
  const random = createRandom(seed);
  const data = Float64Array.from({ length: nRows * nColumns }, (_, i) =>
    i % nColumns === 1 ? random.below(4) : random.normal(),
  );
  const rowOf = (i: number) => [...data.subarray(i * nColumns, (i + 1) * nColumns)];
  const y = Float64Array.from({ length: nRows }, (_, i) => outcome(rowOf(i), random));
  return { X: { data, nRows, nColumns }, y };
}

const fit = ({ X, y }: { X: Matrix; y: Float64Array }, seed = 1, params = {}) =>
  honestTree.fit(X, { ...honestTree.defaults, ...params }, { seed, y });

const noises: [string, Outcome][] = [
  ['normal', (_, random) => random.normal()],
  [
    'spend: mostly nothing, seldom very much',
    (_, r) => (r.next() < 0.7 ? 0 : Math.exp(3 + 1.5 * r.normal())),
  ],
  ['yes or no', (_, random) => (random.next() < 0.1 ? 1 : 0)],
];

const depthOf = (node: HonestNode): number =>
  node.isLeaf ? 0 : 1 + Math.max(depthOf(node.left), depthOf(node.right));

describe('honestTree', () => {
  test('finds who spends more, and its intervals hold the truth', () => {
    const found = fit(
      simulate(
        3,
        4000,
        ([a, b], random) => 50 + (a! > 0.5 ? 30 : 0) + (b! >= 3 ? 10 : 0) + 20 * random.normal(),
      ),
    );
    const best = [...found.leaves].sort((a, b) => b.estimate.value - a.estimate.value)[0]!;
    expect(best.estimate.low).toBeLessThan(90);
    expect(best.estimate.high).toBeGreaterThan(80);
    expect(found.root).toMatchObject({ isLeaf: false, feature: 0 });
    expect(depthOf(found.root)).toBeLessThanOrEqual(4);
    for (const { difference } of found.leaves) expect(difference.low > 0 || difference.high < 0).toBe(true);
  });

  test('the estimates are of the half that did not shape the tree: intervals cover as often as they say', () => {
    const truth = (a: number) => (a > 0 ? 0.5 : 0);
    let covered = 0;
    let all = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const data = simulate(seed, 800, ([a], random) => truth(a!) + random.normal());
      const found = fit(data, seed);
      const labels = honestLabels(found, data.X);
      for (const { id, estimate } of found.leaves) {
        const rows = [...labels.keys()].filter((row) => labels[row] === id);
        const mean =
          rows.reduce((sum, row) => sum + truth(data.X.data[row * data.X.nColumns]!), 0) / rows.length;
        all++;
        if (estimate.low <= mean && mean <= estimate.high) covered++;
      }
    }
    expect(all).toBeGreaterThan(60);
    expect(covered / all).toBeGreaterThan(0.88);
  });

  test.each(noises)('publishes nothing on noise (%s) in at least 95 of 100 seeds', (_, noise) => {
    const seeds = Number(process.env.SIMULATIONS ?? 60);
    let published = 0;
    for (let seed = 1; seed <= seeds; seed++)
      if (fit(simulate(seed, 600, noise), seed).leaves.length) published++;
    expect(published / seeds).toBeLessThanOrEqual(0.05);
  });

  test('every leaf is as large as asked, in all rows about and in the judging half exactly', () => {
    const data = simulate(5, 3000, ([a, b, c], random) => a! + b! * c! + random.normal());
    const found = fit(data, 2, { minLeaf: 200 });
    expect(found.leaves.length).toBeGreaterThan(2);
    for (const { estimate } of found.leaves) expect(estimate.n).toBeGreaterThanOrEqual(100);
    const labels = honestLabels(found, data.X);
    for (const { id } of found.leaves)
      expect(labels.filter((label) => label === id).length).toBeGreaterThanOrEqual(200);
  });

  test('rows without an outcome are left out, rows without a value go with the lower ones', () => {
    const data = simulate(4, 1000, ([a], random) => (a! > 0 ? 3 : 0) + random.normal());
    data.X.data[0] = NaN;
    data.y[1] = NaN;
    const found = fit(data);
    expect(found.leaves.length).toBeGreaterThanOrEqual(2);
    expect(honestTree.predict(found, data.X)[0]).toBeLessThan(1);
  });

  test('gives one answer for all when columns are constant, missing or infinite, or outcomes are equal', () => {
    const random = createRandom(1);
    const column = (value: number) => ({ data: new Float64Array(300).fill(value), nRows: 300, nColumns: 1 });
    const y = Float64Array.from({ length: 300 }, () => random.normal());
    for (const value of [0, NaN, Infinity]) {
      const found = fit({ X: column(value), y });
      expect(found.leaves).toEqual([]);
      expect(honestTree.predict(found, column(value)).every(Number.isFinite)).toBe(true);
    }
    expect(fit({ ...simulate(1, 300, () => 0) }).leaves).toEqual([]);
    expect(() => fit({ X: column(1), y: y.map(() => NaN) })).toThrow('need at least 100 rows; got 0');
  });
});
