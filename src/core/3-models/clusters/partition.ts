import type { Matrix } from '../../kit/matrix';
import type { ClusterAlgorithm, Estimator, Report } from '../estimator';
import { averageMembers, measureInertia } from './centroids';
import { countLabels } from './indices';
import { kmeans } from './kmeans';
import { ward } from './ward';
import { takeRows } from '../rows';
import { clusterByMeans, type Cluster } from './stability';

/** Customers in clusters, however found: -1 = in none. `inertia` is about the clusters' means, over those in one. */
export type Partition = { labels: Int32Array; centroids: number[][]; inertia: number };

type Fit = (X: Matrix, nClusters: number, seed: number, report?: Report) => (rows: Matrix) => Int32Array;

/** Any way to cluster, seen alike: fitted on X, it tells the cluster of each row. */
const by =
  <P extends { nClusters: number }, M>(estimator: Estimator<P, M, Int32Array>): Fit =>
  (X, nClusters, seed, report) => {
    const model = estimator.fit(
      X,
      { ...estimator.defaults, nClusters },
      report ? { seed, report } : { seed },
    );
    return (rows) => estimator.predict(model, rows);
  };

const fits: Partial<Record<ClusterAlgorithm, Fit>> = { kmeans: by(kmeans), ward: by(ward) };
export const hasWay = (a: ClusterAlgorithm) => a in fits;

/** Labels renumbered 0..k-1 in their order, without the numbers that no row has; -1 stays. */
export function closeGaps(labels: Int32Array): { labels: Int32Array; nClusters: number } {
  const sizes = countLabels(labels);
  let next = 0;
  const renamed = Array.from(sizes, (size) => (size > 0 ? next++ : -1));
  return { labels: labels.map((label) => (label < 0 ? -1 : renamed[label]!)), nClusters: next };
}

/** The rows' clusters by `algorithm`, with their means: fewer than asked for when fewer rows differ. */
export function partition(
  algorithm: ClusterAlgorithm,
  X: Matrix,
  nClusters: number,
  seed: number,
  report?: Report,
): Partition {
  const { labels, nClusters: found } = closeGaps(fits[algorithm]!(X, nClusters, seed, report)(X));
  const centroids = averageMembers(X, labels, found);
  const assigned = Int32Array.from(labels.keys()).filter((row) => labels[row]! >= 0);
  const inertia = measureInertia(
    takeRows(X, assigned),
    assigned.map((row) => labels[row]!),
    Float64Array.from(centroids.flat()),
  );
  return { labels, centroids, inertia };
}

/** A way to cluster resamples and refits: k-means from `nInit` starts, any other way as it is. */
export const clusterBy = (algorithm: ClusterAlgorithm, nClusters: number, nInit: number): Cluster =>
  algorithm === 'kmeans'
    ? clusterByMeans(nClusters, nInit)
    : (rows, all, seed) => fits[algorithm]!(rows, nClusters, seed)(all);
