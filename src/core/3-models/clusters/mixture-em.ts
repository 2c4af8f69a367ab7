import type { Matrix } from '../../kit/matrix';
import type { Report } from '../estimator';
import {
  measureMahalanobis,
  sumSquares,
  toCovariance,
  whiten,
  type CovarianceKind,
  type Whitener,
} from './covariances';

/** A mixture while it is fitted: means nClusters x nColumns, one covariance and whitener a component (shared when tied). */
export type Mixture = {
  kind: CovarianceKind;
  weights: Float64Array;
  means: Float64Array;
  covariances: Float64Array[];
  whiteners: Whitener[];
  nColumns: number;
};

/** Memberships of each row (nRows x nClusters, each row sums to 1) into `shares`; returns the log-likelihood of all rows. */
export function expect(X: Matrix, mixture: Mixture, shares: Float64Array): number {
  const { data, nRows, nColumns: d } = X;
  const { weights, means, whiteners } = mixture;
  const k = weights.length;
  const gap = new Float64Array(d);
  const constant = -0.5 * d * Math.log(2 * Math.PI);
  const bases = Float64Array.from(weights, (weight, c) => Math.log(weight) + whiteners[c]!.logDet + constant);
  let logLikelihood = 0;
  for (let i = 0; i < nRows; i++) {
    let most = -Infinity;
    for (let c = 0; c < k; c++) {
      const score = bases[c]! - 0.5 * measureMahalanobis(data, i * d, means, c * d, whiteners[c]!, gap);
      shares[i * k + c] = score;
      if (score > most) most = score;
    }
    let sum = 0;
    for (let c = 0; c < k; c++) sum += shares[i * k + c] = Math.exp(shares[i * k + c]! - most);
    for (let c = 0; c < k; c++) shares[i * k + c]! /= sum;
    logLikelihood += most + Math.log(sum);
  }
  return logLikelihood;
}

function averageRows(X: Matrix, shares: Float64Array, sizes: Float64Array): Float64Array {
  const { data, nRows, nColumns: d } = X;
  const k = sizes.length;
  const means = new Float64Array(k * d);
  for (let i = 0; i < nRows; i++)
    for (let c = 0; c < k; c++) {
      const share = shares[i * k + c]!;
      if (share > 0) for (let j = 0; j < d; j++) means[c * d + j]! += share * data[i * d + j]!;
    }
  for (let c = 0; c < k; c++) for (let j = 0; j < d; j++) means[c * d + j]! /= sizes[c]!;
  return means;
}

/** The mixture that fits the memberships best; `floor` is added to every variance. Null when a covariance breaks down. */
export function maximise(
  X: Matrix,
  shares: Float64Array,
  nClusters: number,
  kind: CovarianceKind,
  floor: number,
): Mixture | null {
  const { nRows, nColumns: d } = X;
  const sizes = new Float64Array(nClusters).fill(1e-14);
  for (let i = 0; i < shares.length; i++) sizes[i % nClusters]! += shares[i]!;
  const means = averageRows(X, shares, sizes);
  const sums = Array.from(sizes, (_, c) =>
    sumSquares(X, shares, c, nClusters, means.subarray(c * d, c * d + d), kind),
  );
  const covariances =
    kind === 'tied'
      ? [toCovariance(addUp(sums), nRows, d, floor, kind)]
      : sums.map((own, c) => toCovariance(own, sizes[c]!, d, floor, kind));
  const own = covariances.map((covariance) => whiten(covariance, d, kind));
  if (own.some((one) => one === null)) return null;
  const whiteners = Array.from(sizes, (_, c) => own[kind === 'tied' ? 0 : c]!);
  return { kind, weights: sizes.map((n) => n / nRows), means, covariances, whiteners, nColumns: d };
}

const addUp = (sums: Float64Array[]): Float64Array =>
  sums.reduce((total, own) => total.map((value, i) => value + own[i]!));

export type Fitted = { mixture: Mixture; logLikelihood: number; nIter: number };

/** EM from memberships until a step gains less than `tol` a row (scikit-learn's rule) or `maxIter`; null when it breaks down. */
export function climb(
  X: Matrix,
  start: Float64Array,
  nClusters: number,
  kind: CovarianceKind,
  options: { floor: number; maxIter: number; tol: number; report?: Report },
): Fitted | null {
  const shares = start.slice();
  let best: Fitted | null = null;
  for (let nIter = 1; nIter <= options.maxIter; nIter++) {
    const mixture = maximise(X, shares, nClusters, kind, options.floor);
    if (!mixture) return best;
    const logLikelihood = expect(X, mixture, shares);
    if (!Number.isFinite(logLikelihood)) return best;
    const gain = best ? logLikelihood - best.logLikelihood : Infinity;
    if (gain < 0) return best;
    best = { mixture, logLikelihood, nIter };
    if (gain < options.tol * X.nRows) break;
    options.report?.(nIter / (nIter + 20));
  }
  return best;
}

/** Memberships of 1 for each row's label, 0 for the others. */
export function sharesOf(labels: Int32Array, nClusters: number): Float64Array {
  const shares = new Float64Array(labels.length * nClusters);
  labels.forEach((label, i) => (shares[i * nClusters + label] = 1));
  return shares;
}
