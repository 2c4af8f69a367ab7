import type { PurchaseHistory } from '../../2-features/purchase-history';
import { quantileSorted } from '../../kit/quantiles';
import { normalCdf, normalQuantile } from '../../kit/special';
import type { Report } from '../estimator';
import type { Grade } from '../results/grade';
import type { NextOrder } from '../results/value-result';
import { firstAfter, firstDayOf } from './calibration';

/** Log-normal pauses between purchases: each customer's own mean and spread, drawn to those of all. */
type Rhythm = { mean: number; between: number; within: number };
/** Of one customer's next pause: mean and standard deviation of its log, last purchase, days passed since. */
type Pause = { mu: number; sigma: number; last: number; elapsed: number };

const level = 0.8;
/** Degrees of freedom that the spread of all counts for beside a customer's own. */
const priorFreedom = 4;
/** A pause this unlikely to last so long says that the rhythm is broken. */
const leastTail = 1e-3;
const leastOrders = 30;
/** No log of pauses varies less than whole days make it: one day in a month, roughly. */
const leastVariance = 1e-4;

/**
 * A window of days for each customer's next order, meant to hold 80 of 100 orders that come. Where in the pause's
 * distribution it begins and ends is learned from orders that came after earlier days, so it is right on average even
 * where pauses are not log-normal; tested on days later still.
 */
export function nextOrderWindow(history: PurchaseHistory, report: Report = () => {}): NextOrder {
  const first = firstDayOf(history);
  const { lastDay } = history;
  const step = stepDays(history, lastDay - first);
  const origins = [1, 2, 3].map((k) => lastDay - k * step).filter((day) => day > first + step / 2);
  const places = origins.map((day, k) => {
    report(k / 5);
    return placesAfter(history, day, day + step);
  });
  report(0.6);
  const tested = testWindows(history, origins, places, step);
  const ends = endsOf(places.flat());
  report(0.8);
  const rhythm = learnRhythm(history, lastDay);
  const n = history.customers.length;
  const [from, to] = [new Int32Array(n).fill(-1), new Int32Array(n).fill(-1)];
  for (let c = 0; c < n; c++) {
    if (c % 20_000 === 0) report(0.8 + (0.2 * c) / n);
    const pause = rhythm && pauseOf(history, rhythm, c, lastDay);
    if (pause) [from[c], to[c]] = windowOf(pause, ends, lastDay);
  }
  const coverage = {
    level,
    inside: tested?.inside ?? null,
    orders: tested?.orders ?? 0,
    days: step,
    asOf: origins[0] ?? null,
  };
  return { from, to, coverage, ...wordsOf(coverage, rhythm !== null, tested?.isNarrow ?? false) };
}

/** How far ahead windows are learned and tested: as long as 99 of 100 pauses, a quarter of the time there is at most. */
function stepDays({ offsets, day }: PurchaseHistory, span: number): number {
  const gaps: number[] = [];
  for (let c = 0; c + 1 < offsets.length; c++)
    for (let i = offsets[c]! + 1; i < offsets[c + 1]!; i++) gaps.push(day[i]! - day[i - 1]!);
  const sorted = Float64Array.from(gaps).sort();
  const usual = quantileSorted(sorted, 0.5) || 30;
  const long = quantileSorted(sorted, 0.99) || 30;
  return Math.max(7, Math.floor(Math.min(span / 4, Math.max(28, 2 * usual, long))));
}

/** Pauses that ended by `until`, first as sums by customer, then parted into between and within customers. */
function learnRhythm({ offsets, day }: PurchaseHistory, until: number): Rhythm | null {
  let [n, sum, square, within, customers, inverse] = [0, 0, 0, 0, 0, 0];
  for (let c = 0; c + 1 < offsets.length; c++) {
    const own = logGaps(day, offsets[c]!, firstAfter(day, offsets[c]!, offsets[c + 1]!, until));
    if (own.n === 0) continue;
    n += own.n;
    customers++;
    sum += own.mean;
    square += own.mean * own.mean;
    within += own.rest;
    inverse += 1 / own.n;
  }
  if (customers < 2 || n < 10) return null;
  const mean = sum / customers;
  const ofMeans = Math.max(0, square / customers - mean * mean);
  const variance =
    n > customers ? Math.max(within / (n - customers), leastVariance) : Math.max(ofMeans, 0.25);
  return {
    mean,
    within: variance,
    between: Math.max(ofMeans - (variance * inverse) / customers, leastVariance),
  };
}

/** Number, mean and sum of squares around the mean of the logs of the pauses between days `from` to `to - 1`. */
function logGaps(day: Int32Array, from: number, to: number) {
  let [sum, square] = [0, 0];
  const n = Math.max(0, to - from - 1);
  for (let i = from + 1; i < to; i++) {
    const log = Math.log(day[i]! - day[i - 1]!);
    sum += log;
    square += log * log;
  }
  const mean = n > 0 ? sum / n : 0;
  return { n, mean, rest: Math.max(0, square - n * mean * mean) };
}

