import type { OrderLines } from '../../1-collect/collected';
import type { FeatureDefinition } from '../feature-table';
import type { OrderHistory } from '../history';

/** One feature made from orders: what it says, which columns it needs, and one finite value a customer. */
export type OrderMeasure = {
  definition: FeatureDefinition;
  /** Absent = always available. */
  isAvailable?(lines: OrderLines): boolean;
  compute(history: OrderHistory): Float64Array;
};

/** Calls `value(c, first, end)` for each customer c, whose orders are `first` to `end - 1`. */
export function perCustomer(
  { customers, offsets }: OrderHistory,
  value: (c: number, first: number, end: number) => number,
): Float64Array {
  const values = new Float64Array(customers.length);
  for (let c = 0; c < values.length; c++) values[c] = value(c, offsets[c]!, offsets[c + 1]!);
  return values;
}

export function sum(column: Float64Array, first: number, end: number): number {
  let total = 0;
  for (let i = first; i < end; i++) total += column[i]!;
  return total;
}

/** Median of a copy; 0 of nothing. */
export function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  if (!sorted.length) return 0;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
