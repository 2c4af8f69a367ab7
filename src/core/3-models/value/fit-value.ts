import type { PurchaseHistory } from '../../2-features/purchase-history';
import { normalQuantile } from '../../kit/special';
import { part, type Report } from '../estimator';
import type { ValueHoldOut, ValueModel, ValueResult } from '../results/value-result';
import { calibrate, type Calibration, daysAWeek, firstDayOf } from './calibration';
import { emptyValue } from './empty-value';
import { foresee, type Foresight, type Horizon } from './foresee';
import { holdOut } from './hold-out';
import { type Climbed, climbLadder, named } from './ladder';
import { parameterIntervals } from './parameter-intervals';
import type { Prior } from './purchase-model';
import { fitSpend, type SpendFit, spendOf } from './spend';
import { drawRatios, totalLimits } from './totals';
import { dependenceOf, gradeValue } from './value-verdict';

export type ValueOptions = {
  horizonDays: number;
  /** A year's loss of worth of money to come, 0.1 = 10%; 0 = none. */
  discountRate: number;
  /** Share of an order that is kept as profit; 1 = value is revenue. */
  margin: number;
  seed: number;
  /** Last day of the calibration of the hold-out, days from 1970; absent = half of the time there is. */
  calibratedTo?: number;
  /** Absent = the ladder chooses. */
  model?: ValueModel;
  prior?: Prior;
};

export const defaultValueOptions: ValueOptions = { horizonDays: 365, discountRate: 0, margin: 1, seed: 42 };

/** Raised when the same orders and options would be valued otherwise, by any model of the ladder. */
const version = 1;

const weeksAYear = 365.25 / daysAWeek;
const tail = 0.1;
const soonDays = [7, 14, 30];

/**
 * What each customer will be worth in the horizon: purchases to come by the first model of the ladder that the data
 * hold, times money a purchase. Always an answer with its grade; `blocked` only where nobody bought twice.
 */
export function fitValue(
  history: PurchaseHistory,
  options: ValueOptions = defaultValueOptions,
  report?: Report,
): ValueResult {
  if (history.customers.length === 0)
    return emptyValue(history.asOf, options, 'needs customers with dated orders; got none');
  const now = calibrate(history, history.lastDay);
  if (!now.x.some((x) => x > 0)) return emptyValue(history.asOf, options, nobodyBack(now, options));
  report?.(0, 'Learning how often customers buy');
  const climbed = climbLadder(
    history,
    now,
    { prior: options.prior, report: part(report, 0, 0.4) },
    options.model,
  );
  report?.(0.4, 'Learning what they spend');
  const spend = fitSpend(history, part(report, 0.4, 0.5));
  report?.(0.5, 'Testing on a later time');
  const later = testLater(history, climbed, options, part(report, 0.5, 0.7));
  report?.(0.7, 'Looking ahead');
  return describeValue(history, now, climbed, spend, later, options, part(report, 0.7, 1));
}

/** Nobody back yet is no sign that nobody will be: how many orders it leaves possible (95 of 100, at one pace for all). */
function nobodyBack({ rows, T }: Calibration, { horizonDays }: ValueOptions): string {
  const n = rows.length.toLocaleString('en-US');
  const why = `needs customers who bought on more than one day, got none of ${n}`;
  const watched = T.reduce((sum, weeks) => sum + weeks, 0);
  const most = Math.ceil((3 * rows.length * horizonDays) / daysAWeek / watched);
  if (!Number.isFinite(most)) return why;
  return `${why}; up to about ${most.toLocaleString('en-US')} orders by all of them in ${horizonDays} days would still fit that`;
}

/** The chosen model fitted again on the first part of the time and held against the rest; null where that is too short. */
function testLater(
  history: PurchaseHistory,
  { name }: Climbed,
  options: ValueOptions,
  report: Report,
): ValueHoldOut | null {
  const first = firstDayOf(history);
  const until = options.calibratedTo ?? Math.floor((first + history.lastDay) / 2);
  if (until - first < daysAWeek || history.lastDay - until < daysAWeek) return null;
  const before = calibrate(history, until);
  const { fit } = climbLadder(history, before, { prior: options.prior, report: part(report, 0, 0.9) }, name);
  report(0.9);
  return holdOut(history, before, fit);
}

