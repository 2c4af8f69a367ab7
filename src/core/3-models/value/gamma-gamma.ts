import { digamma, lgamma } from '../../kit/special';
import { part, type Report } from '../estimator';
import { maximise } from './maximise';
import { logBounds, type Prior, withPrior, withReport } from './purchase-model';

/** What was learned of spend per purchase: p, q and gamma of Fader and Hardie's note of 2013; covariance is of their logs. */
export type FittedSpend = {
  p: number;
  q: number;
  gamma: number;
  logLikelihood: number;
  isConverged: boolean;
  atBound: boolean[];
  covariance: number[][] | null;
  /** Customers it was learned from. */
  nUsed: number;
};

/**
 * Gamma-Gamma model of money per purchase: `x[i]` purchases of mean value `z[i]`, both above zero (Fader, Hardie and Lee
 * 2005, Journal of Marketing Research 42, 415-430; Fader and Hardie 2013, equation 1a).
 */
export const gammaGamma = {
  name: 'gammaGamma',
  version: 1,
  parameterNames: ['p', 'q', 'gamma'],

  fit(x: Float64Array, z: Float64Array, options: { prior?: Prior; report?: Report } = {}): FittedSpend {
    const middle = z.reduce((sum, value) => sum + Math.log(value), 0) / z.length;
    const scale = Math.exp(middle); // money of any currency: starts and bounds on the scale of the data
    const scaled = z.map((value) => value / scale);
    const summary = summarise(x, scaled);
    const objective = withPrior(
      withReport((logs, slope) => logLikelihood(summary, logs, slope), x.length, part(options.report, 0, 1)),
      options.prior,
    );
    const starts = [
      [6, 4, 2.5],
      [1.5, 3, 1.5],
      [20, 10, 0.5],
    ].map((start) => start.map(Math.log));
    const found = maximise(objective, starts, logBounds);
    const [p, q, gamma] = Array.from(found.theta, Math.exp) as [number, number, number];
    const value = logLikelihood(summary, found.theta, new Float64Array(3));
    return {
      p,
      q,
      gamma: gamma * scale,
      logLikelihood: value - x.length * middle,
      isConverged: found.isConverged,
      atBound: found.atBound,
      covariance: found.covariance,
      nUsed: x.length,
    };
  },

  /** Mean of what a customer with x purchases of mean value z spends a time (their equation 5); x = 0 = nothing known. */
  expectedSpend: ({ p, q, gamma }: Pick<FittedSpend, 'p' | 'q' | 'gamma'>, x: number, z: number): number =>
    (p * (gamma + x * z)) / (p * x + q - 1),

  /** Variance of one purchase's value around the customer's unknown mean, and of that mean; Infinity with q + px up to 2. */
  spendVariance({ p, q, gamma }: Pick<FittedSpend, 'p' | 'q' | 'gamma'>, x: number, z: number) {
    const shape = p * x + q;
    const scale = gamma + x * z;
    const ofRate = (scale * scale) / ((shape - 1) * (shape - 2));
    if (shape <= 2) return { within: Infinity, between: Infinity };
    return { within: p * ofRate, between: p * p * (ofRate - (scale / (shape - 1)) ** 2) };
  },
};

type Summary = {
  x: Float64Array;
  of: Int32Array;
  count: Float64Array;
  xz: Float64Array;
  n: number;
  fixed: Float64Array;
};

/** Customers by number of purchases: everything but ln(gamma + xz) depends on that alone. */
function summarise(x: Float64Array, z: Float64Array): Summary {
  const values = Float64Array.from(new Set(x)).sort();
  const place = new Map(Array.from(values, (value, i) => [value, i]));
  const of = Int32Array.from(x, (value) => place.get(value)!);
  const count = new Float64Array(values.length);
  const fixed = new Float64Array(2);
  const xz = x.map((value, i) => value * z[i]!);
  for (let i = 0; i < x.length; i++) {
    count[of[i]!]!++;
    fixed[0]! += x[i]! * Math.log(xz[i]!);
    fixed[1]! += Math.log(z[i]!);
  }
  return { x: values, of, count, xz, n: x.length, fixed };
}

/** Sum of lgamma(px+q) - lgamma(px) - lgamma(q) + q ln gamma + (px-1) ln z + px ln x - (px+q) ln(gamma + xz). */
function logLikelihood({ x, of, count, xz, n, fixed }: Summary, logs: Float64Array, slope: Float64Array) {
  const [p, q, gamma] = logs.map(Math.exp) as unknown as [number, number, number];
  const sumLog = new Float64Array(x.length);
  const sumInverse = new Float64Array(x.length);
  for (let i = 0; i < n; i++) {
    const at = gamma + xz[i]!;
    sumLog[of[i]!]! += Math.log(at);
    sumInverse[of[i]!]! += 1 / at;
  }
  let total = n * (q * logs[2]! - lgamma(q)) + p * fixed[0]! - fixed[1]!;
  let [dp, dq, dGamma] = [fixed[0]!, n * (logs[2]! - digamma(q)), (n * q) / gamma];
  for (let j = 0; j < x.length; j++) {
    const px = p * x[j]!;
    const k = count[j]!;
    const atSum = digamma(px + q);
    total += k * (lgamma(px + q) - lgamma(px)) - (px + q) * sumLog[j]!;
    dp += x[j]! * (k * (atSum - digamma(px)) - sumLog[j]!);
    dq += k * atSum - sumLog[j]!;
    dGamma -= (px + q) * sumInverse[j]!;
  }
  slope[0] = dp * p;
  slope[1] = dq * q;
  slope[2] = dGamma * gamma;
  return total;
}
