import type { Matrix } from '../../kit/matrix';
import { createRandom } from '../../kit/random';
import type { Report } from '../estimator';
import { takeRows } from '../rows';
import { adjustedRand, clusterJaccard } from './indices';
import { clusterQuickly, nearestCentroid } from './lloyd';

/** Clusters `rows` and says for each row of `all` which cluster it is in; -1 = none. */
export type Cluster = (rows: Matrix, all: Matrix, seed: number) => Int32Array;

/** k-means as a way to cluster resamples: the best of `nInit` starts. */
export const clusterByMeans =
  (nClusters: number, nInit: number): Cluster =>
  (rows, all, seed) =>
    nearestCentroid(all, clusterQuickly(rows, nClusters, seed, nInit, 60).centroids, nClusters);

/**
 * How each cluster survives clustering bootstrap resamples anew: the mean of its largest Jaccard similarity with a new
 * cluster (Hennig 2007; `bootmethod = "boot"` of R's clusterboot), 0..1, one for each label 0..k-1.
 */
export function bootstrapStability(
  X: Matrix,
  labels: Int32Array,
  cluster: Cluster,
  nResamples: number,
  seed: number,
  report?: Report,
): number[] {
  const random = createRandom(seed);
  const totals: number[] = [];
  for (let b = 0; b < nResamples; b++) {
    report?.(b / nResamples, 'measuring how stable the segments are');
    const index = Int32Array.from({ length: X.nRows }, () => random.below(X.nRows));
    clusterJaccard(labels, cluster(takeRows(X, index), X, seed + b)).forEach((similarity, c) => {
      totals[c] = (totals[c] ?? 0) + similarity / nResamples;
    });
  }
  return totals;
}

/** Mean adjusted Rand index over all pairs of `nRefits` clusterings of the same rows from other random starts. */
export function measureSeedAgreement(
  X: Matrix,
  cluster: Cluster,
  nRefits: number,
  seed: number,
  report?: Report,
) {
  const refits = Array.from({ length: nRefits }, (_, r) => {
    report?.(r / nRefits, 'finding the segments again from other starts');
    return cluster(X, X, seed + 15_485_863 * (r + 1));
  });
  const pairs = refits.flatMap((a, i) => refits.slice(i + 1).map((b) => adjustedRand(a, b)));
  return pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
}
