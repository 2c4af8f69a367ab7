import type { Matrix } from '../../kit/matrix';
import type { Report } from '../estimator';
import { fillDistances, sampleRows, takeRows } from '../rows';

/** Up to this many rows the silhouette is exact; above, it is that of a seeded sample. */
const exactRows = 5_000;
const sampleSize = 2_000;

/**
 * Mean silhouette (Rousseeuw 1987) of several labellings of the same rows, sharing the distances; rows alone in
 * their cluster count 0. Labels are 0..k-1.
 */
export function silhouettes(X: Matrix, labellings: Int32Array[], seed: number, report?: Report): number[] {
  if (X.nRows > exactRows) {
    const index = sampleRows(X.nRows, sampleSize, seed);
    const taken = labellings.map((labels) => Int32Array.from(index, (i) => labels[i]!));
    return silhouettes(takeRows(X, index), taken, seed, report);
  }
  const sizes = labellings.map(countLabels);
  const totals = labellings.map(() => 0);
  const distances = new Float64Array(X.nRows);
  for (let i = 0; i < X.nRows; i++) {
    if (i % 256 === 0) report?.(i / X.nRows, 'measuring how clear-cut the segments are');
    fillDistances(X, i, distances);
    for (let j = 0; j < X.nRows; j++) distances[j] = Math.sqrt(distances[j]!);
    labellings.forEach((labels, l) => {
      totals[l]! += silhouetteOf(i, labels, sizes[l]!, distances);
    });
  }
  return totals.map((total) => (X.nRows > 0 ? total / X.nRows : 0));
}

export const silhouette = (X: Matrix, labels: Int32Array, seed: number): number =>
  silhouettes(X, [labels], seed)[0]!;

/** One row's silhouette from its distances to all rows. */
function silhouetteOf(i: number, labels: Int32Array, sizes: Float64Array, distances: Float64Array): number {
  const sums = new Float64Array(sizes.length);
  for (let j = 0; j < labels.length; j++) sums[labels[j]!]! += distances[j]!;
  const own = labels[i]!;
  if (sizes[own]! < 2) return 0;
  const inside = sums[own]! / (sizes[own]! - 1);
  let outside = Infinity;
  for (let c = 0; c < sizes.length; c++)
    if (c !== own && sizes[c]! > 0) outside = Math.min(outside, sums[c]! / sizes[c]!);
  const larger = Math.max(inside, outside);
  return Number.isFinite(outside) && larger > 0 ? (outside - inside) / larger : 0;
}

/** How many rows have each label. */
export function countLabels(labels: Int32Array): Float64Array {
  const counts = new Float64Array(labels.reduce((most, label) => Math.max(most, label + 1), 0));
  for (const label of labels) counts[label]! += 1;
  return counts;
}

/** How often each pair of labels meets: table[a * nB + b]. */
function crossLabels(a: Int32Array, b: Int32Array) {
  const sizesA = countLabels(a);
  const sizesB = countLabels(b);
  const table = new Float64Array(sizesA.length * sizesB.length);
  for (let i = 0; i < a.length; i++) table[a[i]! * sizesB.length + b[i]!]! += 1;
  return { sizesA, sizesB, table };
}

/** Adjusted Rand index (Hubert and Arabie 1985): 1 for the same grouping, about 0 by chance. */
export function adjustedRand(a: Int32Array, b: Int32Array): number {
  const pairs = (counts: Float64Array) => counts.reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const { sizesA, sizesB, table } = crossLabels(a, b);
  const both = pairs(table);
  const inA = pairs(sizesA);
  const inB = pairs(sizesB);
  const expected = (inA * inB) / ((a.length * (a.length - 1)) / 2);
  const most = (inA + inB) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}

/** For each cluster of `a` its largest Jaccard similarity with a cluster of `b` (Hennig 2007), 0..1. */
export function clusterJaccard(a: Int32Array, b: Int32Array): number[] {
  const { sizesA, sizesB, table } = crossLabels(a, b);
  return Array.from(sizesA, (size, c) => {
    let most = 0;
    sizesB.forEach((other, e) => {
      const shared = table[c * sizesB.length + e]!;
      if (shared > 0) most = Math.max(most, shared / (size + other - shared));
    });
    return most;
  });
}
