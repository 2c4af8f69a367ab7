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
import { AppError } from '../../kit/errors';
import type { Matrix } from '../../kit/matrix';
import { solveSymmetric } from '../cholesky';
import type { Estimator, LabelledRun } from '../estimator';
import { freeChunks, multiplyRows, toChunks, type RowChunk } from '../tensors';

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

/** A chunk of rows, the same turned on its side, and the outcomes. */
type LabelledChunk = RowChunk & { turned: Tensor2D; y: Tensor2D };
type Derivatives = { gradient: Float64Array; curvature: Float64Array };

/** Gradient and curvature of the summed log-loss at `weights` (last = intercept), summed over chunks on tensors. */
function differentiate(chunks: LabelledChunk[], weights: Float64Array): Derivatives {
  const width = weights.length;
  const gradient = new Float64Array(width);
  const curvature = new Float64Array(width * width);
  const w = tensor2d(Float32Array.from(weights), [width, 1]);
  for (const { tensor, turned, y } of chunks) {
    const [slope, gram] = tidy((): [Tensor, Tensor] => {
      const p = sigmoid(matMul(tensor, w));
      const weighted = mul(tensor, mul(p, sub(1, p)));
      return [matMul(turned, sub(p, y)), matMul(turned, weighted)];
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

/** Ridge logistic regression by Newton's method; the columns of X must be standardised. */
export const logistic: Estimator<LogisticParams, LogisticModel, Float64Array, LabelledRun> = {
  name: 'logistic',
  version: 1,
  defaults: { ridge: 1, maxIter: 50, tol: 1e-5, signs: [] },

  fit(X, params, { y, report }) {
    const { maxIter, tol } = params;
    if (X.nRows < 2) throw new AppError('TooFewRows', X.nRows, 2);
    const chunks = toChunks(X).map((chunk): LabelledChunk => {
      const { start, nRows, tensor } = chunk;
      const outcomes = Float32Array.from(y.subarray(start, start + nRows));
      return { ...chunk, turned: transpose(tensor), y: tensor2d(outcomes, [nRows, 1]) };
    });
    const weights = new Float64Array(X.nColumns + 1);
    const positives = y.reduce((sum, label) => sum + label, 0);
    weights[X.nColumns] = Math.log((positives + 0.5) / (X.nRows - positives + 0.5));
    let nIter = 0;
    let change = Infinity;
    while (nIter < maxIter && change > tol) {
      change = step(weights, differentiate(chunks, weights), params);
      nIter++;
      report?.(nIter / (nIter + 3));
    }
    freeChunks(chunks);
    dispose(chunks.flatMap((chunk) => [chunk.turned, chunk.y]));
    return {
      weights: Array.from(weights.subarray(0, X.nColumns)),
      intercept: weights[X.nColumns]!,
      nIter,
    };
  },

  predict(model, X) {
    return Float64Array.from(logOdds(model, X), sigmoidOf);
  },
};

/** Log-odds of each row, on tensors. */
export const logOdds = ({ weights, intercept }: LogisticModel, X: Matrix): Float32Array =>
  multiplyRows(X, Float32Array.from([...weights, intercept]), 1);
