import type { Collected, OrderLines } from '../1-collect/collected';
import { refusedModels } from '../1-collect/consents';
import { medianOf } from '../kit/quantiles';
import { groupRows } from './group-rows';
import { buildHistory, DAY } from './history';

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

/**
 * What each order cost beside its full price: those of `customers[c]` are `offsets[c]` to `offsets[c + 1]`. `off` is the
 * share taken off (with coupons alone 1 or 0), `worth` the order at full price.
 */
export type OrderPrices = {
  customers: Int32Array;
  offsets: Int32Array;
  off: Float64Array;
  worth: Float64Array;
  source: 'list price' | 'discount' | 'coupon' | 'usual price';
};

/** All that value, next order and price sensitivity are learned from. */
export type ValueInput = { purchases: PurchaseHistory; prices: OrderPrices | null };

/** Null without dated orders; prices are null where nothing says what orders would have cost in full. */
export function buildValueInput({ lines: all, consents }: Collected, asOf: number): ValueInput | null {
  if (!all) return null;
  const refused = refusedModels(consents);
  // What never happened by any date is in nobody's history.
  const time = refused && all.time.map((at, i) => (refused[all.customer[i]!] ? Infinity : at));
  const lines = time ? { ...all, time } : all;
  return { purchases: buildPurchaseHistory(lines, asOf), prices: buildOrderPrices(lines, asOf) };
}

function buildOrderPrices(lines: OrderLines, asOf: number): OrderPrices | null {
  const source = priceSource(lines);
  if (!source) return null;
  const known = source === 'usual price' ? { ...lines, listAmount: usualAmounts(lines) } : lines;
  const { customers, offsets, gross, discount, list, coupon } = buildHistory(known, asOf);
  const isListed = source === 'list price' || source === 'usual price';
  const worth = isListed ? list : gross.map((paid, i) => paid + discount[i]!);
  const off =
    source === 'coupon'
      ? coupon
      : worth.map((full, i) => (full > 0 ? Math.min(1, Math.max(0, 1 - gross[i]! / full)) : 0));
  return { customers, offsets, off, worth, source };
}

function priceSource({ listAmount, discount, coupon, product, quantity, isPaid }: OrderLines) {
  if (isPaid === false) return null;
  if (listAmount) return 'list price';
  if (discount?.some((value) => value !== 0)) return 'discount';
  if (coupon) return 'coupon';
  return product && quantity ? 'usual price' : null;
}

/** What each line would have cost at the middle price of its product. */
function usualAmounts({ product, quantity, amount, isRefund, nProducts, nRows }: OrderLines): Float64Array {
  const prices: number[][] = Array.from({ length: nProducts }, () => []);
  const priceOf = (i: number) => amount[i]! / quantity![i]!;
  for (let i = 0; i < nRows; i++)
    if (product![i]! >= 0 && !isRefund[i] && quantity![i]! > 0 && amount[i]! > 0)
      prices[product![i]!]!.push(priceOf(i));
  const usual = prices.map((own) => medianOf(Float64Array.from(own)));
  return amount.map((paid, i) => (product![i]! >= 0 ? usual[product![i]!]! * quantity![i]! || paid : paid));
}
