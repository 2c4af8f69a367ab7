import type { Matrix } from '../../kit/matrix';
import { createRandom, type Random } from '../../kit/random';
import { part, type Estimator, type Report } from '../estimator';
import { sampleRows, takeRows } from '../rows';
import { averageMembers, measureInertia, toDoubles } from './centroids';
import { checkRows } from './check-rows';
import { between, finishSteps, improveClusters, sameInertia, type MoveEffort } from './improve-clusters';
import { descend, nearestCentroid, type Clusters } from './lloyd';
import { seedCentroids } from './seeding';

/** `nInit` 'auto': as many restarts as keep the work even, 18 for large data to 200 for a few hundred rows. */
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
/** Numbers looked at by all restarts in one step: small tables afford more. */
const restartCells = 1_000_000;
const mostStarts = 200;
/** How hard one set of rows is searched: all of them, or one of the samples, which share the restarts. */
type Effort = { fewestStarts: number; nFinalists: number; moves: MoveEffort };
const onAll: Effort = {
  fewestStarts: 16,
  nFinalists: 10,
  moves: { fewest: 40, cells: 1_000_000_000 },
};
const onSample: Effort = { fewestStarts: 6, nFinalists: 2, moves: { fewest: 10, cells: 25_000_000 } };
/** Steps a restart gets before only the best go on. */
const firstSteps = 8;

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
  const even = between(fewestStarts, restartCells / X.data.length, mostStarts);
  const nInit = params.nInit === 'auto' ? even : Math.max(1, params.nInit);
  const tried = Array.from({ length: nInit }, (_, i) => {
    report(i / nInit);
    return descend(X, seedCentroids(X, nClusters, random), nClusters, Math.min(firstSteps, maxIter));
  });
  tried.sort((a, b) => a.inertia - b.inertia);
  const distinct = tried.filter(
    ({ inertia }, i) => i === 0 || inertia - tried[i - 1]!.inertia > sameInertia * inertia,
  );
  return distinct.slice(0, nFinalists).map(({ centroids }) => centroids);
}

/** The best clusters of rows few enough to try many. */
function search(X: Matrix, params: KMeansParams, effort: Effort, seed: number, report: Report): Clusters {
  const { nClusters, maxIter } = params;
  const random = createRandom(seed);
  const few = takeSample(X, restartRows, seed + 1);
  const finalists = restart(few, params, effort, random, part(report, 0, 0.3)).map((start) =>
    descend(X, start, nClusters, Math.min(finishSteps, maxIter)),
  );
  return improveClusters(X, finalists, effort.moves, random, part(report, 0.4, 1));
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
  version: 7,
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
