import type { CalibrationBin, GainPoint, Scores } from '../results';

const sum = (values: ArrayLike<number>) => {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
};

/** Rows from the highest score to the lowest; equal scores keep their order. */
const rankRows = (scores: ArrayLike<number>): Int32Array =>
  Int32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);

/** Ranks from 1 (lowest), equal scores share the mean of theirs. */
function midRanks(scores: ArrayLike<number>): Float64Array {
  const order = rankRows(scores).reverse();
  const ranks = new Float64Array(scores.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}

/** Area under the ROC curve, ties half; 0.5 when all rows have the same outcome. */
export function rocAuc(y: Uint8Array, scores: ArrayLike<number>): number {
  const positives = sum(y);
  const negatives = y.length - positives;
  if (positives === 0 || negatives === 0) return 0.5;
  const rankSum = midRanks(scores).reduce((total, rank, i) => total + (y[i] ? rank : 0), 0);
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Sum of recall steps times precision, equal scores taken together. */
export function averagePrecision(y: Uint8Array, scores: ArrayLike<number>): number {
  const positives = sum(y);
  if (positives === 0) return 0;
  const order = rankRows(scores);
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
export function liftTop10(y: Uint8Array, scores: ArrayLike<number>): number {
  const positives = sum(y);
  if (positives === 0 || Array.from(scores).every((score) => score === scores[0])) return 1;
  const n = Math.ceil(y.length / 10);
  const caught = rankRows(scores)
    .subarray(0, n)
    .reduce((total, row) => total + y[row]!, 0);
  return caught / n / (positives / y.length);
}

/** All scores of one model: `ranking` orders the rows, `likelihood` is judged as a probability. */
export const scoreModel = (y: Uint8Array, ranking: ArrayLike<number>, likelihood: Float64Array): Scores => ({
  auc: rocAuc(y, ranking),
  averagePrecision: averagePrecision(y, ranking),
  brier: brierScore(y, likelihood),
  logLoss: logLoss(y, likelihood),
  liftTop10: liftTop10(y, ranking),
});

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

/** Wilson's interval for a share of `n`, 95%. */
export function wilsonInterval(events: number, n: number, z = 1.959963984540054): [number, number] {
  const p = events / n;
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
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

/** DeLong's placement values: for each positive (negative) the share of the others it is ranked right against. */
function placements(y: Uint8Array, scores: ArrayLike<number>) {
  const ranks = midRanks(scores);
  const split = (label: number) => {
    const rows = [...y.keys()].filter((i) => y[i] === label);
    const own = midRanks(rows.map((i) => scores[i]!));
    return rows.map((row, i) => ranks[row]! - own[i]!);
  };
  const positives = split(1);
  const negatives = split(0);
  return {
    positive: positives.map((value) => value / negatives.length),
    negative: negatives.map((value) => 1 - value / positives.length),
  };
}

function variance(values: number[]): number {
  const mean = sum(values) / values.length;
  return values.reduce((total, value) => total + (value - mean) ** 2, 0) / Math.max(values.length - 1, 1);
}

/** AUC of `a` minus that of `b` on the same rows, with DeLong's (1988) standard error. */
export function compareAuc(y: Uint8Array, a: ArrayLike<number>, b: ArrayLike<number>) {
  const difference = rocAuc(y, a) - rocAuc(y, b);
  const positives = sum(y);
  if (positives === 0 || positives === y.length) return { difference: 0, standardError: 0 };
  const [ofA, ofB] = [placements(y, a), placements(y, b)];
  const gap = (left: number[], right: number[]) => left.map((value, i) => value - right[i]!);
  const onPositives = variance(gap(ofA.positive, ofB.positive)) / positives;
  const onNegatives = variance(gap(ofA.negative, ofB.negative)) / (y.length - positives);
  return { difference, standardError: Math.sqrt(onPositives + onNegatives) };
}