/** What is expected of customer c at the end of `until`; null before their first purchase. */
function pauseOf({ offsets, day }: PurchaseHistory, rhythm: Rhythm, c: number, until: number): Pause | null {
  const end = firstAfter(day, offsets[c]!, offsets[c + 1]!, until);
  if (end === offsets[c]!) return null;
  const { n, mean, rest } = logGaps(day, offsets[c]!, end);
  const own = (priorFreedom * rhythm.within + rest) / (priorFreedom + Math.max(0, n - 1));
  const precision = n / rhythm.within + 1 / rhythm.between;
  const mu = ((n * mean) / rhythm.within + rhythm.mean / rhythm.between) / precision;
  const last = day[end - 1]!;
  return { mu, sigma: Math.sqrt(own + 1 / precision), last, elapsed: until - last };
}

/** Chance that the pause lasts longer than `days`. */
const tailAt = ({ mu, sigma }: Pause, days: number) =>
  days < 0.5 ? 1 : normalCdf(-(Math.log(days) - mu) / sigma);

/** Share of the pauses still possible that are over by `days`. */
const placeOf = (pause: Pause, days: number) =>
  1 - Math.min(1, tailAt(pause, days) / tailAt(pause, pause.elapsed + 0.5));

const isBroken = (pause: Pause) => tailAt(pause, pause.elapsed + 0.5) < leastTail;

/** Where each first order of the days after `origin` to `until` fell in what was expected at `origin`. */
function placesAfter(history: PurchaseHistory, origin: number, until: number): number[] {
  const rhythm = learnRhythm(history, origin);
  if (!rhythm) return [];
  const { offsets, day } = history;
  const places: number[] = [];
  for (let c = 0; c + 1 < offsets.length; c++) {
    const pause = pauseOf(history, rhythm, c, origin);
    if (!pause || isBroken(pause)) continue;
    const next = day[firstAfter(day, offsets[c]!, offsets[c + 1]!, origin)];
    const isOwn = firstAfter(day, offsets[c]!, offsets[c + 1]!, origin) < offsets[c + 1]!;
    if (isOwn && next! <= until) places.push(placeOf(pause, next! - pause.last));
  }
  return places;
}

/** The middle 80% of the places where orders fell; of a pause's own distribution where too few came. */
function endsOf(places: number[]): [number, number] {
  if (places.length < leastOrders) return [(1 - level) / 2, (1 + level) / 2];
  const sorted = Float64Array.from(places).sort();
  return [quantileSorted(sorted, (1 - level) / 2), quantileSorted(sorted, (1 + level) / 2)];
}

function windowOf(pause: Pause, [low, high]: [number, number], lastDay: number): [number, number] {
  if (isBroken(pause)) return [-1, -1];
  const at = (share: number) => {
    const tail = (1 - share) * tailAt(pause, pause.elapsed + 0.5);
    return Math.exp(pause.mu - pause.sigma * normalQuantile(Math.min(Math.max(tail, 1e-12), 1 - 1e-12)));
  };
  const from = Math.max(lastDay + 1, pause.last + Math.ceil(at(low) - 1e-9));
  return [from, Math.max(from, pause.last + Math.floor(Math.min(at(high), 3650) + 1e-9))];
}

/** Windows made at the latest origin with what the earlier ones taught, held against the orders that came. */
function testWindows(history: PurchaseHistory, origins: number[], places: number[][], step: number) {
  const earlier = places.slice(1).flat();
  const rhythm = origins.length > 1 ? learnRhythm(history, origins[0]!) : null;
  if (!rhythm || places[0]!.length < leastOrders || earlier.length < leastOrders) return null;
  const ends = endsOf(earlier);
  const { offsets, day } = history;
  const origin = origins[0]!;
  let [inside, orders, singleDays] = [0, 0, 0];
  for (let c = 0; c + 1 < offsets.length; c++) {
    const at = firstAfter(day, offsets[c]!, offsets[c + 1]!, origin);
    if (at === offsets[c + 1]! || day[at]! > origin + step) continue;
    const pause = pauseOf(history, rhythm, c, origin);
    if (!pause || isBroken(pause)) continue;
    const [from, to] = windowOf(pause, ends, origin);
    orders++;
    if (from === to) singleDays++;
    if (day[at]! >= from && day[at]! <= to) inside++;
  }
  return { inside: inside / orders, orders, isNarrow: singleDays > orders / 2 };
}

/** Windows of a single day that hold more than they are meant to are no worse for it: they cannot be narrower. */
function wordsOf(
  coverage: NextOrder['coverage'],
  hasRhythm: boolean,
  isNarrow: boolean,
): { grade: Grade; words: string } {
  if (!hasRhythm)
    return { grade: 'cannot tell', words: 'Cannot tell: needs at least 10 repeat purchases by 2 customers.' };
  if (coverage.inside === null)
    return {
      grade: 'shaky',
      words: 'Meant to hold 80 of 100 next orders; the history is too short to test that.',
    };
  const isFull = isNarrow && coverage.inside > level;
  const off = isFull ? 0 : Math.abs(coverage.inside - level);
  const words =
    `Meant to hold 80 of 100 orders that come within ${coverage.days} days; of the ${coverage.orders.toLocaleString('en-US')} that came on later days ` +
    `${Math.round(coverage.inside * 100)} of 100 did fall inside.${isFull ? ' Most windows are a single day, so they cannot be narrower.' : ''}`;
  return { grade: off <= 0.03 ? 'solid' : off <= 0.08 ? 'fair' : 'shaky', words };
}
