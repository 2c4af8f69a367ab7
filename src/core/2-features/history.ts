import type { OrderLines } from '../1-collect/collected';
import { groupRows } from './group-rows';

export const DAY = 86_400_000;

/** The midnight (UTC) that ends the day of `time`. */
export const dayAfter = (time: number): number => (Math.floor(time / DAY) + 1) * DAY;

/**
 * What each customer had bought by `asOf`. Row c is customer `customers[c]`; its orders, oldest first, are
 * `offsets[c]` to `offsets[c + 1]` of the order columns. Only orders whose lines (refunds apart) sum above zero.
 */
export type OrderHistory = {
  asOf: number;
  customers: Int32Array;
  offsets: Int32Array;
  /** Per order: time of its first line, what was bought, what of it came back under the same order number. */
  time: Float64Array;
  gross: Float64Array;
  refund: Float64Array;
  net: Float64Array;
  discount: Float64Array;
  items: Float64Array;
  nLines: Float64Array;
  /** Per order, empty where the lines do not tell: price by the list, code of the channel (-1 = not said), 1 with a coupon. */
  list: Float64Array;
  channel: Float64Array;
  coupon: Float64Array;
  /** Per customer, over all its lines in file order: money kept, money taken back under any order number. */
  spend: Float64Array;
  refunded: Float64Array;
  nProducts: Int32Array;
  nCategories: Int32Array;
  /** All lines they are made from; those of customer k of the file, by `asOf` and in file order, are `byCustomer[lineStarts[k]]` on. */
  lines: OrderLines;
  lineStarts: Int32Array;
  byCustomer: Int32Array;
};

/** Orders of every customer from the lines at or before `asOf` alone; later rows cannot change it. */
export function buildHistory(lines: OrderLines, asOf: number): OrderHistory {
  const nCustomers = lines.customer.reduce((most, customer) => Math.max(most, customer + 1), 0);
  const { starts, rows: byCustomer } = groupRows(lines.customer, lines.time, asOf, nCustomers);
  const columns = createColumns(byCustomer.length, lines);
  const slots = { of: new Int32Array(lines.nOrders), owner: new Int32Array(lines.nOrders).fill(-1) };
  const customers = new Int32Array(nCustomers);
  const offsets = new Int32Array(nCustomers + 1);
  const spend = new Float64Array(nCustomers);
  const refunded = new Float64Array(nCustomers);
  let nKept = 0;
  let end = 0;
  for (let customer = 0; customer < nCustomers; customer++) {
    const start = end;
    const from = starts[customer]!;
    const to = starts[customer + 1]!;
    if (from === to) continue;
    const used = addLines(lines, byCustomer, from, to, columns, start, slots);
    end = keepOrders(columns, start, used);
    if (end === start) continue;
    sortByTime(columns, start, end);
    for (let i = from; i < to; i++) {
      const line = byCustomer[i]!;
      spend[nKept]! += lines.amount[line]!;
      if (lines.isRefund[line]) refunded[nKept]! += Math.abs(lines.amount[line]!);
    }
    customers[nKept] = customer;
    offsets[++nKept] = end;
  }
  const kept = customers.slice(0, nKept);
  const distinct = (codes: Int32Array | null, nCodes: number) =>
    countDistinct(codes, nCodes, lines.isRefund, kept, starts, byCustomer);
  return {
    asOf,
    customers: kept,
    offsets: offsets.slice(0, nKept + 1),
    time: columns.time.slice(0, end),
    gross: columns.gross.slice(0, end),
    refund: columns.refund.slice(0, end),
    net: columns.gross.slice(0, end).map((gross, i) => gross - columns.refund[i]!),
    discount: columns.discount.slice(0, end),
    items: columns.items.slice(0, end),
    nLines: columns.nLines.slice(0, end),
    list: columns.list.slice(0, end),
    channel: columns.channel.slice(0, end),
    coupon: columns.coupon.slice(0, end),
    spend: spend.slice(0, nKept),
    refunded: refunded.slice(0, nKept),
    nProducts: distinct(lines.product, lines.nProducts),
    nCategories: distinct(lines.category, lines.nCategories),
    lines,
    lineStarts: starts,
    byCustomer,
  };
}

type OrderColumns = Record<
  'time' | 'gross' | 'refund' | 'discount' | 'items' | 'nLines' | 'list' | 'channel' | 'coupon',
  Float64Array<ArrayBuffer>
>;
/** `of[order]` is the order's place in the columns, valid while `owner[order]` is the customer at hand. */
type Slots = { of: Int32Array; owner: Int32Array };

