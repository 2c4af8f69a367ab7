import type { Matrix } from '../../kit/matrix';
import type { Report } from '../estimator';
import { sampleRows } from '../rows';

/** Every column as bytes: 0 = missing, otherwise 1 + how many of its rising `edges` lie below the value. */
export type BinnedColumns = { nRows: number; edges: number[][]; bytes: Uint8Array[] };

/** Value bins that fit in a byte beside the missing one. */
export const mostBins = 255;
const sampledRows = 20_000;

/** The middle of two numbers, however large they are. */
const between = (a: number, b: number) => a / 2 + b / 2;

/** At most `nBins` - 1 rising edges between values that rise: between all that differ, or at quantiles. */
export function findEdges(sorted: Float64Array, nBins: number): number[] {
  const distinct: number[] = [];
  for (let i = 0; i < sorted.length && distinct.length <= nBins; i++)
    if (i === 0 || sorted[i]! > sorted[i - 1]!) distinct.push(sorted[i]!);
  if (distinct.length <= nBins) return distinct.slice(1).map((value, i) => between(distinct[i]!, value));
  const edges: number[] = [];
  for (let b = 1; b < nBins; b++) {
    const at = (b / nBins) * (sorted.length - 1);
    const edge = between(sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!);
    if (edge < sorted[sorted.length - 1]! && (edges.length === 0 || edge > edges[edges.length - 1]!))
      edges.push(edge);
  }
  return edges;
}

/** The byte of a value; infinite ones fall into the outermost bins. */
export function binOf(edges: Float64Array, value: number): number {
  if (Number.isNaN(value)) return 0;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/** The finite values of some columns of X in a seeded sample of `rows`, rising. */
export function sortColumns(
  X: Matrix,
  rows: Int32Array,
  columns: ArrayLike<number>,
  seed: number,
  report: Report = () => {},
): Float64Array[] {
  const sample = sampleRows(rows.length, sampledRows, seed);
  const values = new Float64Array(sample.length);
  return Array.from(columns, (j, at) => {
    report(at / columns.length);
    for (let i = 0; i < sample.length; i++) values[i] = X.data[rows[sample[i]!]! * X.nColumns + j]!;
    return values.filter(Number.isFinite).sort();
  });
}

/** The given rows and columns of X as bytes by `edges`, which stand in the order of `columns`. */
export function binRows(
  X: Matrix,
  rows: Int32Array,
  columns: ArrayLike<number>,
  edges: number[][],
  report: Report = () => {},
): BinnedColumns {
  const bytes = edges.map((own, at) => {
    report(at / edges.length);
    const rising = Float64Array.from(own);
    const column = new Uint8Array(rows.length);
    for (let i = 0; i < rows.length; i++)
      column[i] = binOf(rising, X.data[rows[i]! * X.nColumns + columns[at]!]!);
    return column;
  });
  return { nRows: rows.length, edges, bytes };
}
