import type { Matrix } from '../../kit/matrix';
import { part, type Report } from '../estimator';

/** Principal axes: unit vectors as rows (nColumns x nColumns), their variances (population), largest first. */
export type Components = { mean: Float64Array; axes: Float64Array; variances: number[] };

/** Population covariance of the columns, nColumns x nColumns. */
export function measureCovariance(
  X: Matrix,
  report?: Report,
): { mean: Float64Array; covariance: Float64Array } {
  const d = X.nColumns;
  const mean = new Float64Array(d);
  for (let i = 0; i < X.data.length; i++) mean[i % d]! += X.data[i]! / X.nRows;
  const covariance = new Float64Array(d * d);
  const row = new Float64Array(d);
  for (let i = 0; i < X.nRows; i++) {
    if (i % 1024 === 0) report?.(i / X.nRows);
    for (let j = 0; j < d; j++) row[j] = X.data[i * d + j]! - mean[j]!;
    for (let a = 0; a < d; a++) for (let b = 0; b <= a; b++) covariance[a * d + b]! += row[a]! * row[b]!;
  }
  for (let a = 0; a < d; a++)
    for (let b = 0; b <= a; b++)
      covariance[a * d + b] = covariance[b * d + a] = covariance[a * d + b]! / X.nRows;
  return { mean, covariance };
}

/** One Jacobi rotation that zeroes element (p, q) of the symmetric matrix S and turns the axes with it. */
function rotate(S: Float64Array, axes: Float64Array, d: number, p: number, q: number): void {
  const off = S[p * d + q]!;
  if (Math.abs(off) < 1e-300) return;
  const theta = (S[q * d + q]! - S[p * d + p]!) / (2 * off);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cos = 1 / Math.sqrt(t * t + 1);
  const sin = t * cos;
  for (let i = 0; i < d; i++) {
    const ip = S[i * d + p]!;
    const iq = S[i * d + q]!;
    S[i * d + p] = cos * ip - sin * iq;
    S[i * d + q] = sin * ip + cos * iq;
  }
  for (let i = 0; i < d; i++) {
    const pi = S[p * d + i]!;
    const qi = S[q * d + i]!;
    S[p * d + i] = cos * pi - sin * qi;
    S[q * d + i] = sin * pi + cos * qi;
    const ap = axes[p * d + i]!;
    const aq = axes[q * d + i]!;
    axes[p * d + i] = cos * ap - sin * aq;
    axes[q * d + i] = sin * ap + cos * aq;
  }
}

const offDiagonal = (S: Float64Array, d: number) =>
  S.reduce((sum, value, i) => (Math.floor(i / d) === i % d ? sum : sum + value * value), 0);

/** Principal components by cyclic Jacobi rotations; each axis points so that its largest coordinate is positive. */
export function findComponents(X: Matrix, report?: Report): Components {
  const d = X.nColumns;
  const { mean, covariance: S } = measureCovariance(X, part(report, 0, 0.3));
  const axes = new Float64Array(d * d);
  for (let j = 0; j < d; j++) axes[j * d + j] = 1;
  for (let sweep = 0; sweep < 50 && offDiagonal(S, d) > 1e-24; sweep++)
    for (let p = 0; p < d; p++) {
      if (p % 64 === 0) report?.(0.3 + 0.7 * ((sweep + p / d) / (sweep + 5)));
      for (let q = p + 1; q < d; q++) rotate(S, axes, d, p, q);
    }
  const order = Array.from({ length: d }, (_, j) => j).sort((a, b) => S[b * d + b]! - S[a * d + a]!);
  const sorted = new Float64Array(d * d);
  order.forEach((from, to) => {
    const axis = axes.slice(from * d, from * d + d);
    const largest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
    sorted.set(largest < 0 ? axis.map((value) => -value) : axis, to * d);
  });
  return { mean, axes: sorted, variances: order.map((j) => Math.max(S[j * d + j]!, 0)) };
}

/** Coordinates of the rows along the first `nAxes` components, nRows x nAxes. */
export function projectRows(X: Matrix, { mean, axes }: Components, nAxes: number): Matrix {
  const d = X.nColumns;
  const data = new Float64Array(X.nRows * nAxes);
  for (let i = 0; i < X.nRows; i++)
    for (let a = 0; a < nAxes; a++) {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += (X.data[i * d + j]! - mean[j]!) * axes[a * d + j]!;
      data[i * nAxes + a] = sum;
    }
  return { data, nRows: X.nRows, nColumns: nAxes };
}
