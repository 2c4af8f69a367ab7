import type { OrderLines } from '../1-collect/collected';
import { groupRows } from './group-rows';
import { DAY } from './history';

/**
 * On which days each customer bought, as of a date: row c is customer `customers[c]`, its days (counted from 1970,
 * rising) are `offsets[c]` to `offsets[c + 1]`. Several orders on a day are one purchase; a purchase that cost nothing
 * counts, what was taken back does not. Days end with `lastDay`, the day before `asOf`.
 */
export type PurchaseHistory = {
  asOf: number;
  lastDay: number;
  customers: Int32Array;
  offsets: Int32Array;
  day: Int32Array;
  /** Money of each day, less the customer's share of money taken back (all refunds over all that was bought). */
  value: Float64Array;
  /** False where no file says what was paid. */
  hasMoney: boolean;
};

/** Of lines before `asOf` alone; customers without a purchase by then are left out. */
export function buildPurchaseHistory(lines: OrderLines, asOf: number): PurchaseHistory {
  const nCustomers = lines.customer.reduce((most, customer) => Math.max(most, customer + 1), 0);
  const { starts, rows } = groupRows(lines.customer, lines.time, asOf, nCustomers);
  const customers: number[] = [];
  const offsets: number[] = [0];
  const day = new Int32Array(rows.length);
  const value = new Float64Array(rows.length);
  const lastDay = Math.ceil(asOf / DAY) - 1;
  let end = 0;
  for (let customer = 0; customer < nCustomers; customer++) {
    const own = rows.subarray(starts[customer]!, starts[customer + 1]!);
    const start = end;
    end = addDays(lines, own, lastDay, day, value, end);
    if (end === start) continue;
    customers.push(customer);
    offsets.push(end);
  }
  return {
    asOf,
    lastDay,
    customers: Int32Array.from(customers),
    offsets: Int32Array.from(offsets),
    day: day.slice(0, end),
    value: value.slice(0, end),
    hasMoney: lines.isPaid !== false,
  };
}

/** Writes one customer's purchase days behind `end`; returns the new end. */
function addDays(
  lines: OrderLines,
  own: Int32Array,
  lastDay: number,
  day: Int32Array,
  value: Float64Array,
  end: number,
): number {
  const byDay = new Map<number, number>();
  let gross = 0;
  let net = 0;
  for (const line of own) {
    const amount = lines.amount[line]!;
    const at = Math.floor(lines.time[line]! / DAY);
    if (at > lastDay || !Number.isFinite(amount)) continue;
    net += lines.isRefund[line] ? -Math.abs(amount) : amount;
    if (lines.isRefund[line]) continue;
    gross += amount;
    byDay.set(at, (byDay.get(at) ?? 0) + amount);
  }
  const share = gross > 0 ? Math.max(0, net / gross) : 0;
  for (const at of [...byDay.keys()].sort((a, b) => a - b)) {
    day[end] = at;
    value[end++] = byDay.get(at)! * share;
  }
  return end;
}
