import { createRandom } from '../../kit/random';
import { quantileSorted } from '../../kit/quantiles';
import { cholesky } from '../cholesky';
import type { Calibration } from './calibration';
import { foresee, type Horizon, type PurchaseFit } from './foresee';
import { type SpendFit, spendOf } from './spend';

const nDraws = 200;
const mostSampled = 300;

/**
 * How the value of all could differ from what is expected, as a spread of ratios: parameters of both models drawn from
 * what the data leave open (normal on their logs), revalued on a sample of customers, and as far off again (log
 * `missed`) as the test on later days was. Empty where nothing was estimated.
 */
export function drawRatios(
  fit: PurchaseFit,
  spend: SpendFit,
  now: Calibration,
  horizon: Horizon,
  missed: number,
  seed: number,
): Float64Array {
  const random = createRandom(seed);
  const sample = sampleOf(now);
  const flat = { ...horizon, rate: 0 };
  const worth = (one: PurchaseFit, money: SpendFit) => {
    const { purchases } = foresee(one, sample, flat);
    return purchases.reduce((sum, value, i) => sum + value * (spendOf(money, sample.rows[i]!).mean || 1), 0);
  };
  const base = worth(fit, spend);
  if (!(base > 0)) return new Float64Array(0);
  const ratios = Float64Array.from({ length: nDraws }, () => {
    const ratio =
      (worth(drawFit(fit, random.normal), drawSpend(spend, random.normal)) / base) *
      Math.exp(missed * random.normal());
    return Number.isFinite(ratio) ? ratio : 1;
  });
  return ratios.sort();
}

function drawFit(fit: PurchaseFit, normal: () => number): PurchaseFit {
  if (fit.kind !== 'model') {
    const learnedFrom = fit.kind === 'mean' ? fit.learnedFrom : fit.average.learnedFrom;
    const ratio = Math.exp(Math.max(0.1, 1 / Math.sqrt(Math.max(learnedFrom, 0.5))) * normal());
    if (fit.kind === 'mean') return { ...fit, purchasesAWeek: fit.purchasesAWeek * ratio };
    return { ...fit, average: { ...fit.average, mean: fit.average.mean.map((value) => value * ratio) } };
  }
  const { fitted } = fit;
  return {
    ...fit,
    fitted: { ...fitted, parameters: drawLogs(fitted.parameters, fitted.covariance, normal) },
  };
}

function drawSpend(spend: SpendFit, normal: () => number): SpendFit {
  const { fitted } = spend;
  if (spend.model !== 'gammaGamma' || !fitted) return spend;
  const [p, q, gamma] = drawLogs([fitted.p, fitted.q, fitted.gamma], fitted.covariance, normal) as [
    number,
    number,
    number,
  ];
  return q > 1.01 ? { ...spend, fitted: { ...fitted, p, q, gamma } } : spend;
}

/** Parameters with normal noise of this covariance on their logs; those held fixed (zero rows) stay. */
function drawLogs(parameters: number[], covariance: number[][] | null, normal: () => number): number[] {
  const free = parameters.map((_, i) => i).filter((i) => (covariance?.[i]?.[i] ?? 0) > 0);
  const factor = covariance && cholesky(free.map((i) => free.map((j) => covariance[i]![j]!)));
  if (!factor) return parameters;
  const noise = free.map(() => normal());
  const drawn = [...parameters];
  free.forEach((i, k) => {
    const step = factor[k]!.reduce((sum, weight, j) => sum + weight * (noise[j] ?? 0), 0);
    drawn[i] = parameters[i]! * Math.exp(Math.max(-3, Math.min(3, step)));
  });
  return drawn;
}

/** Customers at even distances. */
function sampleOf(now: Calibration): Calibration {
  const n = Math.min(mostSampled, now.rows.length);
  const at = Array.from({ length: n }, (_, i) => Math.floor((i * now.rows.length) / n));
  const take = (values: Float64Array) => Float64Array.from(at, (i) => values[i]!);
  const of = Int32Array.from(at, (_, i) => i);
  return {
    ...now,
    rows: Int32Array.from(at, (i) => now.rows[i]!),
    x: take(now.x),
    tx: take(now.tx),
    T: take(now.T),
    triples: { ...now.triples, n, of },
  };
}

/** 95% limits of a sum that is `expected` with this variance of outcomes, its parameters off by one of `ratios`. */
export function totalLimits(
  expected: number,
  outcomeVariance: number,
  ratios: Float64Array,
  seed: number,
): [number, number] {
  const random = createRandom(seed + 1);
  const sd = Math.sqrt(outcomeVariance);
  const of = ratios.length > 0 ? ratios : new Float64Array([1]);
  const sums = Float64Array.from(
    { length: 2000 },
    (_, i) => expected * of[i % of.length]! + sd * random.normal(),
  );
  sums.sort();
  return [Math.max(0, quantileSorted(sums, 0.025)), quantileSorted(sums, 0.975)];
}
