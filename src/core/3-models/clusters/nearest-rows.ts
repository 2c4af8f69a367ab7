import type { Matrix } from '../../kit/matrix';
import { fillGaps, toDoubles } from './centroids';

/** For each row of X the nearest row of `core` and the squared distance to it; the first of equals. */
export function findNearestRows(X: Matrix, core: Matrix) {
  const { data, nRows, nColumns: d } = toDoubles(X);
  const points = Float64Array.from(core.data);
  const gaps = new Float64Array(core.nRows);
  const row = new Int32Array(nRows);
  const gap = new Float64Array(nRows);
  for (let i = 0; i < nRows; i++) {
    fillGaps(data, i * d, d, points, core.nRows, gaps);
    let nearest = 0;
    for (let c = 1; c < gaps.length; c++) if (gaps[c]! < gaps[nearest]!) nearest = c;
    row[i] = nearest;
    gap[i] = gaps[nearest]!;
  }
  return { row, gap };
}
