import type { Events } from '../../1-collect/canonical';
import { countCodes, countDistinct, daysSince, isWithin, perRows, type TableRows } from './table-rows';
import { dayOf } from './order-measure';

/** What was done before says little of how deep somebody is in it now. */
const windowDays = 90;

/** 0..100 a customer from what it did in the 90 days up to `asOf` and how long ago it did anything: see `combineDepth`. */
export function engagementDepth(known: TableRows<Events>): Float64Array {
  const { table, asOf } = known;
  const lately = (own: Int32Array) => own.filter((row) => isWithin(table.time[row]!, asOf, windowDays));
  const breadth = perRows(known, (own) => countCodes(lately(own), table.name.codes));
  const frequency = perRows(known, (own) => countDistinct(lately(own), (row) => dayOf(table.time[row]!)));
  const silence = perRows(known, (own) => daysSince(own, table.time, asOf));
  return combineDepth(breadth, frequency, silence);
}

/**
 * 100 times the geometric mean of the mid-rank percentiles of breadth, frequency and nearness (less silence); customers
 * without events, whose silence is NaN, get 0 and are nobody's rank.
 */
export function combineDepth(
  breadth: Float64Array,
  frequency: Float64Array,
  silence: Float64Array,
): Float64Array {
  const isIn = silence.map((days) => (Number.isNaN(days) ? 0 : 1));
  const parts = [breadth, frequency, silence.map((days) => -days)].map((part) => percentiles(part, isIn));
  return isIn.map(
    (each, c) => each && 100 * Math.cbrt(parts.reduce((product, part) => product * part[c]!, 1)),
  );
}

/** (values below + half of those equal) / all, among the rows that are in; 0 for the others. */
function percentiles(values: Float64Array, isIn: Float64Array): Float64Array {
  const sorted = values.filter((_, i) => isIn[i]).sort();
  const shares = new Map<number, number>();
  for (let start = 0; start < sorted.length;) {
    let end = start;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    shares.set(sorted[start]!, (start + end) / 2 / sorted.length);
    start = end;
  }
  return values.map((value, i) => (isIn[i] ? shares.get(value)! : 0));
}
