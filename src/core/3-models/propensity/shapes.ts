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

/** A shape made ready for many values. */
export function readShape({ edges, values }: Shape): (value: number) => number {
  const rising = Float64Array.from(edges);
  return (value) => values[binOf(rising, value)]!;
}

export function readPair({ edges, values }: PairShape): (first: number, second: number) => number {
  const [risingFirst, risingSecond] = edges.map((own) => Float64Array.from(own)) as [
    Float64Array,
    Float64Array,
  ];
  const width = risingSecond.length + 2;
  return (first, second) => values[binOf(risingFirst, first) * width + binOf(risingSecond, second)]!;
}

/** Log-odds of each row. */
export function logOddsOfAdditive({ intercept, shapes, pairs }: AdditiveModel, X: Matrix): Float64Array {
  const { data, nColumns } = X;
  const out = new Float64Array(X.nRows).fill(intercept);
  for (const shape of shapes) {
    const valueOf = readShape(shape);
    for (let i = 0, at = shape.column; i < X.nRows; i++, at += nColumns) out[i]! += valueOf(data[at]!);
  }
  for (const pair of pairs) {
    const valueOf = readPair(pair);
    const [first, second] = pair.columns;
    for (let i = 0, at = 0; i < X.nRows; i++, at += nColumns)
      out[i]! += valueOf(data[at + first]!, data[at + second]!);
  }
  return out;
}
