import { part, type Report } from '../estimator';
import { maximise, type Objective } from './maximise';
import type { Triples } from './triples';

/** Logs searched stay within these: wide enough for a model that collapses to a simpler one to get there. */
export const logBounds = [-16, 14] as const;

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
  /** About so many kinds of customers are enough to search from all starts. */
  firstLook: number;
  probabilityAlive(parameters: readonly number[], x: number, tx: number, T: number): number;
  /** Purchases in the next t units of time by a customer with this past. */
  expectedPurchases(parameters: readonly number[], t: number, x: number, tx: number, T: number): number;
  /** Repeat purchases by age t of a customer of whom nothing is known yet. */
  expectedByAge(parameters: readonly number[], t: number): number;
};

export type FitOptions = { prior?: Prior; starts?: readonly (readonly number[])[]; report?: Report };

/**
 * Maximum likelihood, or the most likely under a weak prior where one is given; `logLikelihood` is without the prior.
 * Searched over the logs of first to second and of third to fourth parameter, which say more than the parameters alone:
 * where all buy at one pace both of a pair grow without end and their ratio stays.
 */
export function fitPurchases(
  model: PurchaseModel,
  triples: Triples,
  options: FitOptions = {},
): FittedPurchases {
  const objectiveOf = (some: Triples, report: Report) =>
    byRatios(
      withPrior(
        withReport((logs, slope) => model.logLikelihood(some, logs, slope), some.n, report),
        options.prior,
      ),
    );
  let starts = (options.starts ?? model.starts.map((start) => start.map(Math.log))).map(toRatios);
  if (triples.n > 2 * model.firstLook) {
    const { theta, atBound } = maximise(
      objectiveOf(thin(triples, model.firstLook), part(options.report, 0, 0.3)),
      starts,
      logBounds,
    );
    // What few customers pull without end, all of them may not: out there the slope is too small to come back by.
    starts = atBound.includes(true) ? [Array.from(theta), ...starts] : [Array.from(theta)];
  }
  const found = maximise(objectiveOf(triples, part(options.report, 0.3, 1)), starts, logBounds);
  const logs = fromRatios(found.theta);
  const isHeld = (i: number) => found.atBound[i]! || found.atBound[i | 1]!;
  return {
    model: model.name,
    parameters: Array.from(logs, Math.exp),
    logLikelihood: model.logLikelihood(triples, logs, new Float64Array(4)),
    isConverged: found.isConverged,
    atBound: [0, 1, 2, 3].map(isHeld),
    covariance: found.covariance && ofLogs(found.covariance),
  };
}

const toRatios = ([a, b, c, d]: readonly number[]): number[] => [a! - b!, b!, c! - d!, d!];
const fromRatios = ([a, b, c, d]: Float64Array): Float64Array => Float64Array.of(a! + b!, b!, c! + d!, d!);

const byRatios =
  (objective: Objective): Objective =>
  (theta, slope) => {
    const value = objective(fromRatios(theta), slope);
    slope[1]! += slope[0]!;
    slope[3]! += slope[2]!;
    return value;
  };

/** Covariance of the logs from that of the ratios. */
function ofLogs(covariance: number[][]): number[][] {
  const rows = covariance.map((row) => Array.from(fromRatios(Float64Array.from(row))));
  return rows.map((_, i) => rows[i]!.map((_, j) => rows[i]![j]! + (i % 2 === 0 ? rows[i + 1]![j]! : 0)));
}

/** Every so-manieth triple, for a first look. */
function thin({ n, x, tx, T, count, of, maxX }: Triples, to: number): Triples {
  const stride = Math.floor(n / to);
  const keep = (values: Float64Array) => values.filter((_, i) => i % stride === 0);
  const [xs, txs, Ts, counts] = [x, tx, T, count].map(keep) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return { n: xs.length, x: xs, tx: txs, T: Ts, count: counts, of, maxX };
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

/** Kinds of customers looked at between two words of it, and so many that half of the work is taken to be done. */
const [lookedAt, halfOfAll] = [50_000, 1_000_000];

/** The same objective, which tells now and then that work over `size` kinds of customers goes on. */
export function withReport(objective: Objective, size: number, report: Report): Objective {
  let [looked, told] = [0, 0];
  return (theta, slope) => {
    looked += size;
    if (looked - told >= lookedAt) report((told = looked) / (looked + halfOfAll));
    return objective(theta, slope);
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
