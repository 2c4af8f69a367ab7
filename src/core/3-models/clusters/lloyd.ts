import type { Matrix } from '../../kit/matrix';
import { createRandom } from '../../kit/random';
import type { Report } from '../estimator';
import { distanceToCentroid, fillGaps, measureInertia, toDoubles } from './centroids';
import { seedCentroids } from './seeding';

/** The nearest of the centroids (nClusters x nColumns) for each row; the first of equals. */
export function nearestCentroid(X: Matrix, centroids: Float64Array, nClusters: number): Int32Array {
  const { data, nColumns: d } = toDoubles(X);
  const labels = new Int32Array(X.nRows);
  const gaps = new Float64Array(nClusters);
  for (let i = 0; i < X.nRows; i++) {
    fillGaps(data, i * d, d, centroids, nClusters, gaps);
    let best = 0;
    for (let c = 1; c < nClusters; c++) if (gaps[c]! < gaps[best]!) best = c;
    labels[i] = best;
  }
  return labels;
}

/** Centroids (nClusters x nColumns), each row's cluster, and the sum of squared distances between the two. */
export type Clusters = { centroids: Float64Array; labels: Int32Array; inertia: number; nIter: number };

/** Sums and counts follow the labels, so that a step touches only the rows that may change theirs. */
type Membership = {
  labels: Int32Array;
  sums: Float64Array;
  counts: Float64Array;
  /** While the centroids have drifted less than this in all, the row's label cannot change. */
  safeUntil: Float64Array;
};

function startMembership(X: Matrix, nClusters: number): Membership {
  return {
    labels: new Int32Array(X.nRows).fill(-1),
    sums: new Float64Array(nClusters * X.nColumns),
    counts: new Float64Array(nClusters),
    safeUntil: new Float64Array(X.nRows).fill(-1),
  };
}

function changeLabel(X: Matrix, members: Membership, i: number, to: number): void {
  const { labels, sums, counts } = members;
  const d = X.nColumns;
  const from = labels[i]!;
  labels[i] = to;
  counts[to]! += 1;
  for (let j = 0; j < d; j++) sums[to * d + j]! += X.data[i * d + j]!;
  if (from < 0) return;
  counts[from]! -= 1;
  for (let j = 0; j < d; j++) sums[from * d + j]! -= X.data[i * d + j]!;
}

/**
 * Puts each row to its nearest centroid; returns how many changed. Rows whose gap between the nearest and the second
 * nearest is larger than all centroids may have closed since (twice their largest move, Hamerly 2010) are passed over.
 */
function reassign(
  X: Matrix,
  centroids: Float64Array,
  nClusters: number,
  members: Membership,
  drift: number,
): number {
  const { data, nRows, nColumns: d } = X;
  const { labels, safeUntil } = members;
  const gaps = new Float64Array(nClusters);
  let changed = 0;
  for (let i = 0; i < nRows; i++) {
    if (safeUntil[i]! > drift) continue;
    fillGaps(data, i * d, d, centroids, nClusters, gaps);
    let best = 0;
    let first = gaps[0]!;
    let second = Infinity;
    for (let c = 1; c < nClusters; c++) {
      const gap = gaps[c]!;
      if (gap < first) {
        second = first;
        first = gap;
        best = c;
      } else if (gap < second) second = gap;
    }
    safeUntil[i] = drift + Math.sqrt(second) - Math.sqrt(first);
    if (labels[i] === best) continue;
    changed++;
    changeLabel(X, members, i, best);
  }
  return changed;
}

/** The row farthest from its own centroid among those that are not alone; -1 when every row lies on its centroid. */
function findFarthest(X: Matrix, centroids: Float64Array, { labels, counts }: Membership): number {
  let farthest = -1;
  let most = 0;
  for (let i = 0; i < X.nRows; i++) {
    if (counts[labels[i]!]! < 2) continue;
    const gap = distanceToCentroid(X, i, centroids, labels[i]!);
    if (gap > most) {
      most = gap;
      farthest = i;
    }
  }
  return farthest;
}

/** Means of the members; a cluster that lost all of them gets the farthest row, or stays where it is without one. */
function moveCentroids(X: Matrix, before: Float64Array, nClusters: number, members: Membership) {
  const d = X.nColumns;
  const { sums, counts } = members;
  for (let c = 0; c < nClusters; c++) {
    if (counts[c]! > 0) continue;
    const row = findFarthest(X, before, members);
    if (row < 0) continue;
    changeLabel(X, members, row, c);
    members.safeUntil[row] = -1;
  }
  const after = before.slice();
  for (let c = 0; c < nClusters; c++)
    if (counts[c]! > 0) for (let j = 0; j < d; j++) after[c * d + j] = sums[c * d + j]! / counts[c]!;
  return after;
}

/** The largest move of one centroid, and the squared move of all of them together. */
function measureMoves(before: Float64Array, after: Float64Array, d: number) {
  let largest = 0;
  let total = 0;
  for (let c = 0; c < before.length; c += d) {
    let move = 0;
    for (let j = c; j < c + d; j++) move += (before[j]! - after[j]!) ** 2;
    largest = Math.max(largest, move);
    total += move;
  }
  return { largest: Math.sqrt(largest), total };
}

/** Lloyd's steps from `start` until no label changes, all centroids together move by at most `limit`, or `maxIter`. */
export function descend(
  rows: Matrix,
  start: Float64Array,
  nClusters: number,
  maxIter: number,
  limit = 0,
  report?: Report,
): Clusters {
  const X = toDoubles(rows);
  const members = startMembership(X, nClusters);
  let centroids = start;
  let drift = 0;
  let nIter = 0;
  for (let total = Infinity; nIter < maxIter && total > limit; nIter++) {
    if (reassign(X, centroids, nClusters, members, drift) === 0) break;
    const after = moveCentroids(X, centroids, nClusters, members);
    const moves = measureMoves(centroids, after, X.nColumns);
    drift += 2 * moves.largest;
    total = moves.total;
    centroids = after;
    report?.(nIter / (nIter + 10));
  }
  const { labels } = members;
  return { centroids, labels, inertia: measureInertia(X, labels, centroids), nIter };
}

/** Steps after which only the best start goes on. */
const firstSteps = 6;

/** k-means for resamples and simulations: the best of `nInit` starts. The customers' own segments come from `kmeans`. */
export function clusterQuickly(
  X: Matrix,
  nClusters: number,
  seed: number,
  nInit: number,
  maxIter: number,
): Clusters {
  const random = createRandom(seed);
  let best: Clusters | undefined;
  for (let start = 0; start < nInit; start++) {
    const found = descend(X, seedCentroids(X, nClusters, random), nClusters, Math.min(firstSteps, maxIter));
    if (!best || found.inertia < best.inertia) best = found;
  }
  return maxIter > firstSteps ? descend(X, best!.centroids, nClusters, maxIter - firstSteps) : best!;
}
