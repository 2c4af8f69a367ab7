import type { Matrix } from '../../kit/matrix';
import { createRandom } from '../../kit/random';
import type { Report } from '../estimator';
import { takeRows } from '../rows';
import { crossLabels } from './indices';
import { clusterQuickly, nearestCentroid } from './lloyd';

/** Both halves of the rows, at random. */
function halve(X: Matrix, seed: number): [Matrix, Matrix] {
  const random = createRandom(seed);
  const order = Int32Array.from({ length: X.nRows }, (_, i) => i);
  for (let i = X.nRows - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const half = X.nRows >> 1;
  return [takeRows(X, order.subarray(0, half)), takeRows(X, order.subarray(half))];
}

/** Of the pairs that share a cluster in `own`, the share that `given` also puts together: the least over the clusters. */
function measureLeastShare(own: Int32Array, given: Int32Array): number {
  const { sizesA, sizesB, table } = crossLabels(own, given);
  let least = 1;
  sizesA.forEach((size, c) => {
    if (size < 2) return;
    let together = 0;
    for (let e = 0; e < sizesB.length; e++)
      together += table[c * sizesB.length + e]! * (table[c * sizesB.length + e]! - 1);
    least = Math.min(least, together / (size * (size - 1)));
  });
  return least;
}

/**
 * Prediction strength (Tibshirani and Walther 2005) of k-means for each size: the rows are halved, each half is clustered
 * and told by the other's centroids; least share over the clusters, mean over both directions and `nSplits` halvings.
 */
export function predictionStrength(
  X: Matrix,
  sizes: number[],
  nSplits: number,
  nInit: number,
  seed: number,
  report?: Report,
): number[] {
  const totals = sizes.map(() => 0);
  for (let split = 0; split < nSplits; split++) {
    const halves = halve(X, seed + 104_729 * (split + 1));
    sizes.forEach((nClusters, i) => {
      report?.((split + i / sizes.length) / nSplits, 'telling one half of the customers from the other');
      if (nClusters > halves[0].nRows) return;
      const fits = halves.map((half, h) => clusterQuickly(half, nClusters, seed + 2 * split + h, nInit, 60));
      for (const [a, b] of [[0, 1] as const, [1, 0] as const]) {
        const given = nearestCentroid(halves[b], fits[a]!.centroids, nClusters);
        totals[i]! += measureLeastShare(fits[b]!.labels, given) / (2 * nSplits);
      }
    });
  }
  return totals;
}
