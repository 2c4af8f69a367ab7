import type { FeatureDefinition } from '../feature-table';
import { DAY, type OrderHistory } from '../history';
import type { Measure } from './measure';

/** One feature made from orders. */
export type OrderMeasure = Measure<OrderHistory>;

/** A measure whose value is told by each customer's orders `first` to `end - 1`, oldest first. */
export const orderMeasure = (
  definition: FeatureDefinition,
  value: (history: OrderHistory, first: number, end: number) => number,
  isAvailable?: (history: OrderHistory) => boolean,
): OrderMeasure => ({
  definition,
  ...(isAvailable && { isAvailable }),
  compute: (history) => perCustomer(history, (_, first, end) => value(history, first, end)),
});

/** Calls `value(c, first, end)` for each customer c, whose orders are `first` to `end - 1`. */
export function perCustomer(
  { customers, offsets }: OrderHistory,
  value: (c: number, first: number, end: number) => number,
): Float64Array {
  const values = new Float64Array(customers.length);
  for (let c = 0; c < values.length; c++) values[c] = value(c, offsets[c]!, offsets[c + 1]!);
  return values;
}

/** Calls `see(line)` for every line of customer row c that was bought rather than sent back, in the order of the file. */
export function eachLineBought(history: OrderHistory, c: number, see: (line: number) => void): void {
  const { customers, lineStarts, byCustomer, lines } = history;
  const customer = customers[c]!;
  for (let i = lineStarts[customer]!; i < lineStarts[customer + 1]!; i++) {
    const line = byCustomer[i]!;
    if (!lines.isRefund[line]) see(line);
  }
}

export function sum(column: Float64Array, first: number, end: number): number {
  let total = 0;
  for (let i = first; i < end; i++) total += column[i]!;
  return total;
}

/** The first of the orders `first` to `end - 1` in the last `days` days; `end` when there is none. */
export function firstSince({ time, asOf }: OrderHistory, first: number, end: number, days: number): number {
  let i = end;
  while (i > first && time[i - 1]! > asOf - days * DAY) i--;
  return i;
}

export const dayOf = (time: number): number => Math.floor(time / DAY);
