import type { Matrix } from '../../kit/matrix';
import type { Report } from '../estimator';
import { sampleRows, takeRows } from '../rows';
import { toDoubles } from './centroids';
import { openKernel } from './kernel';

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

/** Rows whose distances to all others are summed at once. */
const atOnce = 8;

/** Every row's silhouette in each of the labellings, exact: below 0 where another cluster is nearer. */
export function silhouetteRows(X: Matrix, labellings: Int32Array[], report?: Report): Float64Array[] {
  const { data, nRows: n, nColumns: d } = toDoubles(X);
  const sizes = labellings.map(countLabels);
  const values = labellings.map(() => new Float64Array(n));
  const mostLabels = Math.max(1, ...sizes.map(({ length }) => length));
  const nLabels = n * labellings.length;
  const doubles = data.length + atOnce * mostLabels * labellings.length;
  const kernel = openKernel({ doubles, integers: nLabels, nPoints: atOnce, nColumns: d });
  const held = kernel.hold(data);
  const all = kernel.integers(nLabels);
  labellings.forEach((labels, l) => all.set(labels, l * n));
  for (let from = 0; from < n; from += atOnce) {
    if (from % 128 === 0) report?.(from / n, 'measuring how clear-cut the segments are');
    const points = new Float64Array(atOnce * d);
    points.set(data.subarray(from * d, (from + atOnce) * d));
    const sums = kernel.sumDistances(held, points, all, mostLabels);
    labellings.forEach((labels, l) => {
      for (let i = from; i < Math.min(n, from + atOnce); i++)
        values[l]![i] = silhouetteOf(
          labels[i]!,
          sizes[l]!,
          (c) => sums[(l * mostLabels + c) * atOnce + i - from]!,
        );
    });
  }
  return values;
}

/** One row's silhouette from the sums of its distances to the rows of each cluster. */
function silhouetteOf(own: number, sizes: Float64Array, sumOf: (cluster: number) => number): number {
  if (own < 0 || sizes[own]! < 2) return 0;
  const inside = sumOf(own) / (sizes[own]! - 1);
  let outside = Infinity;
  for (let c = 0; c < sizes.length; c++)
    if (c !== own && sizes[c]! > 0) outside = Math.min(outside, sumOf(c) / sizes[c]!);
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
