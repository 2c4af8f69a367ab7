import { studentTwoTails } from '../../kit/special';
import { rankValues } from '../../kit/statistics/ranks';

/** Spearman's rank correlation (ties share their mean rank) and its two-sided p by Student's t; 0 and 1 where one is constant. */
export function rankCorrelation(a: Float64Array, b: Float64Array): { correlation: number; p: number } {
  const n = a.length;
  const correlation = pearson(rankValues(a).ranks, rankValues(b).ranks);
  if (n < 4) return { correlation, p: 1 };
  const rest = Math.max(1e-300, 1 - correlation * correlation);
  return { correlation, p: studentTwoTails(correlation * Math.sqrt((n - 2) / rest), n - 2) };
}

/** Pearson's correlation; 0 where one side is constant. */
export function pearson(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / n;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    ab += (a[i]! - meanA) * (b[i]! - meanB);
    aa += (a[i]! - meanA) ** 2;
    bb += (b[i]! - meanB) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
