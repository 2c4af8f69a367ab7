import { wilsonInterval } from '../../kit/statistics/proportions';
import { indexDistinct } from '../../kit/statistics/ranks';
import type { CalibrationBin, GainPoint, Scores } from '../results/prediction';

const sum = (values: ArrayLike<number>) => {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
};

/** Rows from the highest score to the lowest; equal scores keep their order. */
function rankRows(scores: ArrayLike<number>): Int32Array {
  const { distinct, at } = indexDistinct(scores);
  const next = new Int32Array(distinct.length + 1);
  for (const index of at) next[distinct.length - 1 - index]!++;
  for (let k = 0, start = 0; k < next.length; k++) {
    const count = next[k]!;
    next[k] = start;
    start += count;
  }
  const order = new Int32Array(scores.length);
  for (let i = 0; i < order.length; i++) order[next[distinct.length - 1 - at[i]!]!++] = i;
  return order;
}

/** For each value twice as many as are below it, and once as many as equal it. */
function countHalves(counts: Float64Array): Float64Array {
  let below = 0;
  return counts.map((count) => 2 * (below += count) - count);
}

/** Area under the ROC curve, and how much each row moves it. */
export type AucParts = { auc: number; influence: Float64Array };

/**
 * DeLong, DeLong and Clarke-Pearson (1988): a row's influence is its placement (share of the rows of the other outcome
 * it is ranked right against, ties half) less the AUC, over the rows of its outcome; squared and summed it is the
 * variance of the AUC. 0.5 and no influence when all rows have the same outcome.
 */
export function placeRows(y: Uint8Array, scores: ArrayLike<number>): AucParts {
  const { distinct, at } = indexDistinct(scores);
  const [positives, negatives] = [new Float64Array(distinct.length), new Float64Array(distinct.length)];
  for (let i = 0; i < y.length; i++) (y[i] ? positives : negatives)[at[i]!]!++;
  const [m, n] = [sum(positives), sum(negatives)];
  const influence = new Float64Array(y.length);
  if (m === 0 || n === 0) return { auc: 0.5, influence };
  const [abovePositives, aboveNegatives] = [countHalves(positives), countHalves(negatives)];
  let right = 0;
  for (let i = 0; i < y.length; i++) {
    const k = at[i]!;
    influence[i] = y[i] ? aboveNegatives[k]! / (2 * n) : 1 - abovePositives[k]! / (2 * m);
    if (y[i]) right += influence[i]!;
  }
  const auc = right / m;
  const per = (size: number) => Math.sqrt(size / Math.max(size - 1, 1)) / size;
  const [perPositive, perNegative] = [per(m), per(n)];
  for (let i = 0; i < y.length; i++)
    influence[i] = (influence[i]! - auc) * (y[i] ? perPositive : perNegative);
  return { auc, influence };
}

export const rocAuc = (y: Uint8Array, scores: ArrayLike<number>): number => placeRows(y, scores).auc;

/** Sum of recall steps times precision, equal scores taken together. */
export function averagePrecision(y: Uint8Array, scores: ArrayLike<number>, order = rankRows(scores)): number {
  const positives = sum(y);
  if (positives === 0) return 0;
  let caught = 0;
  let total = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    const before = caught;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) caught += y[order[end++]!]!;
    total += ((caught - before) / positives) * (caught / end);
    start = end;
  }
  return total;
}

export const brierScore = (y: Uint8Array, likelihood: Float64Array): number =>
  y.length === 0 ? 0 : likelihood.reduce((total, p, i) => total + (p - y[i]!) ** 2, 0) / y.length;

/** Mean negative log-likelihood; likelihoods are kept 1e-15 away from 0 and 1. */
export function logLoss(y: Uint8Array, likelihood: Float64Array): number {
  if (y.length === 0) return 0;
  const loss = likelihood.reduce((total, value, i) => {
    const p = Math.min(Math.max(value, 1e-15), 1 - 1e-15);
    return total - Math.log(y[i] ? p : 1 - p);
  }, 0);
  return loss / y.length;
}

/**
 * Rate among the highest ceil(10%) of scores (equal ones in their order) over the rate of all; 1 when nobody had the
 * event or all scores are equal, for then there is no top.
 */
export function liftTop10(y: Uint8Array, scores: ArrayLike<number>, order = rankRows(scores)): number {
  const positives = sum(y);
  if (positives === 0 || scores[order[0]!] === scores[order.at(-1)!]) return 1;
  const n = Math.ceil(y.length / 10);
  const caught = order.subarray(0, n).reduce((total, row) => total + y[row]!, 0);
  return caught / n / (positives / y.length);
}

/** All scores of one model: `ranking` orders the rows, `likelihood` is judged as a probability. */
export function scoreModel(
  y: Uint8Array,
  ranking: ArrayLike<number>,
  likelihood: Float64Array,
  auc = rocAuc(y, ranking),
): Scores {
  const order = rankRows(ranking);
  return {
    auc,
    averagePrecision: averagePrecision(y, ranking, order),
    brier: brierScore(y, likelihood),
    logLoss: logLoss(y, likelihood),
    liftTop10: liftTop10(y, ranking, order),
  };
}

/** Share of events caught when the best-scored share of rows is contacted, in `nSteps` even steps from 0. */
export function gainsCurve(y: Uint8Array, scores: ArrayLike<number>, nSteps = 20): GainPoint[] {
  const positives = sum(y);
  if (positives === 0) return [];
  const order = rankRows(scores);
  let caught = 0;
  let taken = 0;
  const points: GainPoint[] = [];
  for (let s = 0; s <= nSteps; s++) {
    const until = Math.ceil((s / nSteps) * y.length);
    while (taken < until) caught += y[order[taken++]!]!;
    const share = taken / y.length;
    points.push({ share, gain: caught / positives, lift: share > 0 ? caught / positives / share : 1 });
  }
  return points;
}

/** Said against happened, in at most `nBins` bins of equally many rows, equal likelihoods never apart. */
export function calibrationBins(y: Uint8Array, likelihood: Float64Array, nBins = 10): CalibrationBin[] {
  const order = rankRows(likelihood).reverse();
  const bins: CalibrationBin[] = [];
  for (let start = 0; start < order.length;) {
    let end = Math.ceil(((bins.length + 1) * order.length) / nBins);
    end = Math.max(end, start + 1);
    while (end < order.length && likelihood[order[end]!] === likelihood[order[end - 1]!]) end++;
    const rows = order.subarray(start, end);
    const events = rows.reduce((total, row) => total + y[row]!, 0);
    const predicted = rows.reduce((total, row) => total + likelihood[row]!, 0) / rows.length;
    const [low, high] = wilsonInterval(events, rows.length);
    bins.push({ predicted, observed: events / rows.length, low, high, n: rows.length });
    start = end;
  }
  return bins;
}

/** AUC of `a` minus that of `b` on the same rows, with DeLong's (1988) standard error. */
export function compareAuc(y: Uint8Array, a: ArrayLike<number>, b: ArrayLike<number>) {
  const [ofA, ofB] = [placeRows(y, a), placeRows(y, b)];
  const gaps = ofA.influence.map((value, i) => value - ofB.influence[i]!);
  return { difference: ofA.auc - ofB.auc, standardError: Math.sqrt(sum(gaps.map((gap) => gap * gap))) };
}

/** Mean distance between said and happened over the bins, weighted by rows: the expected calibration error. */
export function calibrationError(bins: CalibrationBin[]): number {
  const n = bins.reduce((total, bin) => total + bin.n, 0);
  return bins.reduce((total, bin) => total + (bin.n / n) * Math.abs(bin.predicted - bin.observed), 0);
}
