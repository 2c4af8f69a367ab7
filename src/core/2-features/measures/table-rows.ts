import { DAY } from '../history';
import { groupRows } from '../group-rows';
import { dayOf } from './order-measure';

/** A table beside the orders, cut off at `asOf`: the rows of customer k of the file are `rows[starts[k]]` on. */
export type TableRows<Table> = {
  table: Table;
  asOf: number;
  customers: Int32Array;
  starts: Int32Array;
  rows: Int32Array;
};

/** Rows of the customers up to `asOf` by `time`; a row without a time counts as never. */
export function cutRows<Table extends { customer: Int32Array }>(
  table: Table,
  time: Float64Array,
  frame: { customers: Int32Array; asOf: number; nCustomers: number },
): TableRows<Table> {
  const { customers, asOf, nCustomers } = frame;
  return { table, asOf, customers, ...groupRows(table.customer, time, asOf, nCustomers) };
}

/** Whether anybody has a row by then. */
export const hasRows = ({ rows }: TableRows<unknown>): boolean => rows.length > 0;

/** Calls `value` with each customer's rows. */
export const perRows = (
  { customers, starts, rows }: TableRows<unknown>,
  value: (own: Int32Array) => number,
): Float64Array => Float64Array.from(customers, (k) => value(rows.subarray(starts[k]!, starts[k + 1]!)));

/** How many of the rows `isCounted`. */
export function countRows(own: Int32Array, isCounted: (row: number) => boolean): number {
  let n = 0;
  for (const row of own) if (isCounted(row)) n++;
  return n;
}

/** How many different values the rows have. */
export function countDistinct(own: Int32Array, read: (row: number) => number): number {
  const seen = new Set<number>();
  for (const row of own) seen.add(read(row));
  return seen.size;
}

/** How many different codes the rows have; -1 is none. */
export const countCodes = (own: Int32Array, codes: Int32Array): number =>
  countDistinct(
    own.filter((row) => codes[row]! >= 0),
    (row) => codes[row]!,
  );

/** Calendar days from the latest of the rows that count to the as-of day; NaN when none does. */
export function daysSince(
  own: Int32Array,
  time: Float64Array,
  asOf: number,
  isCounted: (row: number) => boolean = () => true,
): number {
  let last = NaN;
  for (const row of own)
    if (isCounted(row) && Number.isFinite(time[row]!) && !(time[row]! <= last)) last = time[row]!;
  return dayOf(asOf) - dayOf(last);
}

export const isWithin = (time: number, asOf: number, days: number): boolean => time > asOf - days * DAY;
