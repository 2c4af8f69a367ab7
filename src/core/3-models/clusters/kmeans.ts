import type { Matrix } from '../../kit/matrix';
import { createRandom, type Random } from '../../kit/random';
import { part, type Estimator, type Report } from '../estimator';
import { sampleRows, takeRows } from '../rows';
import { averageMembers, fillGaps, measureInertia, toDoubles } from './centroids';
import { checkRows } from './check-rows';
import { descend, nearestCentroid, type Clusters } from './lloyd';
import { drawRow, seedCentroids } from './seeding';

/** `nInit` 'auto': as many restarts as keep the work even, 16 for large data to 100 for a few hundred rows. */
export type KMeansParams = { nClusters: number; nInit: 'auto' | number; maxIter: number; tol: number };

/** What `fit` learned: one row for each segment's mean; `inertia` over the rows it was fitted on. */
export type KMeansModel = { centroids: number[][]; inertia: number; nIter: number };

/** Restarts run on at most this many rows, swaps on at most that many; what they find is refined on all. */
const restartRows = 4_000;
const swapRows = 20_000;
/** Numbers looked at by all restarts in one step, and by all swaps: small tables afford more. */
const restartCells = 600_000;
const swapCells = 300_000_000;
const fewestSwaps = 16;
const mostSwaps = 120;
/** Steps a restart gets before only the best go on, how many do, and steps to judge a swap by. */
const firstSteps = 8;
const nFinalists = 4;
const swapSteps = 5;

const between = (least: number, value: number, most: number) =>
  Math.min(most, Math.max(least, Math.round(value)));

const takeSample = (X: Matrix, size: number, seed: number) =>
  X.nRows > size ? takeRows(X, sampleRows(X.nRows, size, seed)) : X;

/** The best few of the restarts after their first steps, best first. */
function restart(X: Matrix, params: KMeansParams, random: Random, report: Report): Float64Array[] {
  const { nClusters, maxIter } = params;
  const even = between(16, restartCells / X.data.length, 100);
  const nInit = params.nInit === 'auto' ? even : Math.max(1, params.nInit);
  const tried = Array.from({ length: nInit }, (_, i) => {
    report(i / nInit);
    return descend(X, seedCentroids(X, nClusters, random), nClusters, Math.min(firstSteps, maxIter));
  });
  tried.sort((a, b) => a.inertia - b.inertia);
  return tried.slice(0, nFinalists).map(({ centroids }) => centroids);
}

/** Each row's squared distance to its nearest centroid, and what each cluster's rows would lose without it. */
function measureLosses(X: Matrix, { centroids }: Clusters, nClusters: number) {
  const { data, nRows, nColumns: d } = X;
  const nearest = new Float64Array(nRows);
  const losses = new Float64Array(nClusters);
  const gaps = new Float64Array(nClusters);
  for (let i = 0; i < nRows; i++) {
    fillGaps(data, i * d, d, centroids, nClusters, gaps);
    let best = 0;
    for (let c = 1; c < nClusters; c++) if (gaps[c]! < gaps[best]!) best = c;
    let second = Infinity;
    for (let c = 0; c < nClusters; c++) if (c !== best && gaps[c]! < second) second = gaps[c]!;
    nearest[i] = gaps[best]!;
    losses[best]! += second - gaps[best]!;
  }
  return { nearest, losses, total: nearest.reduce((sum, gap) => sum + gap, 0) };
}

/**
 * Rounds of random swaps (Fränti 2018), a way out of poor optima that more restarts do not find: one centroid, by
 * turns the least missed or any, goes to a row drawn by its squared distance; kept when a few steps make it better.
 */
function trySwaps(X: Matrix, start: Clusters, nClusters: number, random: Random, report: Report): Clusters {
  const { nColumns: d } = X;
  const cost = swapSteps * X.data.length * nClusters;
  const nSwaps = nClusters < 2 ? 0 : between(fewestSwaps, swapCells / cost, mostSwaps);
  let best = start;
  let found = measureLosses(X, best, nClusters);
  for (let i = 0; i < nSwaps; i++) {
    report(i / nSwaps);
    const least = found.losses.indexOf(Math.min(...found.losses));
    const leaves = i % 2 === 0 ? least : random.below(nClusters);
    const row = drawRow(found.nearest, found.total, random);
    const moved = best.centroids.slice();
    moved.set(X.data.subarray(row * d, row * d + d), leaves * d);
    const tried = descend(X, moved, nClusters, swapSteps);
    if (tried.inertia >= best.inertia) continue;
    best = descend(X, tried.centroids, nClusters, 2 * swapSteps);
    found = measureLosses(X, best, nClusters);
  }
  return best;
}

/** The best clusters of a sample large enough to know the good optima from the poor ones. */
function search(X: Matrix, params: KMeansParams, seed: number, report: Report): Clusters {
  const { nClusters, maxIter, tol } = params;
  const random = createRandom(seed);
  const few = takeSample(X, restartRows, seed + 1);
  const finalists = restart(few, params, random, part(report, 0, 0.3)).map((start) =>
    descend(X, start, nClusters, Math.min(3 * firstSteps, maxIter)),
  );
  const [first, ...others] = finalists;
  const best = others.reduce((least, one) => (one.inertia < least.inertia ? one : least), first!);
  const swapped = trySwaps(X, best, nClusters, random, part(report, 0.4, 1));
  return descend(X, swapped.centroids, nClusters, maxIter, tol * X.nColumns);
}

/** k-means in plain numbers: restarts on few rows, swaps on more, Lloyd's steps on all. `tol` is a squared move a column. */
export const kmeans: Estimator<KMeansParams, KMeansModel, Int32Array> = {
  name: 'kmeans',
  version: 3,
  defaults: { nClusters: 4, nInit: 'auto', maxIter: 300, tol: 1e-6 },

  fit(X, params, { seed, report }) {
    const { nClusters, maxIter, tol } = params;
    checkRows(X, nClusters);
    const rows = toDoubles(X);
    const start = search(takeSample(rows, swapRows, seed), params, seed, part(report, 0, 0.7));
    const full = descend(rows, start.centroids, nClusters, maxIter, tol * X.nColumns, part(report, 0.7, 1));
    const labels = nearestCentroid(rows, full.centroids, nClusters);
    const centroids = averageMembers(rows, labels, nClusters);
    const flat = Float64Array.from(centroids.flat());
    report?.(1);
    return {
      centroids,
      inertia: measureInertia(rows, nearestCentroid(rows, flat, centroids.length), flat),
      nIter: start.nIter + full.nIter,
    };
  },

  predict: (model, X) =>
    nearestCentroid(X, Float64Array.from(model.centroids.flat()), model.centroids.length),
};
