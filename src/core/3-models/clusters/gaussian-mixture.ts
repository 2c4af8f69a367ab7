import type { Matrix } from '../../kit/matrix';
import { createRandom } from '../../kit/random';
import { part, type Estimator, type Report } from '../estimator';
import { sampleRows, takeRows } from '../rows';
import { distanceToCentroid, toDoubles } from './centroids';
import { checkRows } from './check-rows';
import { countCovarianceParameters, whiten, type CovarianceKind } from './covariances';
import { clusterQuickly, nearestCentroid } from './lloyd';
import { climb, expect, sharesOf, type Fitted, type Mixture } from './mixture-em';
import { cutTree, growTree } from './ward';

/** `regCovar` is added to every variance; `tol` is the gain in log-likelihood a row below which EM ends. */
export type MixtureParams = {
  nClusters: number;
  covariance: CovarianceKind;
  nInit: 'auto' | number;
  maxIter: number;
  tol: number;
  regCovar: number;
};

/**
 * What `fit` learned. Covariances are row-major: nColumns² each (full), one for all (tied), nColumns (diag), 1 (spherical);
 * `precisionsCholesky` are scikit-learn's, U with U U' = covariance⁻¹. BIC and AIC: lower is better.
 */
export type MixtureModel = {
  covariance: CovarianceKind;
  weights: number[];
  centroids: number[][];
  covariances: number[][];
  precisionsCholesky: number[][];
  logLikelihood: number;
  nParameters: number;
  bic: number;
  aic: number;
  /** Components that shrank onto repeated values, where the likelihood and the BIC say nothing. */
  collapsed: number[];
  nIter: number;
};

/** Starts are tried on at most this many rows, a few rows more than Ward's tree takes; all rows get the last steps. */
const [sampleSize, wholeRows] = [3_000, 12_000];
const treeRows = 1_000;
const [fewestSteps, mostFinished] = [5, 4];
/** The one that is kept climbs on until a step gains this much less. */
const endTol = 1e-2;
/** Products that the steps on all rows may take: a table of 20,000 rows and ten columns climbs to the end. */
const fullWork = 2e9;
const sampleTol = 1e-4;
const sampleSteps = 60;
/** Numbers all starts may look at in a step; small tables afford more starts. */
const startCells = 3_000_000;
const mostStarts = 90;
const firstSteps = 20;
const fewestFinalists = 4;
const finalistShare = 1 / 6;
/** A variance this many times the floor, or less, is a collapse. */
const nearFloor = 100;

/** Labels to start from: Ward's clusters of a few rows, then k-means of one start each, some left unfinished. */
function* startLabels(X: Matrix, nClusters: number, nInit: number, seed: number, report: Report) {
  const few = takeRows(X, sampleRows(X.nRows, treeRows, seed));
  const cut = cutTree(growTree(few, report), few.nRows, nClusters);
  const means = averageCut(few, cut, nClusters);
  yield few.nRows === X.nRows ? cut : nearestCentroid(X, means, nClusters);
  yield clusterQuickly(X, nClusters, seed, 5, 100).labels;
  yield labelShells(X, nClusters);
  const random = createRandom(seed);
  for (let i = 3; i < nInit; i++) {
    const drawn = takeRows(X, sampleRows(X.nRows, nClusters, random.below(2 ** 31)));
    if (i % 3 === 0) yield nearestCentroid(X, Float64Array.from(drawn.data), nClusters);
    else yield clusterQuickly(X, nClusters, seed + i, 1, i % 3 === 1 ? 100 : 1).labels;
  }
}

/** Shells of equally many rows about the mean: a tight component may lie within a wide one. */
function labelShells(X: Matrix, nClusters: number): Int32Array {
  const middle = averageCut(X, new Int32Array(X.nRows), 1);
  const gaps = Float64Array.from({ length: X.nRows }, (_, i) => distanceToCentroid(X, i, middle, 0));
  const labels = new Int32Array(X.nRows);
  const order = [...gaps.keys()].sort((a, b) => gaps[a]! - gaps[b]!);
  order.forEach((row, rank) => (labels[row] = Math.floor((rank * nClusters) / X.nRows)));
  return labels;
}

function averageCut(X: Matrix, labels: Int32Array, nClusters: number): Float64Array {
  const d = X.nColumns;
  const means = new Float64Array(nClusters * d);
  const sizes = new Float64Array(nClusters);
  for (const label of labels) sizes[label]! += 1;
  labels.forEach((label, i) => {
    for (let j = 0; j < d; j++) means[label * d + j]! += X.data[i * d + j]! / sizes[label]!;
  });
  return means;
}

/** The best of several starts, best first: a few steps each, then the best few to the end. */
function search(X: Matrix, nClusters: number, params: MixtureParams, seed: number, report: Report): Fitted[] {
  const { covariance: kind, regCovar: floor, maxIter, tol } = params;
  const even = Math.min(mostStarts, Math.max(6, Math.round(startCells / (X.data.length * nClusters))));
  const nInit = params.nInit === 'auto' ? even : Math.max(2, params.nInit);
  const tried: { fitted: Fitted; labels: Int32Array }[] = [];
  for (const labels of startLabels(X, nClusters, nInit, seed, part(report, 0, 0.4 / nInit))) {
    const fitted = climb(X, sharesOf(labels, nClusters), nClusters, kind, {
      floor,
      maxIter: firstSteps,
      tol,
    });
    if (fitted) tried.push({ fitted, labels });
    report((0.4 * tried.length) / nInit);
  }
  tried.sort((a, b) => b.fitted.logLikelihood - a.fitted.logLikelihood);
  const nFinalists = Math.max(fewestFinalists, Math.round(finalistShare * nInit));
  const finished = tried.slice(0, nFinalists).map(({ fitted }, i) => {
    const shares = new Float64Array(X.nRows * nClusters);
    expect(X, fitted.mixture, shares);
    report(0.4 + (0.6 * i) / nFinalists);
    return climb(X, shares, nClusters, kind, { floor, maxIter, tol }) ?? fitted;
  });
  return bestFirst(finished);
}

