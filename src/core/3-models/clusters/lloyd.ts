import type { Matrix } from '../../kit/matrix';
import { createRandom } from '../../kit/random';
import { assignRows, measureInertia, updateCentroids } from './centroids';
import { seedCentroids } from './seeding';

/** The nearest of the centroids (nClusters x nColumns) for each row, in plain numbers. */
export function nearestCentroid(X: Matrix, centroids: Float64Array, nClusters: number): Int32Array {
  const labels = new Int32Array(X.nRows);
  assignRows(X, centroids, nClusters, labels);
  return labels;
}

type QuickClusters = { centroids: Float64Array; labels: Int32Array; inertia: number };

/**
 * Quick k-means on a few thousand rows in plain numbers, for resamples and simulations, where the cost of moving
 * data to tensors is larger than the arithmetic. The customers' own segments come from `kmeans`.
 */
export function clusterQuickly(
  X: Matrix,
  nClusters: number,
  seed: number,
  nInit: number,
  maxIter: number,
): QuickClusters {
  const random = createRandom(seed);
  let best: QuickClusters = { centroids: new Float64Array(), labels: new Int32Array(), inertia: Infinity };
  for (let start = 0; start < nInit; start++) {
    let centroids = seedCentroids(X, nClusters, random);
    const labels = new Int32Array(X.nRows).fill(-1);
    for (let iter = 0; iter < maxIter && assignRows(X, centroids, nClusters, labels) > 0; iter++)
      centroids = updateCentroids(X, labels, nClusters);
    const inertia = measureInertia(X, labels, centroids);
    if (inertia < best.inertia) best = { centroids, labels, inertia };
  }
  return best;
}
