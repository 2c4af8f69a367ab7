import { sigmoidOf } from './logistic';
import { solveSymmetric } from './cholesky';

/** Likelihood = sigmoid(slope * logOdds + offset). */
export type PlattModel = { slope: number; offset: number };

const maxIter = 100;

/**
 * Platt's scaling: a one-dimensional logistic fit of the outcomes on the scores, with his softened targets so that
 * few outcomes cannot promise certainty. Give it rows the scores were not fitted on.
 */
export function fitPlatt(scores: ArrayLike<number>, y: Uint8Array): PlattModel {
  const positives = y.reduce((sum, label) => sum + label, 0);
  const negatives = y.length - positives;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  const weights = [1, 0] as [number, number];
  if (positives === 0 || negatives === 0)
    return { slope: 0, offset: Math.log((positives + 1) / (negatives + 1)) };
  for (let iter = 0; iter < maxIter; iter++) {
    const gradient = new Float64Array(2);
    const curvature = new Float64Array([1e-9, 0, 0, 1e-9]);
    for (let i = 0; i < y.length; i++) {
      const score = scores[i]!;
      const p = sigmoidOf(weights[0] * score + weights[1]);
      const gap = p - (y[i] ? high : low);
      const weight = p * (1 - p);
      gradient[0]! += gap * score;
      gradient[1]! += gap;
      curvature[0]! += weight * score * score;
      curvature[1]! += weight * score;
      curvature[3]! += weight;
    }
    curvature[2] = curvature[1]!;
    const change = solveSymmetric(curvature, gradient);
    const damping = Math.min(1, 5 / Math.hypot(change[0]!, change[1]!));
    weights[0] -= damping * change[0]!;
    weights[1] -= damping * change[1]!;
    if (Math.hypot(change[0]!, change[1]!) < 1e-10) break;
  }
  return { slope: weights[0], offset: weights[1] };
}

export const applyPlatt = ({ slope, offset }: PlattModel, scores: ArrayLike<number>): Float64Array =>
  Float64Array.from(scores, (score) => sigmoidOf(slope * score + offset));