function describeValue(
  history: PurchaseHistory,
  now: Calibration,
  climbed: Climbed,
  spend: SpendFit,
  later: ValueHoldOut | null,
  options: ValueOptions,
  report: Report,
): ValueResult {
  const { fit, name, ladder } = climbed;
  const horizon = horizonOf(options);
  const ahead = foresee(fit, now, horizon);
  report(0.3, 'Looking ahead');
  const hasMoney = spend.model !== 'none';
  const dependence = hasMoney ? dependenceOf(spend) : null;
  const ratios = drawRatios(fit, spend, now, horizon, missedBy(later), options.seed);
  report(0.5);
  const values = valueEach(ahead, now, spend, options.margin, spreadOf(ratios));
  const limits = totalLimits(values.sum, values.variance, ratios, options.seed);
  report(0.6);
  const intervals =
    fit.kind === 'model'
      ? parameterIntervals(fit.model, fit.fitted, now.triples, part(report, 0.6, 1))
      : { parameterIntervals: {}, intervalMethod: 'none' as const };
  report(1);
  return {
    asOf: history.asOf,
    model: name,
    modelVersion: version,
    ...gradeValue(history, now, climbed, later, dependence, spend, options.horizonDays),
    blocked: null,
    parameters: fit.kind === 'model' ? named(fit.model, fit.fitted) : {},
    ...intervals,
    logLikelihood: fit.kind === 'model' ? fit.fitted.logLikelihood : null,
    spend: describeSpend(spend),
    unit: 'weeks',
    horizonDays: options.horizonDays,
    discountRate: options.discountRate,
    margin: options.margin,
    hasMoney,
    totals: {
      expected: values.sum,
      low: limits[0],
      high: limits[1],
      perCustomerMean: values.sum / now.rows.length,
      purchases: ahead.purchases.reduce((sum, value) => sum + value, 0),
    },
    holdOut: later,
    dependence,
    customers: history.customers.slice(),
    probabilityAlive: ahead.alive,
    expectedPurchases: ahead.purchases,
    expectedSpend: values.spend,
    lifetimeValue: values.value,
    low: values.low,
    high: values.high,
    distribution: hasMoney ? byTenth(values.value) : [],
    ladder,
    soon: soonDays.map((days) => ({ days, customers: customersWithin(fit, now, days) })),
    nextOrder: null,
    priceSensitivity: null,
  };
}

function customersWithin(fit: Climbed['fit'], now: Calibration, days: number): number {
  const weeks = days / daysAWeek;
  return foresee(fit, now, { weeks, step: weeks, rate: 0 }).none.reduce((sum, none) => sum + 1 - none, 0);
}

const horizonOf = ({ horizonDays, discountRate }: ValueOptions): Horizon => ({
  weeks: horizonDays / daysAWeek,
  step: weeksAYear / 12,
  rate: (1 + Math.max(0, discountRate)) ** (1 / 12) - 1,
});

/** How far off the test on later days was, as a log; what a model misses once it may miss again. */
const missedBy = (later: ValueHoldOut | null): number =>
  later && later.actual > 0 && later.predicted > 0
    ? Math.min(1, Math.abs(Math.log(later.actual / later.predicted)))
    : 0;

/** Standard deviation of the ratios: how far off all values may be together. */
function spreadOf(ratios: Float64Array): number {
  if (ratios.length === 0) return 0;
  const mean = ratios.reduce((sum, value) => sum + value, 0) / ratios.length;
  return Math.sqrt(ratios.reduce((sum, value) => sum + (value - mean) ** 2, 0) / ratios.length);
}

/**
 * Value of each customer, and limits that hold 80 of 100 outcomes: none with the chance of no purchase, else log-normal
 * with the mean and variance of number times money, widened by how far off the parameters may be.
 */
function valueEach(ahead: Foresight, now: Calibration, spend: SpendFit, margin: number, off: number) {
  const n = now.rows.length;
  const [value, low, high, each] = Array.from({ length: 4 }, () => new Float64Array(n)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let [sum, variance] = [0, 0];
  if (spend.model === 'none') return { value, low, high, spend: each, sum, variance };
  for (let i = 0; i < n; i++) {
    const money = spendOf(spend, i);
    each[i] = money.mean;
    value[i] = ahead.discounted[i]! * money.mean * margin;
    const discount = ahead.purchases[i]! > 0 ? ahead.discounted[i]! / ahead.purchases[i]! : 1;
    const square = ahead.purchases[i]! * money.variance + ahead.square[i]! * money.mean ** 2;
    const spread = square * (margin * discount) ** 2;
    sum += value[i]!;
    variance += Math.max(0, spread - value[i]! ** 2);
    const some = 1 - ahead.none[i]!;
    if (!(some > 1e-9)) continue;
    const mean = value[i]! / some;
    const sigma = Math.sqrt(Math.log(Math.max(1, spread / some / (mean * mean))) + off * off);
    low[i] = limit(tail, ahead.none[i]!, mean, sigma);
    high[i] = limit(1 - tail, ahead.none[i]!, mean, sigma);
  }
  return { value, low, high, spend: each, sum, variance };
}

function limit(share: number, none: number, mean: number, sigma: number): number {
  if (share <= none) return 0;
  return mean * Math.exp(sigma * normalQuantile((share - none) / (1 - none)) - (sigma * sigma) / 2);
}

const describeSpend = ({ model, fitted, populationMean, n }: SpendFit): ValueResult['spend'] => ({
  model,
  parameters: model === 'gammaGamma' && fitted ? { p: fitted.p, q: fitted.q, gamma: fitted.gamma } : {},
  logLikelihood: model === 'gammaGamma' && fitted ? fitted.logLikelihood : null,
  populationMean,
  customersUsed: n.reduce((sum, one) => sum + Number(one > 0), 0),
});

function byTenth(value: Float64Array): ValueResult['distribution'] {
  const sorted = value.slice().sort();
  const nParts = Math.min(10, sorted.length);
  return Array.from({ length: nParts }, (_, k) => {
    const own = sorted.subarray(
      Math.round((k * sorted.length) / nParts),
      Math.round(((k + 1) * sorted.length) / nParts),
    );
    const sum = own.reduce((all, one) => all + one, 0);
    return { from: own[0]!, to: own[own.length - 1]!, customers: own.length, value: sum };
  });
}
