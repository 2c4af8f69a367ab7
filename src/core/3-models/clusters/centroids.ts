import type { Matrix } from '../../kit/matrix';

/** Adds up members: sums (nClusters x nColumns) and counts. `labels[i * stride + offset]` is row i's cluster. */
export function sumMembers(X: Matrix, labels: Int32Array, nClusters: number, stride = 1, offset = 0) {
  const d = X.nColumns;
  const sums = new Float64Array(nClusters * d);
  const counts = new Float64Array(nClusters);
  for (let i = 0, at = 0; i < X.nRows; i++) {
    const c = labels[i * stride + offset]!;
    counts[c]! += 1;
    for (let j = 0, to = c * d; j < d; j++) sums[to++]! += X.data[at++]!;
  }
  return { sums, counts };
}

/** Squared distance from row i to centroid c. */
export function distanceToCentroid(X: Matrix, i: number, centroids: Float64Array, c: number): number {
  const d = X.nColumns;
  let sum = 0;
  for (let a = i * d, b = c * d, end = a + d; a < end; a++, b++) {
    const gap = X.data[a]! - centroids[b]!;
    sum += gap * gap;
  }
  return sum;
}

/** As `distanceToCentroid`, but given up, with a number too large, once it passes `limit`. */
function distanceWithin(X: Matrix, i: number, centroids: Float64Array, c: number, limit: number): number {
  const d = X.nColumns;
  let a = i * d;
  let b = c * d;
  let sum = 0;
  for (const end = a + d; a < end && sum < limit;)
    for (const pause = Math.min(a + 4, end); a < pause; a++, b++) {
      const gap = X.data[a]! - centroids[b]!;
      sum += gap * gap;
    }
  return sum;
}

/**
 * The nearest centroid of each row, in plain numbers, into `labels`; returns how many rows changed. The row's label
 * so far is tried first: most often it stays, and the others are given up early.
 */
export function assignRows(
  X: Matrix,
  centroids: Float64Array,
  nClusters: number,
  labels: Int32Array,
): number {
  let changed = 0;
  for (let i = 0; i < X.nRows; i++) {
    const before = labels[i]!;
    let best = Math.max(before, 0);
    let least = distanceToCentroid(X, i, centroids, best);
    for (let c = 0; c < nClusters; c++) {
      if (c === best) continue;
      const gap = distanceWithin(X, i, centroids, c, least);
      if (gap < least) {
        least = gap;
        best = c;
      }
    }
    if (before !== best) changed++;
    labels[i] = best;
  }
  return changed;
}

/**
 * Means of the members. A cluster that lost all its members gets the row farthest from its own mean, so that
 * the number of clusters never shrinks.
 */
export function updateCentroids(
  X: Matrix,
  labels: Int32Array,
  nClusters: number,
  stride = 1,
  offset = 0,
): Float64Array {
  const d = X.nColumns;
  const { sums, counts } = sumMembers(X, labels, nClusters, stride, offset);
  for (let c = 0; c < nClusters; c++)
    if (counts[c]! > 0) for (let j = 0; j < d; j++) sums[c * d + j]! /= counts[c]!;
  const taken = new Set<number>();
  for (let c = 0; c < nClusters; c++) {
    if (counts[c]! > 0) continue;
    const row = findFarthest(X, sums, taken, (i) => labels[i * stride + offset]!);
    taken.add(row);
    sums.set(X.data.subarray(row * d, row * d + d), c * d);
  }
  return sums;
}

function findFarthest(X: Matrix, centroids: Float64Array, taken: Set<number>, label: (i: number) => number) {
  let farthest = 0;
  let most = -1;
  for (let i = 0; i < X.nRows; i++) {
    const gap = distanceToCentroid(X, i, centroids, label(i));
    if (gap > most && !taken.has(i)) {
      most = gap;
      farthest = i;
    }
  }
  return farthest;
}

/** Sum over rows of the squared distance to their own centroid. */
export function measureInertia(X: Matrix, labels: Int32Array, centroids: Float64Array): number {
  let inertia = 0;
  for (let i = 0; i < X.nRows; i++) inertia += distanceToCentroid(X, i, centroids, labels[i]!);
  return inertia;
}

/** Squared move of all centroids together. */
export function measureShift(before: Float64Array, after: Float64Array): number {
  let shift = 0;
  for (let i = 0; i < before.length; i++) shift += (before[i]! - after[i]!) ** 2;
  return shift;
}
