import type { Matrix } from '../../kit/matrix';

/** The matrix in float64, so that hot loops meet one kind of array; the same array when it is so already. */
export const toDoubles = (X: Matrix): Matrix & { data: Float64Array } => ({
  ...X,
  data: X.data instanceof Float64Array ? X.data : Float64Array.from(X.data),
});

/** Squared distances from the row that begins at `at` to every centroid, into `gaps`; four centroids at a time. */
export function fillGaps(
  data: Matrix['data'],
  at: number,
  d: number,
  centroids: Float64Array,
  nClusters: number,
  gaps: Float64Array,
): void {
  const end = at + d;
  let c = 0;
  for (; c + 3 < nClusters; c += 4) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let a = at, b = c * d; a < end; a++, b++) {
      const x = data[a]!;
      const g0 = x - centroids[b]!;
      const g1 = x - centroids[b + d]!;
      const g2 = x - centroids[b + 2 * d]!;
      const g3 = x - centroids[b + 3 * d]!;
      s0 += g0 * g0;
      s1 += g1 * g1;
      s2 += g2 * g2;
      s3 += g3 * g3;
    }
    gaps[c] = s0;
    gaps[c + 1] = s1;
    gaps[c + 2] = s2;
    gaps[c + 3] = s3;
  }
  for (; c < nClusters; c++) {
    let sum = 0;
    for (let a = at, b = c * d; a < end; a++, b++) {
      const gap = data[a]! - centroids[b]!;
      sum += gap * gap;
    }
    gaps[c] = sum;
  }
}

/** Adds up members: sums (nClusters x nColumns) and counts; rows labelled -1 belong nowhere. */
export function sumMembers(X: Matrix, labels: Int32Array, nClusters: number) {
  const d = X.nColumns;
  const sums = new Float64Array(nClusters * d);
  const counts = new Float64Array(nClusters);
  for (let i = 0; i < X.nRows; i++) {
    const c = labels[i]!;
    if (c < 0) continue;
    counts[c]! += 1;
    for (let j = 0, to = c * d, at = i * d; j < d; j++) sums[to++]! += X.data[at++]!;
  }
  return { sums, counts };
}

/** Means of the members, one row a cluster, clusters without members left out. */
export function averageMembers(X: Matrix, labels: Int32Array, nClusters: number): number[][] {
  const d = X.nColumns;
  const { sums, counts } = sumMembers(X, labels, nClusters);
  const means: number[][] = [];
  counts.forEach((n, c) => {
    if (n > 0) means.push(Array.from(sums.subarray(c * d, c * d + d), (sum) => sum / n));
  });
  return means;
}

/** Squared distance from row i to centroid c. */
export function distanceToCentroid(X: Matrix, i: number, centroids: Float64Array, c: number): number {
  const d = X.nColumns;
  let sum = 0;
  for (let a = i * d, b = c * d, end = a + d; a < end; a++, b++) {
    const gap = X.data[a]! - centroids[b]!;
    sum += gap * gap;
  }
  return sum;
}

/** Sum over rows of the squared distance to their own centroid. */
export function measureInertia(X: Matrix, labels: Int32Array, centroids: Float64Array): number {
  let inertia = 0;
  for (let i = 0; i < X.nRows; i++) inertia += distanceToCentroid(X, i, centroids, labels[i]!);
  return inertia;
}
