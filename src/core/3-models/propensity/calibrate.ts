import { createRandom } from '../../kit/random';
import { solveSymmetric } from '../cholesky';
import { sigmoidOf } from './logistic';
import { logLoss } from './metrics';

/** Likelihood = sigmoid(slope * logOdds + offset). */
type PlattModel = { slope: number; offset: number };

/** Likelihood by score: straight lines between (at[i], share[i]), both rising; a slow approach to a limit outside. */
type IsotonicModel = { at: number[]; share: number[] };

export type CalibrationModel = ({ kind: 'platt' } & PlattModel) | ({ kind: 'isotonic' } & IsotonicModel);

/** Consecutive rows that share one rate: their mean score, how many, how many had the event. */
type Block = { score: number; n: number; events: number };

const maxIter = 100;
/** A rising curve of any shape takes this many rows, and this many of each outcome, to be trusted. */
const isotonicRows = 500;
const isotonicEach = 100;
/** Fewer rows than this, or than this share of all, are no step of their own. */
const fewestInBlock = 25;
const smallestBlock = 0.01;
/** What was always so at past dates may be otherwise at the next. */
const openShare = 0.002;
/** Parts that the two curves are compared on. */
const nFolds = 5;

/**
 * Platt's scaling: a one-dimensional logistic fit of the outcomes on the scores, with his softened targets so that
 * few outcomes cannot promise certainty. Give it rows the scores were not fitted on.
 */
export function fitPlatt(scores: ArrayLike<number>, y: Uint8Array): PlattModel {
  const positives = y.reduce((sum, label) => sum + label, 0);
  const negatives = y.length - positives;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  if (positives === 0 || negatives === 0)
    return { slope: 0, offset: Math.log((positives + 1) / (negatives + 1)) };
  const aims = Float64Array.from(y, (label) => (label ? high : low));
  let at: PlattModel = { slope: 0, offset: Math.log((positives + 1) / (negatives + 1)) };
  let loss = lossOfLine(at, scores, aims);
  for (let iter = 0; iter < maxIter; iter++) {
    const change = newtonStep(at, scores, aims);
    // Whole steps overshoot where few scores tell the outcomes apart; rounding alone is no step uphill.
    const enough = loss * (1 + 1e-12);
    let next = at;
    let nextLoss = Infinity;
    for (let size = 1; size > 1e-6 && !(nextLoss <= enough); size /= 2) {
      next = { slope: at.slope - size * change[0]!, offset: at.offset - size * change[1]! };
      nextLoss = lossOfLine(next, scores, aims);
    }
    if (!(nextLoss <= enough)) break;
    [at, loss] = [next, nextLoss];
    if (Math.hypot(change[0]!, change[1]!) < 1e-10) break;
  }
  return at;
}

/** Negative log-likelihood of shares `aims` at sigmoid(slope * score + offset). */
function lossOfLine({ slope, offset }: PlattModel, scores: ArrayLike<number>, aims: Float64Array): number {
  let loss = 0;
  for (let i = 0; i < aims.length; i++) {
    const line = slope * scores[i]! + offset;
    loss += Math.max(line, 0) + Math.log1p(Math.exp(-Math.abs(line))) - aims[i]! * line;
  }
  return loss;
}

/** What Newton's method takes off slope and offset. */
function newtonStep({ slope, offset }: PlattModel, scores: ArrayLike<number>, aims: Float64Array) {
  const gradient = new Float64Array(2);
  const curvature = new Float64Array([1e-9, 0, 0, 1e-9]);
  for (let i = 0; i < aims.length; i++) {
    const score = scores[i]!;
    const p = sigmoidOf(slope * score + offset);
    const gap = p - aims[i]!;
    const weight = p * (1 - p);
    gradient[0]! += gap * score;
    gradient[1]! += gap;
    curvature[0]! += weight * score * score;
    curvature[1]! += weight * score;
    curvature[3]! += weight;
  }
  curvature[2] = curvature[1]!;
  return solveSymmetric(curvature, gradient);
}

export const applyPlatt = ({ slope, offset }: PlattModel, scores: ArrayLike<number>): Float64Array =>
  Float64Array.from(scores, (score) => sigmoidOf(slope * score + offset));

/** The rate of a block, a little away from never and always. */
const rateOf = ({ events, n }: Block) => Math.min(1 - openShare, Math.max(openShare, events / n));

/** Equal scores stay equal to the last digit, or ties would come apart. */
const merge = (a: Block, b: Block): Block => ({
  score: a.score === b.score ? a.score : (a.score * a.n + b.score * b.n) / (a.n + b.n),
  n: a.n + b.n,
  events: a.events + b.events,
});

/** Merges each block into the one before it for as long as `isOut(before, block)` says so. */
function mergeWhile(blocks: Block[], isOut: (before: Block, block: Block) => boolean): Block[] {
  const kept: Block[] = [];
  for (let block of blocks) {
    while (kept.length > 0 && isOut(kept[kept.length - 1]!, block)) block = merge(kept.pop()!, block);
    kept.push(block);
  }
  return kept;
}

