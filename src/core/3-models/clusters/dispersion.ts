import type { Matrix } from '../../kit/matrix';
import { sumMembers } from './centroids';

/** Rows and means by cluster, without the rows of no cluster (-1) and the clusters without rows. */
type Groups = { means: Float64Array; sizes: Float64Array; filled: number[]; n: number };

function measureMeans(X: Matrix, labels: Int32Array): Groups {
  const nClusters = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const { sums, counts } = sumMembers(X, labels, nClusters);
  const filled = [...counts.keys()].filter((c) => counts[c]! > 0);
  const means = sums.map((sum, i) => sum / Math.max(1, counts[Math.floor(i / X.nColumns)]!));
  return { means, sizes: counts, filled, n: filled.reduce((sum, c) => sum + counts[c]!, 0) };
}

function squaredGap(a: Matrix['data'], fromA: number, b: Matrix['data'], fromB: number, d: number): number {
  let sum = 0;
  for (let j = 0; j < d; j++) sum += (a[fromA + j]! - b[fromB + j]!) ** 2;
  return sum;
}

/**
 * Variance between clusters over variance within, each by its degrees of freedom (Calinski and Harabasz 1974): higher is
 * clearer. 0 when there are fewer than two clusters or nothing differs within them.
 */
export function calinskiHarabasz(X: Matrix, labels: Int32Array): number {
  const d = X.nColumns;
  const { means, sizes, filled, n } = measureMeans(X, labels);
  const k = filled.length;
  if (k < 2 || n <= k) return 0;
  const middle = new Float64Array(d);
  for (const c of filled) for (let j = 0; j < d; j++) middle[j]! += (sizes[c]! * means[c * d + j]!) / n;
  let between = 0;
  for (const c of filled) between += sizes[c]! * squaredGap(means, c * d, middle, 0, d);
  let within = 0;
  labels.forEach((label, i) => {
    if (label >= 0) within += squaredGap(X.data, i * d, means, label * d, d);
  });
  return within > 0 ? between / (k - 1) / (within / (n - k)) : 0;
}

/**
 * How much each cluster overlaps with its nearest: the two mean radii over the distance of the centres, averaged
 * (Davies and Bouldin 1979); lower is clearer. 0 when there are fewer than two clusters.
 */
export function daviesBouldin(X: Matrix, labels: Int32Array): number {
  const d = X.nColumns;
  const { means, sizes, filled } = measureMeans(X, labels);
  if (filled.length < 2) return 0;
  const radii = new Float64Array(sizes.length);
  labels.forEach((label, i) => {
    if (label >= 0)
      radii[label]! += Math.sqrt(squaredGap(X.data, i * d, means, label * d, d)) / sizes[label]!;
  });
  const worst = filled.map((a) =>
    filled.reduce((most, b) => {
      const gap = a === b ? 0 : Math.sqrt(squaredGap(means, a * d, means, b * d, d));
      return gap > 0 ? Math.max(most, (radii[a]! + radii[b]!) / gap) : most;
    }, 0),
  );
  return worst.reduce((sum, value) => sum + value, 0) / filled.length;
}
