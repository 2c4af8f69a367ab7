import { maximise, type Maximum, type Objective } from './maximise';
import type { Triples } from './triples';

/** Logs of parameters stay within these: wide enough for a model that collapses to a simpler one to get there. */
export const logBounds = [-16, 14] as const;

/** Where there are many kinds of customers, the search starts from the best fit to about this many. */
const nThinned = 2000;

/** Penalises parameters far from 1: normal on their logs with this standard deviation; absent = plain likelihood. */
export type Prior = { sdOfLog: number };

/** What `fit` learned. `parameters` are in the order of the model's names; covariance is of their logs. */
export type FittedPurchases = {
  model: string;
  parameters: number[];
  logLikelihood: number;
  isConverged: boolean;
  /** Parameters the data pull to zero or without end. */
  atBound: boolean[];
  covariance: number[][] | null;
};

/** A model of who is still a customer and how often they buy (Fader and Hardie's x, tx, T). */
export type PurchaseModel = {
  name: string;
  version: number;
  parameterNames: readonly string[];
  /** Log-likelihood of all customers and its slope in the logs of the parameters. */
  logLikelihood(triples: Triples, logs: Float64Array, slope: Float64Array): number;
  starts: readonly (readonly number[])[];
  probabilityAlive(parameters: readonly number[], x: number, tx: number, T: number): number;
  /** Purchases in the next t units of time by a customer with this past. */
  expectedPurchases(parameters: readonly number[], t: number, x: number, tx: number, T: number): number;
  /** Repeat purchases by age t of a customer of whom nothing is known yet. */
  expectedByAge(parameters: readonly number[], t: number): number;
};

export type FitOptions = { prior?: Prior; starts?: readonly (readonly number[])[] };

/** Maximum likelihood, or the most likely under a weak prior where one is given; `logLikelihood` is without the prior. */
export function fitPurchases(
  model: PurchaseModel,
  triples: Triples,
  options: FitOptions = {},
): FittedPurchases {
  const objectiveOf = (part: Triples) =>
    withPrior((logs, slope) => model.logLikelihood(part, logs, slope), options.prior);
  let starts = options.starts ?? model.starts.map((start) => start.map(Math.log));
  if (triples.n > 2 * nThinned) {
    const { theta } = maximise(objectiveOf(thin(triples)), starts, logBounds);
    starts = [Array.from(theta)];
  }
  const found = maximise(objectiveOf(triples), starts, logBounds);
  return toFitted(model, triples, found);
}

/** Every so-manieth triple, for a first look. */
function thin({ n, x, tx, T, count, of, maxX }: Triples): Triples {
  const stride = Math.floor(n / nThinned);
  const keep = (values: Float64Array) => values.filter((_, i) => i % stride === 0);
  const [xs, txs, Ts, counts] = [x, tx, T, count].map(keep) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return { n: xs.length, x: xs, tx: txs, T: Ts, count: counts, of, maxX };
}

function toFitted(model: PurchaseModel, triples: Triples, found: Maximum): FittedPurchases {
  return {
    model: model.name,
    parameters: Array.from(found.theta, Math.exp),
    logLikelihood: model.logLikelihood(triples, found.theta, new Float64Array(found.theta.length)),
    isConverged: found.isConverged,
    atBound: found.atBound,
    covariance: found.covariance,
  };
}

/** The same objective with a normal prior on each coordinate around zero. */
export function withPrior(objective: Objective, prior: Prior | undefined): Objective {
  if (!prior) return objective;
  const weight = 1 / prior.sdOfLog ** 2;
  return (theta, slope) => {
    let value = objective(theta, slope);
    theta.forEach((at, i) => {
      value -= (weight * at * at) / 2;
      slope[i]! -= weight * at;
    });
    return value;
  };
}

/** Running sums of ln(from + i) and 1 / (from + i) for i below 0, 1, … n: rising factorials and their slopes. */
export function risingLogs(from: number, n: number): { log: Float64Array; slope: Float64Array } {
  const log = new Float64Array(n + 1);
  const slope = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    log[i + 1] = log[i]! + Math.log(from + i);
    slope[i + 1] = slope[i]! + 1 / (from + i);
  }
  return { log, slope };
}

/** Purchases in the steps to come, each step's discounted by `rate` a step (to its end); the last step may be short. */
export function discountedPurchases(
  expectedBy: (t: number) => number,
  { horizon, step, rate }: { horizon: number; step: number; rate: number },
): number {
  if (rate === 0) return expectedBy(horizon);
  let value = 0;
  let before = 0;
  for (let i = 1; i * step < horizon + step - 1e-9; i++) {
    const by = expectedBy(Math.min(i * step, horizon));
    value += (by - before) / (1 + rate) ** (Math.min(i * step, horizon) / step);
    before = by;
  }
  return value;
}
