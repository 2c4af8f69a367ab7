import type { PurchaseHistory } from '../../2-features/purchase-history';
import type { ValueHoldOut } from '../results/value-result';
import { type Calibration, daysAWeek, firstDayOf, purchasesAfter } from './calibration';
import { foresee, type PurchaseFit } from './foresee';
import { pearson } from './rank-correlation';

const mostFrequent = 7;
const nPoints = 13;
const nSpans = 4;

/** What a fit made on an earlier day says of the time since, beside what came. */
export function holdOut(history: PurchaseHistory, before: Calibration, fit: PurchaseFit): ValueHoldOut {
  const days = history.lastDay - before.lastDay;
  const weeks = days / daysAWeek;
  const predicted = foresee(fit, before, { weeks, step: weeks, rate: 0 }).purchases;
  const actual = purchasesAfter(history, before, history.lastDay);
  const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
  const error = sum(predicted.map((value, i) => Math.abs(value - actual[i]!)));
  return {
    calibratedTo: before.lastDay,
    days,
    customers: predicted.length,
    predicted: sum(predicted),
    actual: sum(actual),
    correlation: pearson(predicted, actual),
    meanAbsoluteError: error / predicted.length,
    byFrequency: byFrequency(before, predicted, actual),
    byFirstOrder: byFirstOrder(history, before, predicted, actual),
    tracking: tracking(history, before, fit),
  };
}

function byFrequency({ x }: Calibration, predicted: Float64Array, actual: Float64Array) {
  const rows = Array.from({ length: mostFrequent + 1 }, (_, row) => ({
    x: row,
    customers: 0,
    predictedMean: 0,
    actualMean: 0,
  }));
  x.forEach((count, i) => {
    const row = rows[Math.min(count, mostFrequent)]!;
    row.customers++;
    row.predictedMean += predicted[i]!;
    row.actualMean += actual[i]!;
  });
  for (const row of rows) {
    row.predictedMean /= Math.max(1, row.customers);
    row.actualMean /= Math.max(1, row.customers);
  }
  return rows.filter(({ customers }) => customers > 0);
}

function byFirstOrder(
  history: PurchaseHistory,
  { rows, lastDay }: Calibration,
  predicted: Float64Array,
  actual: Float64Array,
) {
  const { day, offsets } = history;
  const first = firstDayOf(history);
  const width = (lastDay + 1 - first) / nSpans;
  const spans = Array.from({ length: nSpans }, (_, k) => ({
    from: first + Math.round(k * width),
    to: first + Math.round((k + 1) * width) - 1,
    customers: 0,
    predicted: 0,
    actual: 0,
  }));
  rows.forEach((c, i) => {
    const own = spans.find(({ to }) => day[offsets[c]!]! <= to)!;
    own.customers++;
    own.predicted += predicted[i]!;
    own.actual += actual[i]!;
  });
  return spans.filter(({ customers }) => customers > 0);
}

/** Repeat purchases since the first day of all customers of the calibration, at even times; those to come are foretold too. */
function tracking(history: PurchaseHistory, { rows }: Calibration, fit: PurchaseFit) {
  const { day, offsets, lastDay } = history;
  const start = firstDayOf(history);
  const firstDays = new Map<number, number>();
  for (const c of rows) {
    const first = day[offsets[c]!]!;
    firstDays.set(first, (firstDays.get(first) ?? 0) + 1);
  }
  const repeats = [...rows].flatMap((c) => [...day.subarray(offsets[c]! + 1, offsets[c + 1]!)]);
  const sorted = Int32Array.from(repeats).sort();
  return Array.from({ length: nPoints }, (_, k) => {
    const at = start + Math.round(((k + 1) * (lastDay + 1 - start)) / nPoints) - 1;
    const actual = sorted.findIndex((one) => one > at);
    return { at, actual: actual < 0 ? sorted.length : actual, expected: expectedBy(fit, firstDays, at) };
  });
}

function expectedBy(fit: PurchaseFit, firstDays: Map<number, number>, at: number): number | null {
  if (fit.kind !== 'model') return null;
  let sum = 0;
  for (const [first, count] of firstDays)
    if (at > first) sum += count * fit.model.expectedByAge(fit.fitted.parameters, (at - first) / daysAWeek);
  return sum;
}