const bestFirst = (fits: Fitted[]) => fits.sort((a, b) => b.logLikelihood - a.logLikelihood);

/** What was found on some rows, climbed on all of them: the best few a little, the best to the end where that is not too much. */
function finish(X: Matrix, found: Fitted[], params: MixtureParams, report: Report): Fitted {
  const { covariance: kind, regCovar: floor, tol, maxIter } = params;
  const k = found[0]!.mixture.weights.length;
  const isFlat = kind === 'diag' || kind === 'spherical';
  const nSteps = Math.round(fullWork / (X.data.length * k * (isFlat ? 1 : X.nColumns)));
  const shares = new Float64Array(X.nRows * k);
  const climbOn = (one: Fitted, steps: number, told: Report): Fitted => {
    expect(X, one.mixture, shares);
    const options = { floor, tol: tol * endTol, maxIter: steps, report: told };
    return climb(X, shares, k, kind, options) ?? one;
  };
  if (nSteps < fewestSteps * mostFinished) return climbOn(found[0]!, fewestSteps, report);
  const few = found.slice(0, mostFinished);
  const climbed = few.map((one, i) => climbOn(one, fewestSteps, part(report, i / 8, (i + 1) / 8)));
  return climbOn(bestFirst(climbed)[0]!, Math.min(nSteps, maxIter), part(report, 0.5, 1));
}

/** L⁻¹ (lower, or its diagonal) as scikit-learn's upper factor, its transpose. */
function transposeFactor(values: Float64Array, d: number): number[] {
  if (values.length === d) return Array.from(values);
  return Array.from({ length: d * d }, (_, at) => values[(at % d) * d + Math.floor(at / d)]!);
}

function describe({ mixture, logLikelihood, nIter }: Fitted, nRows: number, floor: number): MixtureModel {
  const { kind, weights, means, covariances, whiteners, nColumns: d } = mixture;
  const k = weights.length;
  const short = kind === 'spherical' ? 1 : undefined;
  const nParameters = k - 1 + k * d + countCovarianceParameters(kind, d, k);
  const least = covariances.map((one) =>
    Math.min(...Array.from({ length: d }, (_, j) => one[one.length === d ? j : j * d + j]!)),
  );
  return {
    covariance: kind,
    weights: Array.from(weights),
    centroids: Array.from({ length: k }, (_, c) => Array.from(means.subarray(c * d, c * d + d))),
    covariances: covariances.map((one) => Array.from(one.subarray(0, short))),
    precisionsCholesky: whiteners
      .slice(0, covariances.length)
      .map(({ values }) => transposeFactor(values, d).slice(0, short)),
    logLikelihood,
    nParameters,
    bic: -2 * logLikelihood + nParameters * Math.log(nRows),
    aic: -2 * logLikelihood + 2 * nParameters,
    collapsed: [...least.keys()].filter((c) => least[c]! <= nearFloor * floor),
    nIter,
  };
}

function restore(model: MixtureModel): Mixture {
  const d = model.centroids[0]!.length;
  const covariances = model.covariances.map((one) =>
    model.covariance === 'spherical' ? new Float64Array(d).fill(one[0]!) : Float64Array.from(one),
  );
  return {
    kind: model.covariance,
    weights: Float64Array.from(model.weights),
    means: Float64Array.from(model.centroids.flat()),
    covariances,
    whiteners: model.weights.map((_, c) => whiten(covariances[c] ?? covariances[0]!, d, model.covariance)!),
    nColumns: d,
  };
}

/** Each row's probability for each component, nRows x nClusters in float64: a row's sum is 1 to 1e-9. */
export function predictProba(model: MixtureModel, X: Matrix): Float64Array {
  const shares = new Float64Array(X.nRows * model.weights.length);
  expect(toDoubles(X), restore(model), shares);
  return shares;
}

function countDistinct(X: Matrix, most: number): number {
  const seen = new Set<string>();
  const d = X.nColumns;
  for (let i = 0; i < X.nRows && seen.size < most; i++) seen.add(X.data.subarray(i * d, i * d + d).join());
  return seen.size;
}

/** Gaussian mixture by EM in float64. Fewer components when fewer rows differ. */
export const gaussianMixture: Estimator<MixtureParams, MixtureModel, Int32Array> = {
  name: 'gaussianMixture',
  version: 2,
  defaults: { nClusters: 4, covariance: 'full', nInit: 'auto', maxIter: 500, tol: 1e-6, regCovar: 1e-6 },

  fit(X, params, { seed, report }) {
    checkRows(X, Math.max(2, params.nClusters));
    const rows = toDoubles(X);
    const nClusters = countDistinct(rows, params.nClusters);
    const sample = X.nRows > wholeRows ? takeRows(rows, sampleRows(X.nRows, sampleSize, seed)) : rows;
    const whole = sample === rows;
    const searched = whole
      ? params
      : { ...params, tol: Math.max(params.tol, sampleTol), maxIter: sampleSteps };
    const found = search(sample, nClusters, searched, seed, part(report, 0, 0.6));
    return describe(finish(rows, found, params, part(report, 0.6, 1)), X.nRows, params.regCovar);
  },

  predict(model, X) {
    const k = model.weights.length;
    const shares = predictProba(model, X);
    return Int32Array.from({ length: X.nRows }, (_, i) => {
      let best = 0;
      for (let c = 1; c < k; c++) if (shares[i * k + c]! > shares[i * k + best]!) best = c;
      return best;
    });
  },
};
