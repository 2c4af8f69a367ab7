import type { Matrix } from '../../kit/matrix';
import type { CovarianceKind } from './covariances';
import { sampleRows, takeRows } from '../rows';
import { toDoubles } from './centroids';
import { part, type Report } from '../estimator';
import { climb, expect, sharesOf, type Fitted } from './mixture-em';

/** Probabilities nRows x nClusters, a row's sum 1; `second` is the likeliest cluster beside the row's own, -1 without one. */
export type Memberships = { probabilities: Float32Array; second: Int32Array };

/** A mixture is fitted on at most this many rows. */
const sampleSize = 2_500;
const maxIter = 100;
const tol = 1e-4;
/** Added to every variance as a share of the columns' mean variance: no group is taken to be of no width. */
const floorShare = 0.02;

function meanVariance({ data, nRows, nColumns: d }: Matrix): number {
  const mean = new Float64Array(d);
  for (let i = 0; i < data.length; i++) mean[i % d]! += data[i]! / nRows;
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += (data[i]! - mean[i % d]!) ** 2;
  return sum / data.length;
}

/** The mixture that starts at the labels and describes the rows best for its number of parameters (BIC). */
function describeLabels(X: Matrix, labels: Int32Array, nClusters: number, report?: Report): Fitted | null {
  const { nRows: n, nColumns: d } = X;
  const floor = floorShare * meanVariance(X) || 1;
  const sizes: [CovarianceKind, number][] = [
    ['tied', (d * (d + 1)) / 2],
    ['spherical', nClusters],
    ['diag', nClusters * d],
    ['full', (nClusters * d * (d + 1)) / 2],
  ];
  let best: Fitted | null = null;
  let least = Infinity;
  for (const [at, [kind, nParameters]] of sizes.entries()) {
    if (nClusters + nParameters > n / 4) continue;
    const fitted = climb(X, sharesOf(labels, nClusters), nClusters, kind, {
      floor,
      maxIter,
      tol,
      report: part(report, at / sizes.length, (at + 1) / sizes.length),
    });
    const bic = fitted ? nParameters * Math.log(n) - 2 * fitted.logLikelihood : Infinity;
    if (bic < least) {
      least = bic;
      best = fitted;
    }
  }
  return best;
}

function findSecond(probabilities: ArrayLike<number>, labels: Int32Array, nClusters: number): Int32Array {
  return labels.map((own, i) => {
    let second = -1;
    for (let c = 0; c < nClusters; c++)
      if (
        c !== own &&
        (second < 0 || probabilities[i * nClusters + c]! > probabilities[i * nClusters + second]!)
      )
        second = c;
    return second;
  });
}

/**
 * How surely each row belongs to each cluster, whatever method made the labels: a Gaussian mixture that starts at them.
 * Rows labelled -1 get what the mixture says all the same.
 */
export function membershipOf(
  X: Matrix,
  labels: Int32Array,
  nClusters: number,
  seed: number,
  report?: Report,
): Memberships {
  const rows = toDoubles(X);
  const assigned = Int32Array.from(labels.keys()).filter((row) => labels[row]! >= 0);
  const taken = sampleRows(assigned.length, sampleSize, seed).map((at) => assigned[at]!);
  const own = Int32Array.from(taken, (row) => labels[row]!);
  const fitted = describeLabels(takeRows(rows, taken), own, nClusters, report);
  const shares = new Float64Array(X.nRows * nClusters);
  if (fitted) expect(rows, fitted.mixture, shares);
  else labels.forEach((label, i) => label >= 0 && (shares[i * nClusters + label] = 1));
  return { probabilities: Float32Array.from(shares), second: findSecond(shares, labels, nClusters) };
}
