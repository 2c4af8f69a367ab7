import type { Matrix } from '../../kit/matrix';
import { binOf } from './bin-columns';

type Importance = { value: number; low: number; high: number };

/**
 * What one column does to the log-odds: `values[0]` where it is missing, `values[b]` where b - 1 of the rising `edges`
 * lie below it; `low` and `high` hold 95% intervals. The mean over the training rows is 0.
 */
export type Shape = {
  column: number;
  edges: number[];
  values: number[];
  low: number[];
  high: number[];
  importance: Importance;
};

/** What two columns do together: values by row-major bins of the first and the second column, as in `Shape`. */
export type PairShape = {
  columns: [number, number];
  edges: [number[], number[]];
  values: number[];
  low: number[];
  high: number[];
  importance: Importance;
};

/** Log-odds = intercept + one value of each table; the intercept is the mean log-odds of the training rows. */
export type AdditiveModel = { intercept: number; shapes: Shape[]; pairs: PairShape[] };

export const valueOfShape = ({ edges, values }: Shape, value: number): number => values[binOf(edges, value)]!;

export const valueOfPair = ({ edges, values }: PairShape, first: number, second: number): number =>
  values[binOf(edges[0], first) * (edges[1].length + 2) + binOf(edges[1], second)]!;

/** Log-odds of each row. */
export function logOddsOfAdditive({ intercept, shapes, pairs }: AdditiveModel, X: Matrix): Float64Array {
  const { data, nColumns } = X;
  const out = new Float64Array(X.nRows).fill(intercept);
  for (const shape of shapes) {
    const edges = Float64Array.from(shape.edges);
    for (let i = 0; i < X.nRows; i++)
      out[i]! += shape.values[binOf(edges, data[i * nColumns + shape.column]!)]!;
  }
  for (const { columns, edges, values } of pairs) {
    const [first, second] = columns;
    const [ownFirst, ownSecond] = [Float64Array.from(edges[0]), Float64Array.from(edges[1])];
    const width = ownSecond.length + 2;
    for (let i = 0; i < X.nRows; i++) {
      const line = binOf(ownFirst, data[i * nColumns + first]!) * width;
      out[i]! += values[line + binOf(ownSecond, data[i * nColumns + second]!)]!;
    }
  }
  return out;
}
