import type { Matrix } from '../kit/matrix';
import { createRandom } from '../kit/random';

/** The rows of X at `index`, in that order; a copy. */
export function takeRows(X: Matrix, index: ArrayLike<number>): Matrix {
  const d = X.nColumns;
  const data = new Float64Array(index.length * d);
  for (let i = 0; i < index.length; i++) {
    const from = index[i]! * d;
    for (let j = 0; j < d; j++) data[i * d + j] = X.data[from + j]!;
  }
  return { data, nRows: index.length, nColumns: d };
}

/** The values of a column at `index`, in that order. */
export function takeValues(values: Float64Array, index: Int32Array): Float64Array {
  const taken = new Float64Array(index.length);
  for (let i = 0; i < index.length; i++) taken[i] = values[index[i]!]!;
  return taken;
}

/** `size` different row numbers below n in rising order, seeded; all of them when n is not larger. */
export function sampleRows(n: number, size: number, seed: number): Int32Array {
  const index = Int32Array.from({ length: n }, (_, i) => i);
  if (n <= size) return index;
  const random = createRandom(seed);
  for (let i = 0; i < size; i++) {
    const j = i + random.below(n - i);
    const swap = index[i]!;
    index[i] = index[j]!;
    index[j] = swap;
  }
  return index.slice(0, size).sort();
}

/** Squared distances from row i to every row, into `into`. */
export function fillDistances(X: Matrix, i: number, into: Float64Array): void {
  const { data, nColumns: d, nRows } = X;
  const from = i * d;
  for (let row = 0, at = 0; row < nRows; row++) {
    let sum = 0;
    for (let j = 0; j < d; j++, at++) {
      const gap = data[at]! - data[from + j]!;
      sum += gap * gap;
    }
    into[row] = sum;
  }
}
