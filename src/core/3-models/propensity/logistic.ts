import {
  dispose,
  matMul,
  mul,
  sigmoid,
  sub,
  tensor2d,
  tidy,
  transpose,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { Matrix } from '../../kit/matrix';
import { solveSymmetric } from '../cholesky';
import { checkRows } from '../clusters/check-rows';
import type { Estimator, LabelledRun } from '../estimator';
import { freeChunks, toChunks, type RowChunk } from '../tensors';
import type { Contributions } from './contributions';
import { countRarer } from './labelled-rows';

/**
 * `ridge` is the penalty on half the squared weights, against the summed log-loss; the intercept is free. `signs[j]`
 * above 0 keeps weight j from falling below 0, below 0 from rising above it; 0 or none leaves it free.
 */
export type LogisticParams = { ridge: number; maxIter: number; tol: number; signs: number[] };

/** Log-odds = intercept + weights · x. */
export type LogisticModel = { weights: number[]; intercept: number; nIter: number };

export const sigmoidOf = (logOdds: number): number =>
  logOdds >= 0 ? 1 / (1 + Math.exp(-logOdds)) : Math.exp(logOdds) / (1 + Math.exp(logOdds));

const maxSweeps = 2_000;
/** Last steps, in double precision. */
const maxPolish = 25;
const polished = 1e-9;
/** A step that makes the loss larger is halved at most so often. */
const maxHalvings = 12;

/** A chunk of rows, the same turned on its side, the outcomes and how much each row counts. */
type LabelledChunk = RowChunk & { turned: Tensor2D; y: Tensor2D; counts: Tensor2D };
type Derivatives = { gradient: Float64Array; curvature: Float64Array };

/** Gradient and curvature of the summed log-loss at `weights` (last = intercept), summed over chunks on tensors. */
function differentiate(chunks: LabelledChunk[], weights: Float64Array): Derivatives {
  const width = weights.length;
  const gradient = new Float64Array(width);
  const curvature = new Float64Array(width * width);
  const w = tensor2d(Float32Array.from(weights), [width, 1]);
  for (const { tensor, turned, y, counts } of chunks) {
    const [slope, gram] = tidy((): [Tensor, Tensor] => {
      const p = sigmoid(matMul(tensor, w));
      const weighted = mul(tensor, mul(counts, mul(p, sub(1, p))));
      return [matMul(turned, mul(counts, sub(p, y))), matMul(turned, weighted)];
    });
    slope.dataSync<'float32'>().forEach((value, j) => (gradient[j]! += value));
    gram.dataSync<'float32'>().forEach((value, j) => (curvature[j]! += value));
    dispose([slope, gram]);
  }
  dispose(w);
  return { gradient, curvature };
}

/** Whether a weight has the sign it must not have. */
const isForbidden = (weight: number, sign: number | undefined) => weight * (sign ?? 0) < 0;

/**
 * The change that lowers the quadratic model of the loss most while `weights - change` keeps its signs: coordinate by
 * coordinate, from `change` on.
 */
function keepSigns(
  weights: Float64Array,
  change: Float64Array,
  { gradient, curvature }: Derivatives,
  signs: number[],
): void {
  const width = weights.length;
  for (let sweep = 0, largest = Infinity; sweep < maxSweeps && largest > 1e-7; sweep++) {
    largest = 0;
    for (let j = 0; j < width; j++) {
      let rest = gradient[j]!;
      for (let i = 0; i < width; i++) if (i !== j) rest -= curvature[j * width + i]! * change[i]!;
      const free = rest / curvature[j * width + j]!;
      const next = isForbidden(weights[j]! - free, signs[j]) ? weights[j]! : free;
      largest = Math.max(largest, Math.abs(next - change[j]!));
      change[j] = next;
    }
  }
}

/** One Newton step; returns the largest change of a weight. */
function step(
  weights: Float64Array,
  { gradient, curvature }: Derivatives,
  { ridge, signs }: LogisticParams,
): number {
  const width = weights.length;
  for (let j = 0; j < width - 1; j++) {
    gradient[j]! += ridge * weights[j]!;
    curvature[j * width + j]! += ridge;
  }
  const change = solveSymmetric(curvature, gradient);
  if (weights.some((weight, j) => isForbidden(weight - change[j]!, signs[j])))
    keepSigns(weights, change, { gradient, curvature }, signs);
  const largest = change.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const damping = Math.min(1, 5 / largest);
  for (let j = 0; j < width; j++) weights[j]! -= damping * change[j]!;
  return largest;
}

/** Penalised loss and its gradient in double precision; tensors hold single precision only. */
function judgeExactly(X: Matrix, { y, weights: counts }: LabelledRun, weights: Float64Array, ridge: number) {
  const { data, nRows, nColumns } = X;
  const gradient = new Float64Array(nColumns + 1);
  let loss = 0;
  for (let j = 0; j < nColumns; j++) loss += (ridge / 2) * weights[j]! ** 2;
  for (let i = 0; i < nRows; i++) {
    const from = i * nColumns;
    let logOdds = weights[nColumns]!;
    for (let j = 0; j < nColumns; j++) logOdds += weights[j]! * data[from + j]!;
    const count = counts?.[i] ?? 1;
    loss += count * (Math.max(logOdds, 0) + Math.log1p(Math.exp(-Math.abs(logOdds))) - y[i]! * logOdds);
    const slope = count * (sigmoidOf(logOdds) - y[i]!);
    for (let j = 0; j < nColumns; j++) gradient[j]! += slope * data[from + j]!;
    gradient[nColumns]! += slope;
  }
  return { loss, gradient };
}

function toLabelledChunks(X: Matrix, { y, weights }: LabelledRun): LabelledChunk[] {
  return toChunks(X).map((chunk) => {
    const { start, nRows, tensor } = chunk;
    const outcomes = Float32Array.from(y.subarray(start, start + nRows));
    const counts = new Float32Array(nRows).map((_, i) => weights?.[start + i] ?? 1);
    const shape: [number, number] = [nRows, 1];
    return {
      ...chunk,
      turned: transpose(tensor),
      y: tensor2d(outcomes, shape),
      counts: tensor2d(counts, shape),
    };
  });
}

/** Log-odds of the share of events; half a row more of each, so that it is finite. */
function startIntercept(y: Uint8Array): number {
  const positives = y.reduce((sum, label) => sum + label, 0);
  return Math.log((positives + 0.5) / (y.length - positives + 0.5));
}

/** Ridge logistic regression by Newton's method; the columns of X must be standardised and finite. */
export const logistic: Estimator<LogisticParams, LogisticModel, Float64Array, LabelledRun> = {
  name: 'logistic',
  version: 2,
  defaults: { ridge: 1, maxIter: 50, tol: 1e-5, signs: [] },

  fit(X, params, run) {
    const { maxIter, tol } = params;
    checkRows(X, 2);
    const weights = new Float64Array(X.nColumns + 1);
    weights[X.nColumns] = startIntercept(run.y);
    let nIter = 0;
    if (countRarer(run.y) > 0) {
      const chunks = toLabelledChunks(X, run);
      let at = judgeExactly(X, run, weights, params.ridge);
      let curvature = new Float64Array(0);
      const move = (derivatives: Derivatives): number => {
        const before = weights.slice();
        const change = step(weights, derivatives, params);
        let next = judgeExactly(X, run, weights, params.ridge);
        for (let h = 0; h < maxHalvings && next.loss > at.loss * (1 + 1e-12); h++) {
          weights.forEach((weight, j) => (weights[j] = (weight + before[j]!) / 2));
          next = judgeExactly(X, run, weights, params.ridge);
        }
        at = next;
        return change;
      };
      for (let change = Infinity; nIter < maxIter && change > tol; nIter++) {
        const own = differentiate(chunks, weights);
        curvature = own.curvature.slice();
        change = move(own);
        run.report?.((nIter + 1) / (nIter + 4));
      }
      freeChunks(chunks);
      dispose(chunks.flatMap((chunk) => [chunk.turned, chunk.y, chunk.counts]));
      for (let s = 0, change = Infinity; s < maxPolish && change > polished; s++)
        change = move({ gradient: at.gradient.slice(), curvature: curvature.slice() });
    }
    return {
      weights: Array.from(weights.subarray(0, X.nColumns)),
      intercept: weights[X.nColumns]!,
      nIter,
    };
  },

  predict(model, X) {
    return logOdds(model, X).map(sigmoidOf);
  },
};

/** Log-odds of each row. */
export function logOdds(
  { weights, intercept }: LogisticModel,
  { data, nRows, nColumns }: Matrix,
): Float64Array {
  return new Float64Array(nRows).map((_, i) => {
    let sum = intercept;
    for (let j = 0; j < nColumns; j++) sum += weights[j]! * data[i * nColumns + j]!;
    return sum;
  });
}

/** What each column adds to the rows' log-odds, against a row of means (0 in every column). */
export const contributionsOfLogistic = (
  { weights, intercept }: LogisticModel,
  { data, nRows, nColumns }: Matrix,
): Contributions => ({
  baseline: intercept,
  parts: weights.map((weight, j) => new Float64Array(nRows).map((_, i) => weight * data[i * nColumns + j]!)),
});
