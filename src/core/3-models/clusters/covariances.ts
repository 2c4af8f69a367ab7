import type { Matrix } from '../../kit/matrix';

/** full: one for each component; tied: one for all; diag: no correlation; spherical: one variance a component. */
export type CovarianceKind = 'full' | 'diag' | 'tied' | 'spherical';

/**
 * A component's covariance as `L⁻¹` with L L' = covariance: lower triangle, row-major, nColumns²; for diag and spherical
 * only the diagonal, nColumns. `logDet` is log |L⁻¹|.
 */
export type Whitener = { values: Float64Array; logDet: number; isDiagonal: boolean };

const isDiagonal = (kind: CovarianceKind) => kind === 'diag' || kind === 'spherical';

/** L⁻¹ of a symmetric positive matrix; null when it is not positive. */
function invertCholesky(S: Float64Array, d: number): Whitener | null {
  const L = new Float64Array(d * d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j <= i; j++) {
      let sum = S[i * d + j]!;
      for (let k = 0; k < j; k++) sum -= L[i * d + k]! * L[j * d + k]!;
      if (i === j && !(sum > 0)) return null;
      L[i * d + j] = i === j ? Math.sqrt(sum) : sum / L[j * d + j]!;
    }
  const values = new Float64Array(d * d);
  let logDet = 0;
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum -= L[i * d + k]! * values[k * d + j]!;
      values[i * d + j] = sum / L[i * d + i]!;
    }
    values[i * d + i] = 1 / L[i * d + i]!;
    logDet -= Math.log(L[i * d + i]!);
  }
  return { values, logDet, isDiagonal: false };
}

function invertDiagonal(variances: Float64Array): Whitener {
  const values = variances.map((variance) => 1 / Math.sqrt(variance));
  return { values, logDet: values.reduce((sum, value) => sum + Math.log(value), 0), isDiagonal: true };
}

/** The whitener of a stored covariance; null when it is no covariance. */
export const whiten = (covariance: Float64Array, d: number, kind: CovarianceKind): Whitener | null =>
  isDiagonal(kind) ? invertDiagonal(covariance) : invertCholesky(covariance, d);

/** Squared Mahalanobis distance of the row that begins at `at` from `mean`, which begins at `to`; `gap` is scratch. */
export function measureMahalanobis(
  data: Matrix['data'],
  at: number,
  means: Float64Array,
  to: number,
  whitener: Whitener,
  gap: Float64Array,
): number {
  const d = gap.length;
  const { values } = whitener;
  let total = 0;
  if (whitener.isDiagonal) {
    for (let j = 0; j < d; j++) total += ((data[at + j]! - means[to + j]!) * values[j]!) ** 2;
    return total;
  }
  for (let j = 0; j < d; j++) gap[j] = data[at + j]! - means[to + j]!;
  for (let i = 0; i < d; i++) {
    let sum = 0;
    for (let j = 0, from = i * d; j <= i; j++) sum += values[from + j]! * gap[j]!;
    total += sum * sum;
  }
  return total;
}

/** Sums of squares about the weighted mean of one component: lower triangle (full, tied) or diagonal. */
export function sumSquares(
  { data, nRows, nColumns: d }: Matrix,
  shares: Float64Array,
  c: number,
  nClusters: number,
  mean: Float64Array,
  kind: CovarianceKind,
): Float64Array {
  const diagonal = isDiagonal(kind);
  const sums = new Float64Array(diagonal ? d : d * d);
  const gap = new Float64Array(d);
  for (let i = 0; i < nRows; i++) {
    const share = shares[i * nClusters + c]!;
    if (share < 1e-12) continue;
    for (let j = 0; j < d; j++) gap[j] = data[i * d + j]! - mean[j]!;
    for (let a = 0; a < d; a++) {
      const pull = share * gap[a]!;
      if (diagonal) sums[a]! += pull * gap[a]!;
      else for (let b = 0, to = a * d; b <= a; b++) sums[to + b]! += pull * gap[b]!;
    }
  }
  return sums;
}

/** Sums of squares over `n` as a covariance, symmetric, with `floor` added to every variance. */
export function toCovariance(sums: Float64Array, n: number, d: number, floor: number, kind: CovarianceKind) {
  if (kind === 'spherical')
    return new Float64Array(d).fill(sums.reduce((total, sum) => total + sum, 0) / (n * d) + floor);
  if (kind === 'diag') return sums.map((sum) => sum / n + floor);
  const covariance = new Float64Array(d * d);
  for (let a = 0; a < d; a++)
    for (let b = 0; b <= a; b++)
      covariance[a * d + b] = covariance[b * d + a] = sums[a * d + b]! / n + (a === b ? floor : 0);
  return covariance;
}

/** Free numbers in the covariances, as scikit-learn and mclust count them. */
export function countCovarianceParameters(kind: CovarianceKind, d: number, nClusters: number): number {
  if (kind === 'full') return (nClusters * d * (d + 1)) / 2;
  if (kind === 'tied') return (d * (d + 1)) / 2;
  return kind === 'diag' ? nClusters * d : nClusters;
}
