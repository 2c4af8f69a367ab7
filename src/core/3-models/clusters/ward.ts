import type { Matrix } from '../../kit/matrix';
import type { Estimator, Report } from '../estimator';
import { sampleRows, takeRows } from '../rows';
import { averageMembers, toDoubles } from './centroids';
import { checkRows } from './check-rows';
import { nearestCentroid } from './lloyd';
import { findNearestRows } from './nearest-rows';

/** `coreRows`: up to twice as many rows all are clustered; of more, this many, drawn by the seed, stand for the others. */
export type WardParams = { nClusters: number; coreRows: number };

/**
 * The clusters' means (the largest cluster first) and the heights of the last merges. `core` and `labels` hold the rows
 * and their clusters where all were clustered; they are empty where a sample stood for them.
 */
export type WardModel = { centroids: number[][]; core: number[][]; labels: number[]; heights: number[] };

/** One merge: the clusters named by a member each, and its height (scikit-learn's and scipy's distance). */
export type Merge = { a: number; b: number; height: number };

/** Clusters as they grow: the mean and the size of each, at the place of one of its members. */
type Growing = { means: Float64Array; sizes: Float64Array; alive: Int32Array; nAlive: number; d: number };

/** Ward's squared distance 2 |a||b| / (|a|+|b|) ‖mean a − mean b‖². */
function measureMerge({ means, sizes, d }: Growing, a: number, b: number): number {
  let sum = 0;
  for (let j = 0; j < d; j++) {
    const gap = means[a * d + j]! - means[b * d + j]!;
    sum += gap * gap;
  }
  return ((2 * sizes[a]! * sizes[b]!) / (sizes[a]! + sizes[b]!)) * sum;
}

/** The nearest other cluster; `before` wins a tie, so that the chain ends. */
function findNearest(growing: Growing, a: number, before: number) {
  let nearest = before;
  let least = before < 0 ? Infinity : measureMerge(growing, a, before);
  for (let i = 0; i < growing.nAlive; i++) {
    const b = growing.alive[i]!;
    if (b === a || b === before) continue;
    const gap = measureMerge(growing, a, b);
    if (gap < least) {
      least = gap;
      nearest = b;
    }
  }
  return { nearest, least };
}

/** b joins a: mean and size of both; b is no more. */
function join(growing: Growing, a: number, b: number): void {
  const { means, sizes, alive, d } = growing;
  const n = sizes[a]! + sizes[b]!;
  for (let j = 0; j < d; j++)
    means[a * d + j] = (sizes[a]! * means[a * d + j]! + sizes[b]! * means[b * d + j]!) / n;
  sizes[a] = n;
  const at = alive.indexOf(b);
  alive.copyWithin(at, at + 1, growing.nAlive);
  growing.nAlive--;
}

/** All merges of Ward's tree by nearest-neighbour chains (Murtagh 1983), exact, lowest first; nRows² time, no distance table. */
export function growTree(X: Matrix, report?: Report): Merge[] {
  const growing: Growing = {
    means: Float64Array.from(X.data),
    sizes: new Float64Array(X.nRows).fill(1),
    alive: Int32Array.from({ length: X.nRows }, (_, i) => i),
    nAlive: X.nRows,
    d: X.nColumns,
  };
  const merges: Merge[] = [];
  const chain: number[] = [];
  for (let nLooks = 0; growing.nAlive > 1; nLooks++) {
    if (nLooks % 64 === 0) report?.(merges.length / X.nRows);
    if (chain.length === 0) chain.push(growing.alive[0]!);
    const a = chain.at(-1)!;
    const before = chain.at(-2) ?? -1;
    const { nearest, least } = findNearest(growing, a, before);
    if (nearest !== before) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    join(growing, a, before);
    merges.push({ a, b: before, height: Math.sqrt(least) });
  }
  return merges.sort((one, other) => one.height - other.height);
}

/** The clusters that stand when `nClusters` are left of the tree over nRows rows; 0 is the largest. */
export function cutTree(merges: Merge[], nRows: number, nClusters: number): Int32Array {
  const parent = Int32Array.from({ length: nRows }, (_, i) => i);
  const rootOf = (row: number): number => {
    let root = row;
    while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!;
    return root;
  };
  for (const { a, b } of merges.slice(0, nRows - nClusters)) parent[rootOf(b)] = rootOf(a);
  const sizes = new Map<number, number>();
  for (let i = 0; i < nRows; i++) sizes.set(rootOf(i), (sizes.get(rootOf(i)) ?? 0) + 1);
  const order = [...sizes.keys()].sort((a, b) => sizes.get(b)! - sizes.get(a)! || a - b);
  const names = new Map(order.map((root, label) => [root, label]));
  return Int32Array.from({ length: nRows }, (_, i) => names.get(rootOf(i))!);
}

const toRows = ({ data, nRows, nColumns: d }: Matrix): number[][] =>
  Array.from({ length: nRows }, (_, i) => Array.from(data.subarray(i * d, i * d + d)));

/** Ward's clusters: a row goes with the nearest clustered row, or centroid where only a sample was clustered. */
export const ward: Estimator<WardParams, WardModel, Int32Array> = {
  name: 'ward',
  version: 1,
  defaults: { nClusters: 4, coreRows: 2_500 },

  fit(X, { nClusters, coreRows }, { seed, report }) {
    checkRows(X, nClusters);
    const all = toDoubles(X);
    const core = X.nRows > 2 * coreRows ? takeRows(all, sampleRows(X.nRows, coreRows, seed)) : all;
    const merges = growTree(core, report);
    const nDistinct = 1 + merges.filter(({ height }) => height > 0).length;
    const labels = cutTree(merges, core.nRows, Math.min(nClusters, nDistinct));
    report?.(1);
    return {
      centroids: averageMembers(core, labels, nClusters),
      core: core === all ? toRows(core) : [],
      labels: core === all ? Array.from(labels) : [],
      heights: merges.slice(-2 * nClusters).map(({ height }) => height),
    };
  },

  predict(model, X) {
    if (model.core.length === 0)
      return nearestCentroid(X, Float64Array.from(model.centroids.flat()), model.centroids.length);
    const core = {
      data: Float64Array.from(model.core.flat()),
      nRows: model.core.length,
      nColumns: X.nColumns,
    };
    return findNearestRows(toDoubles(X), core).row.map((row) => model.labels[row]!);
  },
};