const createColumns = (n: number, lines: OrderLines): OrderColumns => ({
  time: new Float64Array(n),
  gross: new Float64Array(n),
  refund: new Float64Array(n),
  discount: new Float64Array(n),
  items: new Float64Array(n),
  nLines: new Float64Array(n),
  list: new Float64Array(lines.listAmount ? n : 0),
  channel: new Float64Array(lines.channel ? n : 0),
  coupon: new Float64Array(lines.coupon ? n : 0),
});

/** Adds one customer's lines to its orders from `start` on; a line without an order number is an order of its own. */
function addLines(
  lines: OrderLines,
  byCustomer: Int32Array,
  from: number,
  to: number,
  columns: OrderColumns,
  start: number,
  slots: Slots,
): number {
  const { time, gross, refund, discount, items, nLines } = columns;
  const owner = lines.customer[byCustomer[from]!]!;
  let used = start;
  for (let i = from; i < to; i++) {
    const line = byCustomer[i]!;
    const order = lines.order[line]!;
    let slot: number;
    if (order >= 0 && slots.owner[order] === owner) slot = slots.of[order]!;
    else {
      slot = used++;
      time[slot] = Infinity;
      gross[slot] = refund[slot] = discount[slot] = items[slot] = nLines[slot] = 0;
      if (lines.listAmount) columns.list[slot] = 0;
      if (lines.channel) columns.channel[slot] = -1;
      if (lines.coupon) columns.coupon[slot] = 0;
      if (order >= 0) {
        slots.of[order] = slot;
        slots.owner[order] = owner;
      }
    }
    if (lines.isRefund[line]) refund[slot]! += Math.abs(lines.amount[line]!);
    else {
      gross[slot]! += lines.amount[line]!;
      nLines[slot]!++;
      if (lines.time[line]! < time[slot]!) time[slot] = lines.time[line]!;
      if (lines.discount) discount[slot]! += Math.abs(lines.discount[line]!) || 0;
      if (lines.quantity) items[slot]! += lines.quantity[line]! || 0;
      if (lines.listAmount) columns.list[slot]! += lines.listAmount[line]! || lines.amount[line]!;
      if (lines.channel && columns.channel[slot]! < 0) columns.channel[slot] = lines.channel.codes[line]!;
      if (lines.coupon && lines.coupon.codes[line]! >= 0) columns.coupon[slot] = 1;
    }
  }
  return used;
}

/** Closes the gaps left by what is no order: refunds under their own number, nothing paid. */
function keepOrders(columns: OrderColumns, start: number, used: number): number {
  let end = start;
  for (let i = start; i < used; i++) {
    if (!(columns.gross[i]! > 0)) continue;
    if (i !== end) moveOrder(columns, i, end);
    end++;
  }
  return end;
}

function moveOrder(columns: OrderColumns, from: number, to: number) {
  const { time, gross, refund, discount, items, nLines, list, channel, coupon } = columns;
  time[to] = time[from]!;
  gross[to] = gross[from]!;
  refund[to] = refund[from]!;
  discount[to] = discount[from]!;
  items[to] = items[from]!;
  nLines[to] = nLines[from]!;
  if (list.length) list[to] = list[from]!;
  if (channel.length) channel[to] = channel[from]!;
  if (coupon.length) coupon[to] = coupon[from]!;
}

/** Stable: orders at the same instant stay in file order. Most exports are sorted already, so that is looked at first. */
function sortByTime(columns: OrderColumns, start: number, end: number) {
  const { time } = columns;
  let isSorted = true;
  for (let i = start + 1; i < end && isSorted; i++) isSorted = time[i - 1]! <= time[i]!;
  if (isSorted) return;
  const rank = Int32Array.from({ length: end - start }, (_, i) => start + i);
  rank.sort((a, b) => time[a]! - time[b]! || a - b);
  for (const column of Object.values(columns)) {
    if (!column.length) continue;
    const sorted = Float64Array.from(rank, (i) => column[i]!);
    column.set(sorted, start);
  }
}

/** Distinct codes among what each customer bought. */
function countDistinct(
  codes: Int32Array | null,
  nCodes: number,
  isRefund: Uint8Array,
  customers: Int32Array,
  starts: Int32Array,
  byCustomer: Int32Array,
): Int32Array {
  const counts = new Int32Array(customers.length);
  if (!codes) return counts;
  const seenBy = new Int32Array(nCodes).fill(-1);
  customers.forEach((customer, c) => {
    for (let i = starts[customer]!; i < starts[customer + 1]!; i++) {
      const code = codes[byCustomer[i]!]!;
      if (code < 0 || isRefund[byCustomer[i]!] || seenBy[code] === customer) continue;
      seenBy[code] = customer;
      counts[c]!++;
    }
  });
  return counts;
}
