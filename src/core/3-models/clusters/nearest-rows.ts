import type { Matrix } from '../../kit/matrix';

/**
 * For each row of X the nearest row of `core` and the squared distance to it; the first of equals. A core row is given
 * up as soon as its distance passes the least so far.
 */
export function findNearestRows(X: Matrix, core: Matrix) {
  const d = X.nColumns;
  const row = new Int32Array(X.nRows);
  const gap = new Float64Array(X.nRows);
  for (let i = 0; i < X.nRows; i++) {
    let least = Infinity;
    for (let c = 0; c < core.nRows; c++) {
      let sum = 0;
      for (let j = 0, a = i * d, b = c * d; j < d && sum < least;)
        for (const pause = Math.min(j + 4, d); j < pause; j++, a++, b++) {
          const difference = X.data[a]! - core.data[b]!;
          sum += difference * difference;
        }
      if (sum < least) {
        least = sum;
        row[i] = c;
      }
    }
    gap[i] = least;
  }
  return { row, gap };
}
