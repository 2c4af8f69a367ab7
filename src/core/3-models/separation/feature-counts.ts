import type { Feature } from '../../2-features/feature-table';
import { indexDistinct } from '../../kit/statistics/ranks';

/**
 * How often each different value of a feature occurs in each segment: everything that ranks, medians and tables need,
 * from one sort. `counts[v * nSegments + s]`; rows without a segment (label below 0) count in `total` alone.
 */
export type FeatureCounts = {
  distinct: Float64Array;
  counts: Float64Array;
  total: Float64Array;
  nSegments: number;
};

export function countFeature({ values }: Feature, labels: Int32Array, nSegments: number): FeatureCounts {
  const { distinct, at } = indexDistinct(values);
  const counts = new Float64Array(distinct.length * nSegments);
  const total = new Float64Array(distinct.length);
  for (let i = 0; i < at.length; i++) {
    const v = at[i]!;
    if (v < 0) continue;
    total[v]! += 1;
    if (labels[i]! >= 0) counts[v * nSegments + labels[i]!]! += 1;
  }
  return { distinct, counts, total, nSegments };
}

/** How often each value occurs in one segment, and in all others (or in the segment `than`). */
export function splitCounts({ counts, total, nSegments }: FeatureCounts, segment: number, than?: number) {
  const own = total.map((_, v) => counts[v * nSegments + segment]!);
  const others = total.map((all, v) => (than === undefined ? all - own[v]! : counts[v * nSegments + than]!));
  return { own, others };
}

/** Sum of the middle ranks of `own` among own and others, the number of either, and the ties. */
export function rankSums(own: Float64Array, others: Float64Array) {
  let nRanked = 0;
  let ties = 0;
  let rankSum = 0;
  let nOwn = 0;
  for (let v = 0; v < own.length; v++) {
    const count = own[v]! + others[v]!;
    rankSum += own[v]! * (nRanked + (count + 1) / 2);
    nOwn += own[v]!;
    nRanked += count;
    ties += count ** 3 - count;
  }
  return { rankSum, nOwn, nRanked, ties };
}

/** The middle of values that occur so often; null of none. */
export function medianOfCounts(distinct: Float64Array, counts: Float64Array): number | null {
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n === 0) return null;
  const [low, high] = [Math.floor((n - 1) / 2), Math.floor(n / 2)];
  let seen = 0;
  let lower: number | null = null;
  for (let v = 0; v < counts.length; v++) {
    seen += counts[v]!;
    if (lower === null && seen > low) lower = distinct[v]!;
    if (seen > high) return lower === distinct[v] ? lower : (lower! + distinct[v]!) / 2;
  }
  return null;
}
