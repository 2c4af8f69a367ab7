import { argMax, dispose, matMul, reshape, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { AppError } from '../../kit/errors';
import type { Matrix } from '../../kit/matrix';
import { createRandom, type Random } from '../../kit/random';
import { distanceToCentroid, measureInertia, measureShift, sumMembers, updateCentroids } from './centroids';
import type { Estimator, Report } from '../estimator';
import { sampleRows, takeRows } from '../rows';
import { drawRow, seedCentroids } from './seeding';
import { freeChunks, toChunks, type RowChunk } from '../tensors';

/** `nInit` 'auto': as many restarts as keep the work even, 16 for large data to 100 for a few hundred rows. */
export type KMeansParams = { nClusters: number; nInit: 'auto' | number; maxIter: number; tol: number };

/** What `fit` learned: one row for each segment's mean; `inertia` over the rows it was fitted on. */
export type KMeansModel = { centroids: number[][]; inertia: number; nIter: number };

/** Restarts run on at most this many rows; the best of them is then refined on all. */
const sampleSize = 5_000;
/** Seeds are drawn from at most this many rows. */
const seedRows = 3_000;
/** Numbers looked at by all restarts in one step, and by the rounds of moves: small tables afford more. */
const restartCells = 600_000;
const moveCells = 40_000;
/** Attempts to move one centre elsewhere, side by side in a round; rounds go on while they help. */
const nMoves = 12;
const mostRounds = 4;
/** Steps all restarts get before only the best go on, and how many do. */
const firstSteps = 8;
const nFinalists = 6;

/** Rows and the same rows as tensors. */
type Loaded = { X: Matrix; chunks: RowChunk[] };

/** Nearest centroid for each row and each set of centroids (all of nClusters rows), nRows x sets. */
function assign({ X, chunks }: Loaded, sets: Float64Array[], nClusters: number): Int32Array {
  const labels = new Int32Array(X.nRows * sets.length);
  const factors = tensor2d(scoreFactors(sets, nClusters, X.nColumns), [
    X.nColumns + 1,
    sets.length * nClusters,
  ]);
  for (const { start, nRows, tensor } of chunks) {
    const nearest = tidy(() => argMax(reshape(matMul(tensor, factors), [nRows * sets.length, nClusters]), 1));
    labels.set(nearest.dataSync<'int32'>(), start * sets.length);
    dispose(nearest);
  }
  dispose(factors);
  return labels;
}

/** Columns (2c, -c·c): the nearest centroid of x has the largest 2x·c - c·c. */
function scoreFactors(sets: Float64Array[], nClusters: number, d: number): Float32Array {
  const width = sets.length * nClusters;
  const factors = new Float32Array((d + 1) * width);
  sets.forEach((centroids, s) => {
    for (let c = 0; c < nClusters; c++) {
      let square = 0;
      for (let j = 0; j < d; j++) {
        const value = centroids[c * d + j]!;
        factors[j * width + s * nClusters + c] = 2 * value;
        square += value * value;
      }
      factors[d * width + s * nClusters + c] = -square;
    }
  });
  return factors;
}

/** Sum of squares about the centroids when these are the means: lower is better. `-Σ n c·c` up to a constant. */
function rankByInertia(X: Matrix, labels: Int32Array, nClusters: number, nSets: number): number[] {
  const loss = Array.from({ length: nSets }, (_, s) => {
    const { sums, counts } = sumMembers(X, labels, nClusters, nSets, s);
    return sums.reduce((total, sum, i) => {
      const n = counts[Math.floor(i / X.nColumns)]!;
      return n > 0 ? total - (sum * sum) / n : total;
    }, 0);
  });
  return loss.map((_, s) => s).sort((a, b) => loss[a]! - loss[b]! || a - b);
}

/** Lloyd's steps for several sets of centroids side by side, each until it moves by at most `limit`. */
function iterate(
  rows: Loaded,
  starts: Float64Array[],
  nClusters: number,
  maxIter: number,
  limit: number,
  report?: Report,
) {
  const sets = [...starts];
  let moving = [...sets.keys()];
  let nIter = 0;
  while (nIter < maxIter && moving.length > 0) {
    const before = moving.map((s) => sets[s]!);
    const labels = assign(rows, before, nClusters);
    moving = moving.filter((s, i) => {
      sets[s] = updateCentroids(rows.X, labels, nClusters, before.length, i);
      return measureShift(before[i]!, sets[s]!) > limit;
    });
    nIter++;
    report?.(nIter / (nIter + 10));
  }
  return { sets, nIter };
}

/** The best centroids of `nInit` restarts on X. */
function restart(X: Matrix, params: KMeansParams, seed: number, report?: Report) {
  const { nClusters, maxIter, tol } = params;
  const even = Math.min(100, Math.max(16, Math.round(restartCells / X.data.length)));
  const nInit = params.nInit === 'auto' ? even : params.nInit;
  const random = createRandom(seed);
  const seedable = takeRows(X, sampleRows(X.nRows, seedRows, seed));
  const starts = Array.from({ length: nInit }, () => seedCentroids(seedable, nClusters, random));
  const rows = { X, chunks: toChunks(X) };
  const limit = tol * X.nColumns;
  const tried = iterate(rows, starts, nClusters, Math.min(firstSteps, maxIter), limit, report);
  const ranked = rankByInertia(X, assign(rows, tried.sets, nClusters), nClusters, nInit);
  const finalists = ranked.slice(0, nFinalists).map((s) => tried.sets[s]!);
  const moved = tryMoves(rows, finalists, nClusters, random, report);
  const done = iterate(rows, moved.sets, nClusters, maxIter, limit, report);
  const [best] = rankByInertia(X, assign(rows, done.sets, nClusters), nClusters, done.sets.length);
  freeChunks(rows.chunks);
  return { centroids: done.sets[best!]!, nIter: tried.nIter + moved.nIter + done.nIter };
}

/** The best set with one centre, any, put on a row drawn by its squared distance from its own centre. */
function moveCentre(
  { X }: Loaded,
  centroids: Float64Array,
  labels: Int32Array,
  nClusters: number,
  random: Random,
) {
  const weight = Float64Array.from(labels, (c, i) => distanceToCentroid(X, i, centroids, c));
  const row = drawRow(
    weight,
    weight.reduce((sum, value) => sum + value, 0),
    random,
  );
  const d = X.nColumns;
  const moved = centroids.slice();
  moved.set(X.data.subarray(row * d, row * d + d), random.below(nClusters) * d);
  return moved;
}

/** Rounds of moves from the best set, a way out of poor optima that more restarts do not find; best sets first. */
function tryMoves(rows: Loaded, sets: Float64Array[], nClusters: number, random: Random, report?: Report) {
  let nIter = 0;
  const canMove = nClusters > 3 && rows.X.data.length <= moveCells;
  for (let round = 0; canMove && round < mostRounds; round++) {
    const best = sets[0]!;
    const labels = assign(rows, [best], nClusters);
    const moves = Array.from({ length: nMoves }, () => moveCentre(rows, best, labels, nClusters, random));
    const tried = iterate(rows, [...sets, ...moves], nClusters, firstSteps, 0, report);
    const ranked = rankByInertia(rows.X, assign(rows, tried.sets, nClusters), nClusters, tried.sets.length);
    nIter += tried.nIter;
    const isBetter = ranked[0]! >= sets.length;
    sets = ranked.slice(0, nFinalists).map((s) => tried.sets[s]!);
    if (!isBetter) break;
  }
  return { sets, nIter };
}

const toRows = (centroids: Float64Array, d: number): number[][] =>
  Array.from({ length: centroids.length / d }, (_, c) => Array.from(centroids.subarray(c * d, c * d + d)));

/** Lloyd's algorithm on tensors; the columns of X must be standardised. `tol` is a squared move per column. */
export const kmeans: Estimator<KMeansParams, KMeansModel, Int32Array> = {
  name: 'kmeans',
  version: 2,
  defaults: { nClusters: 4, nInit: 'auto', maxIter: 300, tol: 1e-6 },

  fit(X, params, { seed, report }) {
    const { nClusters, maxIter, tol } = params;
    if (X.nRows < nClusters) throw new AppError('TooFewRows', X.nRows, nClusters);
    const isSampled = X.nRows > sampleSize;
    const tried = isSampled ? takeRows(X, sampleRows(X.nRows, sampleSize, seed)) : X;
    const start = restart(tried, params, seed, report);
    const rows = { X, chunks: toChunks(X) };
    const full = isSampled
      ? iterate(rows, [start.centroids], nClusters, maxIter, tol * X.nColumns, report)
      : { sets: [start.centroids], nIter: 0 };
    const labels = assign(rows, full.sets, nClusters);
    freeChunks(rows.chunks);
    const centroids = updateCentroids(X, labels, nClusters);
    report?.(1);
    return {
      centroids: toRows(centroids, X.nColumns),
      inertia: measureInertia(X, labels, centroids),
      nIter: start.nIter + full.nIter,
    };
  },

  predict(model, X) {
    const rows = { X, chunks: toChunks(X) };
    const labels = assign(rows, [Float64Array.from(model.centroids.flat())], model.centroids.length);
    freeChunks(rows.chunks);
    return labels;
  },
};