/** Isotonic regression by pool-adjacent-violators: blocks of rising rate, lowest scores first; ties stay together. */
export function poolViolators(scores: ArrayLike<number>, y: Uint8Array): Block[] {
  const order = Int32Array.from(y, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  const rows = Array.from(order, (row): Block => ({ score: scores[row]!, n: 1, events: y[row]! }));
  const tied = mergeWhile(rows, (before, block) => before.score === block.score);
  return mergeWhile(tied, (before, block) => before.events * block.n >= block.events * before.n);
}

/** One more of each outcome, so that no block promises certainty. */
const smooth = (block: Block): Block => ({ ...block, n: block.n + 2, events: block.events + 1 });

/** Isotonic rates made strictly rising: small blocks merged, the outermost smoothed, lines between their middles. */
function fitIsotonic(scores: ArrayLike<number>, y: Uint8Array): IsotonicModel {
  const least = Math.max(fewestInBlock, smallestBlock * y.length);
  const blocks = mergeWhile(poolViolators(scores, y), (before, block) => Math.min(before.n, block.n) < least);
  blocks[0] = smooth(blocks[0]!);
  if (blocks.length > 1) blocks.push(smooth(blocks.pop()!));
  const rising = mergeWhile(blocks, (before, block) => rateOf(before) >= rateOf(block));
  return { at: rising.map(({ score }) => score), share: rising.map(rateOf) };
}

/** Goes from 1 at 0 to a half far away: what lies outside the blocks still keeps its order. */
const fade = (gap: number) => 1 - (0.5 * gap) / (1 + gap);

function applyIsotonic({ at, share }: IsotonicModel, scores: ArrayLike<number>): Float64Array {
  const last = at.length - 1;
  return Float64Array.from(scores, (score) => {
    if (score <= at[0]!) return share[0]! * fade(at[0]! - score);
    if (score >= at[last]!) return 1 - (1 - share[last]!) * fade(score - at[last]!);
    let i = 0;
    for (let last = at.length - 1; last - i > 1;) {
      const middle = (i + last) >> 1;
      if (at[middle]! < score) i = middle;
      else last = middle;
    }
    const part = (score - at[i]!) / (at[i + 1]! - at[i]!);
    return share[i]! + part * (share[i + 1]! - share[i]!);
  });
}

type Kind = CalibrationModel['kind'];

const fitKind = (kind: Kind, scores: ArrayLike<number>, y: Uint8Array): CalibrationModel =>
  kind === 'isotonic' ? { kind, ...fitIsotonic(scores, y) } : { kind, ...fitPlatt(scores, y) };

/** Mean log-loss on each part of the rows of what was fitted on the other parts. */
function tryOut(kind: Kind, scores: ArrayLike<number>, y: Uint8Array, partOf: Uint8Array): number {
  let loss = 0;
  for (let fold = 0; fold < nFolds; fold++) {
    const pick = (isIn: boolean) => {
      const rows = Array.from(y.keys()).filter((i) => (partOf[i] === fold) === isIn);
      return { scores: rows.map((i) => scores[i]!), y: Uint8Array.from(rows, (i) => y[i]!) };
    };
    const [held, rest] = [pick(true), pick(false)];
    if (held.y.length === 0) continue;
    const likelihood = applyCalibration(fitKind(kind, rest.scores, rest.y), held.scores);
    loss += held.y.length * logLoss(held.y, likelihood);
  }
  return loss / y.length;
}

/**
 * Platt's curve, or where there are rows enough a curve of any rising shape if that has the smaller log-loss on parts
 * of these rows that it was not fitted on. Scores are log-odds of rows the model was not fitted on either.
 */
export function fitCalibration(scores: ArrayLike<number>, y: Uint8Array, seed: number): CalibrationModel {
  const positives = y.reduce((sum, label) => sum + label, 0);
  const isEnough = y.length >= isotonicRows && Math.min(positives, y.length - positives) >= isotonicEach;
  if (!isEnough) return fitKind('platt', scores, y);
  const random = createRandom(seed);
  const partOf = Uint8Array.from(y, () => random.below(nFolds));
  const [platt, isotonic] = (['platt', 'isotonic'] as const).map((kind) => tryOut(kind, scores, y, partOf));
  return fitKind(isotonic! < platt! ? 'isotonic' : 'platt', scores, y);
}

/** Likelihoods in the order of the scores, none of them 0 or 1. */
export const applyCalibration = (model: CalibrationModel, scores: ArrayLike<number>): Float64Array =>
  model.kind === 'platt'
    ? applyPlatt(model, scores).map((share) => openShare / 2 + (1 - openShare) * share)
    : applyIsotonic(model, scores);
