import type { Matrix } from '../../kit/matrix';
import type { Estimator, Report } from '../estimator';
import { fillDistances, sampleRows, takeRows } from '../rows';
import { averageMembers, toDoubles } from './centroids';
import { checkRows } from './check-rows';
import { condense, selectClusters, type Edge } from './condensed-tree';
import { findNearestRows } from './nearest-rows';

/**
 * `minClusterSize` 'auto' is 2% of the core rows, 5 at least; `minSamples` 'auto' is as many, 10 at most: neighbours a row
 * needs near it to count as dense. The number of clusters is found, not asked for.
 */
export type DensityParams = {
  minClusterSize: 'auto' | number;
  minSamples: 'auto' | number;
  coreRows: number;
};

/** Core rows with their clusters (-1: in none) and how far each reaches; the means of the clusters' core rows. */
export type DensityModel = {
  centroids: number[][];
  core: number[][];
  labels: number[];
  reach: number[];
  minClusterSize: number;
  minSamples: number;
};

/** The k-th smallest value; reorders `values` (quickselect). */
function selectSmallest(values: Float64Array, k: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i <= j) {
        const swap = values[i]!;
        values[i++] = values[j]!;
        values[j--] = swap;
      }
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k]!;
}

/** Each row's distance to its `minSamples`-th nearest row, itself the first. */
function measureCoreDistances(X: Matrix, minSamples: number, report?: Report): Float64Array {
  const squares = new Float64Array(X.nRows);
  return Float64Array.from({ length: X.nRows }, (_, i) => {
    if (i % 128 === 0) report?.((0.4 * i) / X.nRows);
    fillDistances(X, i, squares);
    return Math.sqrt(selectSmallest(squares, Math.min(minSamples, X.nRows) - 1));
  });
}

/** Minimum spanning tree of the mutual reachability distances (Prim), shortest edge first. */
function spanTree(X: Matrix, coreDistances: Float64Array, report?: Report): Edge[] {
  const n = X.nRows;
  const squares = new Float64Array(n);
  const gap = new Float64Array(n).fill(Infinity);
  const from = new Int32Array(n);
  const isIn = new Uint8Array(n);
  const edges: Edge[] = [];
  for (let at = 0; edges.length < n - 1;) {
    isIn[at] = 1;
    fillDistances(X, at, squares);
    let next = -1;
    for (let i = 0; i < n; i++) {
      if (isIn[i]) continue;
      const reach = Math.max(Math.sqrt(squares[i]!), coreDistances[i]!, coreDistances[at]!);
      if (reach < gap[i]!) {
        gap[i] = reach;
        from[i] = at;
      }
      if (next < 0 || gap[i]! < gap[next]!) next = i;
    }
    edges.push({ a: from[next]!, b: next, distance: gap[next]! });
    at = next;
    if (edges.length % 128 === 0) report?.(0.4 + (0.5 * edges.length) / n);
  }
  return edges.sort((one, other) => one.distance - other.distance);
}

const toRows = ({ data, nRows, nColumns: d }: Matrix): number[][] =>
  Array.from({ length: nRows }, (_, i) => Array.from(data.subarray(i * d, i * d + d)));

/** Clusters by density (Campello, Moulavi and Sander 2013): groups as dense crowds, everybody else unassigned. */
export const density: Estimator<DensityParams, DensityModel, Int32Array> = {
  name: 'density',
  version: 1,
  defaults: { minClusterSize: 'auto', minSamples: 'auto', coreRows: 2_000 },

  fit(X, params, { seed, report }) {
    checkRows(X, 5);
    const all = toDoubles(X);
    const core =
      X.nRows > 2 * params.coreRows ? takeRows(all, sampleRows(X.nRows, params.coreRows, seed)) : all;
    const auto = Math.max(5, Math.round(0.02 * core.nRows));
    const minClusterSize = params.minClusterSize === 'auto' ? auto : Math.max(2, params.minClusterSize);
    const minSamples =
      params.minSamples === 'auto' ? Math.min(10, minClusterSize) : Math.max(1, params.minSamples);
    const edges = spanTree(core, measureCoreDistances(core, minSamples, report), report);
    const { labels, reach, nClusters } = selectClusters(condense(edges, core.nRows, minClusterSize));
    report?.(1);
    return {
      centroids: averageMembers(core, labels, nClusters),
      core: toRows(core),
      labels: Array.from(labels),
      reach: Array.from(reach),
      minClusterSize,
      minSamples,
    };
  },

  predict(model, X) {
    const core = {
      data: Float64Array.from(model.core.flat()),
      nRows: model.core.length,
      nColumns: X.nColumns,
    };
    const { row, gap } = findNearestRows(toDoubles(X), core);
    return row.map((near, i) => (Math.sqrt(gap[i]!) <= model.reach[near]! ? model.labels[near]! : -1));
  },
};
