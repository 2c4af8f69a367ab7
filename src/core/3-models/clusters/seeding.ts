import type { Matrix } from '../../kit/matrix';
import type { Random } from '../../kit/random';
import { toDoubles } from './centroids';
import { openKernel } from './kernel';

/** A row drawn with chance in proportion to `weight` (sum `total`); uniform when all weights are 0. */
export function drawRow(weight: Float64Array, total: number, random: Random): number {
  if (!(total > 0)) return random.below(weight.length);
  let left = random.next() * total;
  for (let i = 0; i < weight.length; i++) if ((left -= weight[i]!) < 0) return i;
  return weight.length - 1;
}

/**
 * Greedy k-means++ (Arthur and Vassilvitskii 2007): each next centre is the best of 2 + ln k rows drawn by
 * squared distance. Returns nClusters x nColumns.
 */
export function seedCentroids(rows: Matrix, nClusters: number, random: Random): Float64Array {
  const { data, nRows, nColumns: d } = toDoubles(rows);
  const nTrials = 2 + Math.floor(Math.log(nClusters));
  const doubles = data.length + nRows * (nTrials + 1) + nTrials;
  const kernel = openKernel({ doubles, integers: 0, nPoints: nTrials, nColumns: d });
  const held = kernel.hold(data);
  const nearest = kernel.doubles(nRows).fill(Infinity);
  const found = kernel.doubles(nRows * nTrials);
  const centroids = new Float64Array(nClusters * d);
  let total = 0;
  for (let c = 0; c < nClusters; c++) {
    const drawn = Array.from({ length: c === 0 ? 1 : nTrials }, () =>
      c === 0 ? random.below(nRows) : drawRow(nearest, total, random),
    );
    const trials = new Float64Array(drawn.length * d);
    drawn.forEach((row, t) => trials.set(data.subarray(row * d, row * d + d), t * d));
    const sums = kernel.spread(held, trials, nearest, found);
    const best = sums.indexOf(Math.min(...sums));
    nearest.set(found.subarray(best * nRows, (best + 1) * nRows));
    total = sums[best]!;
    centroids.set(trials.subarray(best * d, best * d + d), c * d);
  }
  return centroids;
}
