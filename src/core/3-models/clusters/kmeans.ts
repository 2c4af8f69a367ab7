import type { Matrix } from '../../kit/matrix';
import { createRandom, type Random } from '../../kit/random';
import { part, type Estimator, type Report } from '../estimator';
import { sampleRows, takeRows } from '../rows';
import { averageMembers, fillGaps, measureInertia, toDoubles } from './centroids';
import { checkRows } from './check-rows';
import { descend, nearestCentroid, type Clusters } from './lloyd';
import { drawRow, seedCentroids } from './seeding';

/** `nInit` 'auto': as many restarts as keep the work even, 18 for large data to 100 for a few hundred rows. */
export type KMeansParams = { nClusters: number; nInit: 'auto' | number; maxIter: number; tol: number };

/** What `fit` learned: one row for each segment's mean; `inertia` over the rows it was fitted on. */
export type KMeansModel = { centroids: number[][]; inertia: number; nIter: number };

/** Restarts run on at most this many rows, moves on at most that many; what they find is refined on all. */
const restartRows = 4_000;
const moveRows = 8_000;
/** Up to here all rows are searched; of more, some samples, each judged on all rows after a few steps. */
const wholeRows = 12_000;
const nSamples = 3;
const judgeSteps = 3;
/** Numbers looked at by all restarts in one step, and by all moves: small tables afford more. */
const restartCells = 600_000;
const mostMoves = 240;
/** How hard one set of rows is searched: all of them, or one of the samples, which share the restarts. */
type Effort = { fewestStarts: number; nFinalists: number; fewestMoves: number; moveCells: number };
const onAll: Effort = { fewestStarts: 16, nFinalists: 4, fewestMoves: 40, moveCells: 500_000_000 };
const onSample: Effort = { fewestStarts: 6, nFinalists: 2, fewestMoves: 10, moveCells: 25_000_000 };
/** Steps a restart gets before only the best go on, and steps to judge a move by. */
const firstSteps = 8;
const moveSteps = 5;
/** A move this near to the best so far gets more steps before it is given up. */
const worthFinishing = 1.002;
const finishSteps = 40;
/** Steps that part a cluster in two. */
const splitSteps = 8;

const between = (least: number, value: number, most: number) =>
  Math.min(most, Math.max(least, Math.round(value)));

const takeSample = (X: Matrix, size: number, seed: number) =>
  X.nRows > size ? takeRows(X, sampleRows(X.nRows, size, seed)) : X;

/** The best few of the restarts after their first steps, best first. */
function restart(
  X: Matrix,
  params: KMeansParams,
  { fewestStarts, nFinalists }: Effort,
  random: Random,
  report: Report,
): Float64Array[] {
  const { nClusters, maxIter } = params;
  const even = between(fewestStarts, restartCells / X.data.length, 100);
  const nInit = params.nInit === 'auto' ? even : Math.max(1, params.nInit);
  const tried = Array.from({ length: nInit }, (_, i) => {
    report(i / nInit);
    return descend(X, seedCentroids(X, nClusters, random), nClusters, Math.min(firstSteps, maxIter));
  });
  tried.sort((a, b) => a.inertia - b.inertia);
  return tried.slice(0, nFinalists).map(({ centroids }) => centroids);
}

/** Each row's squared distance to its nearest centroid, and what each cluster's rows would lose without it. */
type Losses = { nearest: Float64Array; losses: Float64Array; total: number };

