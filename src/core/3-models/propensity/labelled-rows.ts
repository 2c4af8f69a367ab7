import { AppError } from '../../kit/errors';
import type { Matrix } from '../../kit/matrix';
import type { LabelledRun } from '../estimator';
import { sampleRows } from '../rows';

/** Rows that count, with outcome and weight of each. */
export type LabelledRows = { rows: Int32Array; y: Uint8Array; weights: Float64Array };

const fewestRows = 2;

/** The rows of X whose weight is above 0; says how many are needed when fewer than two are left. */
export function keepLabelledRows(X: Matrix, { y, weights }: LabelledRun): LabelledRows {
  const rows = Int32Array.from({ length: X.nRows }, (_, i) => i).filter(
    (i) => !weights || (weights[i]! > 0 && weights[i]! < Infinity),
  );
  if (rows.length < fewestRows) throw new AppError('TooFewRows', rows.length, fewestRows);
  return {
    rows,
    y: Uint8Array.from(rows, (i) => y[i]!),
    weights: Float64Array.from(rows, (i) => weights?.[i] ?? 1),
  };
}

export const pickLabelled = ({ rows, y, weights }: LabelledRows, index: ArrayLike<number>): LabelledRows => ({
  rows: Int32Array.from(index, (i) => rows[i]!),
  y: Uint8Array.from(index, (i) => y[i]!),
  weights: Float64Array.from(index, (i) => weights[i]!),
});

/** Positions put aside, a share of each outcome, and the rest; both rising, seeded. */
export function splitByOutcome(y: Uint8Array, share: number, seed: number): [Int32Array, Int32Array] {
  const isAside = new Uint8Array(y.length);
  for (const outcome of [0, 1]) {
    const own = Int32Array.from(y.keys()).filter((i) => y[i] === outcome);
    for (const at of sampleRows(own.length, Math.round(own.length * share), seed + outcome))
      isAside[own[at]!] = 1;
  }
  const all = Int32Array.from(y.keys());
  return [all.filter((i) => !isAside[i]), all.filter((i) => isAside[i] === 1)];
}

/** How many rows had the event and how many did not, the smaller of both. */
export function countRarer(y: Uint8Array): number {
  const positives = y.reduce((sum, label) => sum + label, 0);
  return Math.min(positives, y.length - positives);
}

/** Log-odds of the weighted share of events; half a row more of each where one outcome never came. */
export function startLogOdds({ y, weights }: LabelledRows): number {
  let positives = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    total += weights[i]!;
    if (y[i]) positives += weights[i]!;
  }
  const half = countRarer(y) === 0 ? 0.5 : 0;
  return Math.log((positives + half) / (total - positives + half));
}

/** Weighted mean negative log-likelihood at these log-odds. */
export function lossAt(logOdds: Float64Array, y: Uint8Array, weights: Float64Array): number {
  let loss = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    const against = y[i] ? -logOdds[i]! : logOdds[i]!;
    loss += weights[i]! * (Math.max(against, 0) + Math.log1p(Math.exp(-Math.abs(against))));
    total += weights[i]!;
  }
  return loss / total;
}
