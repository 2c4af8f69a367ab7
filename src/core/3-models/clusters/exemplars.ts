import type { Matrix } from '../../kit/matrix';

/** Rows that show a segment, nearest first: those closest to its middle, and those about to cross into a neighbour. */
export type Exemplars = {
  typical: number[];
  /** `other`: the second-closest segment. `gap`: 0 = as near to it as to its own, 1 = as far as can be. */
  border: { row: number; other: number; gap: number }[];
};

/**
 * For every centroid its most typical and its border rows, at most `most` each, with Euclidean distances in X. Labels of -1
 * are nobody's; a segment without rows has none. The gap is 1 - own distance / distance to the nearest other centroid; a row
 * nearer to another centroid than to its own has a gap below 0 and comes first.
 */
export function findExemplars(X: Matrix, labels: Int32Array, centroids: number[][], most = 5): Exemplars[] {
  const middles = centroids.map((centroid) => Float64Array.from(centroid));
  const own = new Float64Array(X.nRows);
  const gaps = new Float64Array(X.nRows);
  const others = new Int32Array(X.nRows).fill(-1);
  const members: number[][] = centroids.map(() => []);
  for (let row = 0; row < X.nRows; row++) {
    const label = labels[row]!;
    if (!members[label]) continue;
    members[label].push(row);
    own[row] = Math.sqrt(squaredDistance(X, row, middles[label]!));
    let nearest = Infinity;
    middles.forEach((middle, c) => {
      const far = c === label ? Infinity : squaredDistance(X, row, middle);
      if (far >= nearest) return;
      nearest = far;
      others[row] = c;
    });
    // Two centroids in one place: every row lies on the border.
    gaps[row] = nearest > 0 ? 1 - own[row]! / Math.sqrt(nearest) : 0;
  }
  return members.map((rows) => ({
    typical: firstBy(rows, own, most),
    border: firstBy(
      rows.filter((row) => others[row]! >= 0),
      gaps,
      most,
    ).map((row) => ({ row, other: others[row]!, gap: gaps[row]! })),
  }));
}

function squaredDistance({ data, nColumns }: Matrix, row: number, middle: Float64Array): number {
  let sum = 0;
  for (let j = 0, at = row * nColumns; j < nColumns; j++, at++) {
    const gap = data[at]! - middle[j]!;
    sum += gap * gap;
  }
  return sum;
}

/** The rows with the smallest values, smallest first; of equals the earlier row. */
const firstBy = (rows: number[], values: Float64Array, most: number): number[] =>
  rows.toSorted((a, b) => values[a]! - values[b]! || a - b).slice(0, most);
