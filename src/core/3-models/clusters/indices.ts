import type { Matrix } from '../../kit/matrix';
import type { Report } from '../estimator';
import { fillDistances, sampleRows, takeRows } from '../rows';

/** Up to this many rows the silhouette is exact; above, it is that of a seeded sample. */
const exactRows = 5_000;
const sampleSize = 2_000;

/**
 * Mean silhouette (Rousseeuw 1987) of several labellings of the same rows, sharing the distances; rows alone in
 * their cluster count 0, rows of no cluster (-1) not at all. Exact up to 5,000 rows, else of 2,000 seeded ones.
 */
export function silhouettes(X: Matrix, labellings: Int32Array[], seed: number, report?: Report): number[] {
  if (X.nRows > exactRows) {
    const index = sampleRows(X.nRows, sampleSize, seed);
    const taken = labellings.map((labels) => Int32Array.from(index, (i) => labels[i]!));
    return silhouettes(takeRows(X, index), taken, seed, report);
  }
  return silhouetteRows(X, labellings, report).map((values, l) => {
    const nAssigned = labellings[l]!.reduce((n, label) => n + Number(label >= 0), 0);
    return nAssigned > 0 ? values.reduce((sum, value) => sum + value, 0) / nAssigned : 0;
  });
}

/** Every row's silhouette in each of the labellings, exact: below 0 where another cluster is nearer. */
export function silhouetteRows(X: Matrix, labellings: Int32Array[], report?: Report): Float64Array[] {
  const sizes = labellings.map(countLabels);
  const values = labellings.map(() => new Float64Array(X.nRows));
  const distances = new Float64Array(X.nRows);
  for (let i = 0; i < X.nRows; i++) {
    if (i % 256 === 0) report?.(i / X.nRows, 'measuring how clear-cut the segments are');
    fillDistances(X, i, distances);
    for (let j = 0; j < X.nRows; j++) distances[j] = Math.sqrt(distances[j]!);
    labellings.forEach((labels, l) => {
      values[l]![i] = silhouetteOf(i, labels, sizes[l]!, distances);
    });
  }
  return values;
}

/** One row's silhouette from its distances to all rows. */
function silhouetteOf(i: number, labels: Int32Array, sizes: Float64Array, distances: Float64Array): number {
  const own = labels[i]!;
  if (own < 0 || sizes[own]! < 2) return 0;
  const sums = new Float64Array(sizes.length);
  for (let j = 0; j < labels.length; j++) if (labels[j]! >= 0) sums[labels[j]!]! += distances[j]!;
  const inside = sums[own]! / (sizes[own]! - 1);
  let outside = Infinity;
  for (let c = 0; c < sizes.length; c++)
    if (c !== own && sizes[c]! > 0) outside = Math.min(outside, sums[c]! / sizes[c]!);
  const larger = Math.max(inside, outside);
  return Number.isFinite(outside) && larger > 0 ? (outside - inside) / larger : 0;
}

/** How many rows have each label; rows of no cluster (-1) are left out. */
export function countLabels(labels: Int32Array): Float64Array {
  const counts = new Float64Array(labels.reduce((most, label) => Math.max(most, label + 1), 0));
  for (const label of labels) if (label >= 0) counts[label]! += 1;
  return counts;
}

/** How often each pair of labels meets: table[a * nB + b], over the `n` rows that both assign; sizes over those rows. */
export function crossLabels(a: Int32Array, b: Int32Array) {
  const sizesA = new Float64Array(countLabels(a).length);
  const sizesB = new Float64Array(countLabels(b).length);
  const table = new Float64Array(sizesA.length * sizesB.length);
  let n = 0;
  for (let i = 0; i < a.length; i++) {
    if (a[i]! < 0 || b[i]! < 0) continue;
    table[a[i]! * sizesB.length + b[i]!]! += 1;
    sizesA[a[i]!]! += 1;
    sizesB[b[i]!]! += 1;
    n++;
  }
  return { sizesA, sizesB, table, n };
}

/** Adjusted Rand index (Hubert and Arabie 1985) of the rows that both assign: 1 = the same grouping, about 0 by chance. */
export function adjustedRand(a: Int32Array, b: Int32Array): number {
  const pairs = (counts: Float64Array) => counts.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  const { sizesA, sizesB, table, n } = crossLabels(a, b);
  const both = pairs(table);
  const inA = pairs(sizesA);
  const inB = pairs(sizesB);
  const expected = n > 1 ? (inA * inB) / ((n * (n - 1)) / 2) : 0;
  const most = (inA + inB) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}

/** For each cluster of `a` its largest Jaccard similarity with a cluster of `b` (Hennig 2007), 0..1. */
export function clusterJaccard(a: Int32Array, b: Int32Array): number[] {
  const { table } = crossLabels(a, b);
  const sizesB = countLabels(b);
  return Array.from(countLabels(a), (size, c) => {
    let most = 0;
    sizesB.forEach((other, e) => {
      const shared = table[c * sizesB.length + e]!;
      if (shared > 0) most = Math.max(most, shared / (size + other - shared));
    });
    return most;
  });
}
