import type { Matrix } from '../../kit/matrix';
import { createRandom, type Random } from '../../kit/random';
import type { Report } from '../estimator';
import { clusterQuickly } from './lloyd';
import { findComponents, projectRows } from './principal';

/** `gap` is how much tighter k clusters are than in even data, on a log scale; `spread` its standard error. */
export type Gap = { nClusters: number; gap: number; spread: number };

/** Rows spread evenly over the box of X. */
function drawBox(X: Matrix, random: Random): Matrix {
  const { data, nColumns: d } = X;
  const low = new Float64Array(d).fill(Infinity);
  const high = new Float64Array(d).fill(-Infinity);
  data.forEach((value, i) => {
    low[i % d] = Math.min(low[i % d]!, value);
    high[i % d] = Math.max(high[i % d]!, value);
  });
  return { ...X, data: data.map((_, i) => low[i % d]! + random.next() * (high[i % d]! - low[i % d]!)) };
}

/** Log of the squared distances to the cluster means; a floor stands for none at all. */
const logWithin = (X: Matrix, sizes: number[], seed: number, nInit: number): number[] =>
  sizes.map((k) => Math.log(Math.max(clusterQuickly(X, k, seed, nInit, 30).inertia, 1e-12)));

/**
 * The gap statistic with references from the box along the principal axes (Tibshirani, Walther and Hastie 2001,
 * section 4, choice b); `spread` is s_k of their section 3.
 */
export function gapStatistic(
  X: Matrix,
  sizes: number[],
  nReferences: number,
  seed: number,
  report?: Report,
): Gap[] {
  const scores = projectRows(X, findComponents(X), X.nColumns);
  const random = createRandom(seed);
  const found = logWithin(scores, sizes, seed, 4);
  const references = Array.from({ length: nReferences }, (_, b) => {
    report?.(b / nReferences, 'comparing with customers spread evenly');
    return logWithin(drawBox(scores, random), sizes, seed + b, 2);
  });
  return sizes.map((nClusters, i) => {
    const mean = references.reduce((sum, logs) => sum + logs[i]!, 0) / nReferences;
    const variance = references.reduce((sum, logs) => sum + (logs[i]! - mean) ** 2, 0) / nReferences;
    return { nClusters, gap: mean - found[i]!, spread: Math.sqrt(variance * (1 + 1 / nReferences)) };
  });
}

/** The fewest clusters whose gap is within one standard error of the next one's; the most when none is. */
export function chooseByGap(gaps: Gap[]): number {
  const enough = gaps.find(({ gap }, i) => {
    const next = gaps[i + 1];
    return next === undefined || gap >= next.gap - next.spread;
  });
  return enough?.nClusters ?? 1;
}
