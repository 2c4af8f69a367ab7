import type { Matrix } from '../../kit/matrix';
import type { Random } from '../../kit/random';
import { fillDistances } from '../rows';

/** A row drawn with chance in proportion to `weight` (sum `total`); uniform when all weights are 0. */
export function drawRow(weight: Float64Array, total: number, random: Random): number {
  if (!(total > 0)) return random.below(weight.length);
  let left = random.next() * total;
  for (let i = 0; i < weight.length; i++) if ((left -= weight[i]!) < 0) return i;
  return weight.length - 1;
}

/** Distances to the nearest chosen row if row `candidate` were chosen too, written to `into`; returns their sum. */
function withCandidate(X: Matrix, nearest: Float64Array, candidate: number, into: Float64Array): number {
  fillDistances(X, candidate, into);
  let sum = 0;
  for (let i = 0; i < X.nRows; i++) {
    if (nearest[i]! < into[i]!) into[i] = nearest[i]!;
    sum += into[i]!;
  }
  return sum;
}

/**
 * Greedy k-means++ (Arthur and Vassilvitskii 2007): each next centre is the best of 2 + ln k rows drawn by
 * squared distance. Returns nClusters x nColumns.
 */
export function seedCentroids(X: Matrix, nClusters: number, random: Random): Float64Array {
  const d = X.nColumns;
  const centroids = new Float64Array(nClusters * d);
  const nTrials = 2 + Math.floor(Math.log(nClusters));
  let nearest = new Float64Array(X.nRows).fill(Infinity);
  let best = new Float64Array(X.nRows);
  let trial = new Float64Array(X.nRows);
  let total = 0;
  for (let c = 0; c < nClusters; c++) {
    let bestRow = 0;
    let bestSum = Infinity;
    for (let t = 0; t < (c === 0 ? 1 : nTrials); t++) {
      const row = c === 0 ? random.below(X.nRows) : drawRow(nearest, total, random);
      const sum = withCandidate(X, nearest, row, trial);
      if (sum < bestSum) {
        bestSum = sum;
        bestRow = row;
        [best, trial] = [trial, best];
      }
    }
    [nearest, best] = [best, nearest];
    total = bestSum;
    for (let j = 0; j < d; j++) centroids[c * d + j] = X.data[bestRow * d + j]!;
  }
  return centroids;
}
