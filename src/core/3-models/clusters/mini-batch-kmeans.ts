import type { Matrix } from '../../kit/matrix';
import { createRandom, type Random } from '../../kit/random';
import type { Estimator, Report } from '../estimator';
import { sampleRows, takeRows } from '../rows';
import { averageMembers, fillGaps, measureInertia, toDoubles } from './centroids';
import { checkRows } from './check-rows';
import type { KMeansModel } from './kmeans';
import { nearestCentroid } from './lloyd';
import { seedCentroids } from './seeding';

/** `batchRows` rows are looked at in a step; `nInit` starts are judged on one batch, and the best of them is taken on. */
export type MiniBatchParams = { nClusters: number; nInit: number; batchRows: number; maxIter: number };

const seedRows = 3_000;

const drawRows = (X: Matrix, size: number, random: Random): Matrix =>
  takeRows(
    X,
    Int32Array.from({ length: size }, () => random.below(X.nRows)),
  );

/** The best of `nInit` seedings on one batch. */
function seedBest(X: Matrix, { nClusters, nInit, batchRows }: MiniBatchParams, seed: number, random: Random) {
  const seedable = takeRows(X, sampleRows(X.nRows, seedRows, seed));
  const judge = drawRows(X, Math.max(batchRows, 3 * nClusters), random);
  const tried = Array.from({ length: Math.max(1, nInit) }, () => {
    const centroids = seedCentroids(seedable, nClusters, random);
    return {
      centroids,
      inertia: measureInertia(judge, nearestCentroid(judge, centroids, nClusters), centroids),
    };
  });
  return tried.reduce((best, one) => (one.inertia < best.inertia ? one : best)).centroids;
}

/**
 * One step (Sculley 2010, algorithm 1): labels for the batch first, then each row pulls its centroid by one part in as
 * many as the centroid has seen, so that a centroid is always the mean of all rows it was given.
 */
function stepBatch(batch: Matrix, centroids: Float64Array, seen: Float64Array): void {
  const { data, nRows, nColumns: d } = batch;
  const labels = nearestCentroid(batch, centroids, seen.length);
  for (let i = 0; i < nRows; i++) {
    const c = labels[i]!;
    const pull = 1 / (seen[c]! += 1);
    for (let j = 0; j < d; j++) centroids[c * d + j]! += pull * (data[i * d + j]! - centroids[c * d + j]!);
  }
}

/** A centroid that sees next to nothing starts again on a row of the batch far from all of them. */
function reviveStarved(batch: Matrix, centroids: Float64Array, seen: Float64Array): void {
  const d = batch.nColumns;
  const fewest = 0.01 * Math.max(...seen);
  const gaps = new Float64Array(seen.length);
  for (let c = 0; c < seen.length; c++) {
    if (seen[c]! >= fewest) continue;
    let farthest = 0;
    let most = -1;
    for (let i = 0; i < batch.nRows; i++) {
      fillGaps(batch.data, i * d, d, centroids, seen.length, gaps);
      const gap = Math.min(...gaps);
      if (gap > most) [most, farthest] = [gap, i];
    }
    centroids.set(batch.data.subarray(farthest * d, farthest * d + d), c * d);
    seen[c] = Math.max(1, fewest);
  }
}

function runBatches(X: Matrix, params: MiniBatchParams, seed: number, report?: Report): Float64Array {
  const random = createRandom(seed);
  const centroids = seedBest(X, params, seed, random);
  const seen = new Float64Array(params.nClusters);
  for (let iter = 0; iter < params.maxIter; iter++) {
    const batch = drawRows(X, params.batchRows, random);
    stepBatch(batch, centroids, seen);
    if (iter % 10 === 9 && iter < params.maxIter / 2) reviveStarved(batch, centroids, seen);
    if (iter % 16 === 0) report?.((0.9 * iter) / params.maxIter);
  }
  return centroids;
}

/** k-means by small random batches, for very large data; ends with one assignment of all rows and their means. */
export const miniBatchKmeans: Estimator<MiniBatchParams, KMeansModel, Int32Array> = {
  name: 'miniBatchKmeans',
  version: 1,
  defaults: { nClusters: 4, nInit: 5, batchRows: 1024, maxIter: 200 },

  fit(X, params, { seed, report }) {
    checkRows(X, params.nClusters);
    const rows = toDoubles(X);
    const found = runBatches(rows, params, seed, report);
    const centroids = averageMembers(rows, nearestCentroid(rows, found, params.nClusters), params.nClusters);
    const flat = Float64Array.from(centroids.flat());
    const inertia = measureInertia(rows, nearestCentroid(rows, flat, centroids.length), flat);
    report?.(1);
    return { centroids, inertia, nIter: params.maxIter };
  },

  predict: (model, X) =>
    nearestCentroid(X, Float64Array.from(model.centroids.flat()), model.centroids.length),
};