function measureLosses(X: Matrix, { centroids }: Clusters, nClusters: number): Losses {
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

/** The least missed centroid takes one half of the members of cluster `split`, as 2-means parts them from a random start. */
function splitCluster(
  X: Matrix,
  { centroids, labels }: Clusters,
  split: number,
  leaves: number,
  random: Random,
) {
  const d = X.nColumns;
  const members = takeRows(
    X,
    Int32Array.from(labels.keys()).filter((row) => labels[row] === split),
  );
  const ends = [random.below(members.nRows), random.below(members.nRows)];
  const halves = descend(members, Float64Array.from(takeRows(members, ends).data), 2, splitSteps);
  const moved = centroids.slice();
  moved.set(halves.centroids.subarray(0, d), split * d);
  moved.set(halves.centroids.subarray(d), leaves * d);
  return { moved, inertia: halves.inertia };
}

/** Another set of centroids to try: by turns a cluster split in two and a centroid put on a far-off row (Fränti 2018). */
function moveCentroid(
  X: Matrix,
  best: Clusters,
  { nearest, losses, total }: Losses,
  turn: number,
  random: Random,
) {
  const d = X.nColumns;
  const row = drawRow(nearest, total, random);
  const split = best.labels[row]!;
  const others = losses.map((loss, c) => (c === split && turn % 3 > 0 ? Infinity : loss));
  const least = others.indexOf(Math.min(...others));
  const any = random.below(losses.length);
  const leaves = turn % 2 === 0 || (any === split && turn % 3 > 0) ? least : any;
  if (turn % 3 > 0) return splitCluster(X, best, split, leaves, random).moved;
  const moved = best.centroids.slice();
  moved.set(X.data.subarray(row * d, row * d + d), leaves * d);
  return moved;
}

/** Rounds of moves, a way out of poor optima that more restarts do not find; kept when a few steps make it better. */
function tryMoves(
  X: Matrix,
  start: Clusters,
  nClusters: number,
  { fewestMoves, moveCells }: Effort,
  random: Random,
  report: Report,
): Clusters {
  if (nClusters < 2) return start;
  const step = X.data.length * nClusters;
  const nMoves = between(fewestMoves, moveCells / (moveSteps * step), mostMoves);
  const mostSteps = nMoves * moveSteps;
  let nSteps = 0;
  let best = start;
  let losses = measureLosses(X, best, nClusters);
  for (let turn = 0; nSteps < mostSteps; turn++) {
    report(nSteps / mostSteps);
    nSteps += moveSteps;
    const moved = moveCentroid(X, best, losses, turn, random);
    const tried = descend(X, moved, nClusters, moveSteps);
    if (tried.inertia > best.inertia * worthFinishing) continue;
    const finished = descend(X, tried.centroids, nClusters, finishSteps);
    nSteps += finished.nIter;
    if (finished.inertia >= best.inertia) continue;
    best = finished;
    losses = measureLosses(X, best, nClusters);
  }
  return best;
}

/** The best clusters of rows few enough to try many. */
function search(X: Matrix, params: KMeansParams, effort: Effort, seed: number, report: Report): Clusters {
  const { nClusters, maxIter } = params;
  const random = createRandom(seed);
  const few = takeSample(X, restartRows, seed + 1);
  const finalists = restart(few, params, effort, random, part(report, 0, 0.3)).map((start) =>
    descend(X, start, nClusters, Math.min(finishSteps, maxIter)),
  );
  const [first, ...others] = finalists;
  const best = others.reduce((least, one) => (one.inertia < least.inertia ? one : least), first!);
  return tryMoves(X, best, nClusters, effort, random, part(report, 0.4, 1));
}

/** The start for all rows: of several samples' best, since one may hold a far-off row that leads it astray. */
function searchSamples(X: Matrix, params: KMeansParams, seed: number, report: Report): Clusters {
  if (X.nRows <= wholeRows) return search(X, params, onAll, seed, report);
  const found = Array.from({ length: nSamples }, (_, s) => {
    const sample = takeSample(X, moveRows, seed + 1000 * s);
    const { centroids } = search(
      sample,
      params,
      onSample,
      seed + s,
      part(report, s / nSamples, (s + 1) / nSamples),
    );
    return descend(X, centroids, params.nClusters, judgeSteps);
  });
  return found.reduce((least, one) => (one.inertia < least.inertia ? one : least));
}

/** k-means in plain numbers: restarts on few rows, swaps on more, Lloyd's steps on all. `tol` is a squared move a column. */
export const kmeans: Estimator<KMeansParams, KMeansModel, Int32Array> = {
  name: 'kmeans',
  version: 6,
  defaults: { nClusters: 4, nInit: 'auto', maxIter: 300, tol: 1e-6 },

  fit(X, params, { seed, report }) {
    const { nClusters, maxIter, tol } = params;
    checkRows(X, nClusters);
    const rows = toDoubles(X);
    const start = searchSamples(rows, params, seed, part(report, 0, 0.7));
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
