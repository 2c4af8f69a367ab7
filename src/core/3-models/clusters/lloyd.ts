import type { Matrix } from '../../kit/matrix';
import { createRandom } from '../../kit/random';
import type { Report } from '../estimator';
import { distanceToCentroid, toDoubles } from './centroids';
import { openKernel, type Members } from './kernel';
import { seedCentroids } from './seeding';

/** The nearest of the centroids (nClusters x nColumns) for each row; the first of equals. */
export function nearestCentroid(X: Matrix, centroids: Float64Array, nClusters: number): Int32Array {
  const { data, nRows, nColumns } = toDoubles(X);
  const kernel = openKernel({ doubles: data.length, integers: nRows, nPoints: nClusters, nColumns });
  const labels = kernel.integers(nRows);
  kernel.label(kernel.hold(data), centroids, labels);
  return labels.slice();
}

/** Centroids (nClusters x nColumns), each row's cluster, and the sum of squared distances between the two. */
export type Clusters = { centroids: Float64Array; labels: Int32Array; inertia: number; nIter: number };

/** The row farthest from its own centroid among those that are not alone; -1 when every row lies on its centroid. */
function findFarthest(X: Matrix, centroids: Float64Array, { labels, counts }: Members): number {
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

/** Gives the farthest row to each cluster that lost all of its own; one stays empty where every row lies on its centroid. */
function refill(X: Matrix, centroids: Float64Array, members: Members): void {
  const { labels, counts, sums, safeUntil } = members;
  const d = X.nColumns;
  counts.forEach((count, c) => {
    const row = count > 0 ? -1 : findFarthest(X, centroids, members);
    if (row < 0) return;
    const from = labels[row]!;
    for (let j = 0; j < d; j++) {
      sums[c * d + j]! += X.data[row * d + j]!;
      sums[from * d + j]! -= X.data[row * d + j]!;
    }
    labels[row] = c;
    counts[c] = 1;
    counts[from]! -= 1;
    safeUntil[row] = -1;
  });
}

/** Means of the members; the centroid of an empty cluster stays where it is. */
function moveCentroids(before: Float64Array, d: number, { sums, counts }: Members): Float64Array {
  const after = before.slice();
  counts.forEach((count, c) => {
    if (count > 0) for (let j = c * d; j < c * d + d; j++) after[j] = sums[j]! / count;
  });
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

function openMembers(X: Matrix & { data: Float64Array }, nClusters: number) {
  const { data, nRows, nColumns } = X;
  const doubles = data.length + nRows + nClusters * (nColumns + 1);
  const kernel = openKernel({ doubles, integers: nRows, nPoints: nClusters, nColumns });
  const members: Members = {
    labels: kernel.integers(nRows).fill(-1),
    sums: kernel.doubles(nClusters * nColumns).fill(0),
    counts: kernel.doubles(nClusters).fill(0),
    safeUntil: kernel.doubles(nRows).fill(-1),
  };
  return { kernel, held: kernel.hold(data), members };
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
  const { kernel, held, members } = openMembers(X, nClusters);
  let centroids = start;
  let drift = 0;
  let nIter = 0;
  for (let total = Infinity; nIter < maxIter && total > limit; nIter++) {
    if (kernel.reassign(held, centroids, members, drift) === 0) break;
    refill(X, centroids, members);
    const after = moveCentroids(centroids, X.nColumns, members);
    const moves = measureMoves(centroids, after, X.nColumns);
    drift += 2 * moves.largest;
    total = moves.total;
    centroids = after;
    report?.(nIter / (nIter + 10));
  }
  const inertia = kernel.measure(held, centroids, members.labels);
  return { centroids, labels: members.labels.slice(), inertia, nIter };
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
