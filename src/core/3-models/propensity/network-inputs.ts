import type { Matrix } from '../../kit/matrix';
import { quantileSorted } from '../../kit/quantiles';
import type { Report } from '../estimator';
import { sampleRows } from '../rows';

/**
 * How a raw column enters the network: its place among the rising `knots`, standardised, and a flag for missing where a
 * share `missing` of the training rows is.
 */
export type NetworkInput = { column: number; knots: number[]; mean: number; sd: number; missing: number };

const nKnots = 33;
const sampledRows = 20_000;

/** 0..1: the share of the knots below a value, linear in between; ties in the middle. */
function placeOf(knots: number[], value: number): number {
  const last = knots.length - 1;
  if (!(value > knots[0]!)) return 0;
  if (value >= knots[last]!) return 1;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (knots[middle]! <= value) low = middle;
    else high = middle;
  }
  return (low + (value - knots[low]!) / (knots[high]! - knots[low]!)) / last;
}

/** Learns the inputs of some columns; constant columns have none. */
export function fitInputs(
  X: Matrix,
  rows: Int32Array,
  columns: ArrayLike<number>,
  seed: number,
  report: Report,
): NetworkInput[] {
  const sample = sampleRows(rows.length, sampledRows, seed);
  return Array.from(columns, (column, at) => {
    report(at / columns.length);
    const raw = Float64Array.from(sample, (i) => X.data[rows[i]! * X.nColumns + column]!);
    const sorted = raw.filter(Number.isFinite).sort();
    const missing = raw.filter(Number.isNaN).length / raw.length;
    const knots = Array.from({ length: nKnots }, (_, q) => quantileSorted(sorted, q / (nKnots - 1)));
    const distinct = knots.filter((knot, q) => Number.isFinite(knot) && (q === 0 || knot > knots[q - 1]!));
    if (distinct.length < 2) return { column, knots: [], mean: 0, sd: 1, missing };
    const places = raw.filter((value) => !Number.isNaN(value)).map((value) => placeOf(distinct, value));
    const mean = places.reduce((sum, value) => sum + value, 0) / places.length;
    const variance = places.reduce((sum, value) => sum + (value - mean) ** 2, 0) / places.length;
    return { column, knots: distinct, mean, sd: Math.sqrt(variance) || 1, missing };
  }).filter(({ knots, missing }) => knots.length > 0 || missing > 0);
}

/** Writes what row `row` of X says to the network from `into[at]` on; a missing number is as the mean, and flagged. */
export function writeInputs(
  inputs: NetworkInput[],
  X: Matrix,
  row: number,
  into: Float64Array | Float32Array,
  at: number,
): void {
  for (const { column, knots, mean, sd, missing } of inputs) {
    const value = X.data[row * X.nColumns + column]!;
    const isMissing = Number.isNaN(value);
    if (knots.length > 0) into[at++] = isMissing ? 0 : (placeOf(knots, value) - mean) / sd;
    if (missing > 0) into[at++] = isMissing ? 1 : 0;
  }
}

/** The inputs of a row that is as the mean of all in every column. */
export const meanInputs = (inputs: NetworkInput[]): Float64Array =>
  Float64Array.from(
    inputs.flatMap(({ knots, missing }) => [
      ...(knots.length > 0 ? [0] : []),
      ...(missing > 0 ? [missing] : []),
    ]),
  );

/** The column of X behind each input. */
export const columnsOfInputs = (inputs: NetworkInput[]): Int32Array =>
  Int32Array.from(
    inputs.flatMap(({ column, knots, missing }) =>
      new Array<number>(Number(knots.length > 0) + Number(missing > 0)).fill(column),
    ),
  );
