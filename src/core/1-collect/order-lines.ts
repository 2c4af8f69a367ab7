import { releaseBytes } from '../kit/release-bytes';
import type { Coded } from './canonical';
import type { CollectSettings, OrderLines, RefundPolicy, Role } from './collected';
import { type Currencies, type Exchange, readCurrencies } from './currencies';
import { createIndex, type Index } from './customer-ids';
import { findFarDates } from './far-dates';
import type { LineSource } from './line-sources';
import type { OrderGroups } from './order-groups';
import { readMoney, type RowMoney } from './order-money';
import { readStates } from './order-states';
import { dayOf } from './read-date';
import { columnOf, type ReadTable } from './read-table';
import { spreadCodes, spreadTimes } from './spread-columns';
import { hasMoney } from './table-kinds';

/** What became of a row of a file, in the order in which it is asked. */
export const fates = [
  'used',
  'itemised',
  'noCustomer',
  'noDate',
  'farDate',
  'noAmount',
  'notPaid',
  'noRate',
  'cancelled',
  'notPositive',
] as const;
export type Fate = (typeof fates)[number];
const codeOf = Object.fromEntries(fates.map((fate, code) => [fate, code])) as Record<Fate, number>;
const { used, itemised } = codeOf;
/** Kept itself, or counted by the items of the order. */
export const isUsed = (fate: number): boolean => fate === used || fate === itemised;

/** The rows of one file as plain numbers, before any is left out. NaN and -1 = missing. */
export type RawLines = RowMoney & {
  /** With what was carried to its rows and joined to them; `source` is the file as it was read. */
  table: ReadTable;
  source: ReadTable;
  nRows: number;
  /** Who it is, of all people in the files. */
  customer: Int32Array;
  time: Float64Array;
  order: Int32Array | null;
  product: Int32Array | null;
  category: Int32Array | null;
  channel: Int32Array | null;
  coupon: Int32Array | null;
  currencies: Currencies | null;
  isCancelled: Uint8Array;
  isUnpaid: Uint8Array;
  /** Whether the file says how much was paid. */
  isPaid: boolean;
  /** Index into `fates`. */
  fate: Uint8Array;
};

/** The rows once they are joined, without what only the canonical lines are asked for: there is no room for it twice. */
export type JoinedLines = Omit<
  RawLines,
  'time' | 'order' | 'product' | 'category' | 'channel' | 'coupon' | 'discount' | 'listAmount'
>;

export function withoutJoined(part: RawLines): JoinedLines {
  const { time, order, product, category, channel, coupon, discount, listAmount, ...rest } = part;
  releaseBytes(time, order, product, category, channel, coupon);
  return rest;
}

type LineIndexes = ReturnType<typeof createLineIndexes>;
export const createLineIndexes = () => ({
  order: createIndex(),
  product: createIndex(),
  category: createIndex(),
  channel: createIndex(),
  coupon: createIndex(),
});

/** Reads the rows of one file of order lines into numbers, with one common numbering for all files. */
export function readLines(
  source: LineSource,
  customer: Int32Array,
  indexes: LineIndexes,
  settings: CollectSettings,
): RawLines {
  const { table, groups, isOfOrder, rowAmount } = source;
  const { nRows } = table.profile;
  const column = (role: Role) => columnOf(table, role);
  const codes = (role: Role, index: Index) => {
    const found = column(role);
    return found ? spreadCodes(found, index) : null;
  };
  const money = readMoney(table, groups, settings, isOfOrder, rowAmount);
  const refunds = money.refunded && spreadRefunds(money.refunded, groups);
  const states = readStates(table, refunds);
  if (refunds && settings.refunds === 'drop')
    cancelRefunded(states.isCancelled, money.amount, refunds, groups);
  const lines: RawLines = {
    ...money,
    ...states,
    table,
    source: source.read,
    nRows,
    customer,
    time: spreadTimes(column('time')) ?? new Float64Array(nRows).fill(NaN),
    order: codes('order', indexes.order),
    product: codes('product', indexes.product),
    category: codes('category', indexes.category),
    channel: codes('channel', indexes.channel),
    coupon: codes('coupon', indexes.coupon),
    currencies: readCurrencies(table),
    isPaid: hasMoney(table) || source.isItemised !== null,
    fate: new Uint8Array(nRows),
  };
  source.isItemised?.forEach((is, i) => (lines.fate[i] = is ? itemised : 0));
  settleFates(lines, settings.refunds);
  return lines;
}

/** What was given back of each row's order, on all of its rows. */
function spreadRefunds(refunded: Float64Array, { of, size }: OrderGroups): Float64Array {
  const sum = new Float64Array(size.length);
  of.forEach((group, i) => (sum[group]! += refunded[i]!));
  return Float64Array.from(of, (group) => sum[group]!);
}

/** Orders that were given back in full are taken for cancelled. */
function cancelRefunded(
  isCancelled: Uint8Array,
  amount: Float64Array,
  refunds: Float64Array,
  { of, size }: OrderGroups,
): void {
  const paid = new Float64Array(size.length);
  of.forEach((group, i) => (paid[group]! += amount[i]! || 0));
  of.forEach((group, i) => {
    if (refunds[i]! > 0 && refunds[i]! >= paid[group]! - 0.005) isCancelled[i] = 1;
  });
}

function settleFates(lines: RawLines, refunds: RefundPolicy): void {
  const isFar = findFarDates(lines.time);
  for (let i = 0; i < lines.nRows; i++)
    if (lines.fate[i] !== itemised) lines.fate[i] = codeOf[fateOf(lines, i, isFar, refunds)];
}

function fateOf(lines: RawLines, i: number, isFar: (time: number) => boolean, refunds: RefundPolicy): Fate {
  const time = lines.time[i]!;
  const amount = lines.amount[i]!;
  if (lines.customer[i]! < 0) return 'noCustomer';
  if (Number.isNaN(time)) return 'noDate';
  if (isFar(time)) return 'farDate';
  if (Number.isNaN(amount)) return 'noAmount';
  if (lines.isUnpaid[i]) return 'notPaid';
  if (refunds === 'net') return 'used';
  if (lines.isCancelled[i]) return 'cancelled';
  return (lines.isPaid && amount <= 0) || (lines.quantity && lines.quantity[i]! <= 0)
    ? 'notPositive'
    : 'used';
}

/** Tells all money in one currency; rows that have no rate, or a rate of 0, are left out. */
export function exchange(parts: RawLines[], rateOf: Exchange['rateOf']): void {
  for (const part of parts) {
    const { currencies } = part;
    if (!currencies) continue;
    const rates = [...currencies.codes, null].map(rateOf);
    if (rates.every((rate) => rate === 1)) continue;
    const rateAt = (i: number) => rates[currencies.of[i]! < 0 ? rates.length - 1 : currencies.of[i]!]!;
    for (let i = 0; i < part.nRows; i++)
      if (!(rateAt(i) > 0) && part.fate[i] === used) part.fate[i] = codeOf.noRate;
    const told = (values: Float64Array) => values.map((value, i) => value * (rateAt(i) || 0));
    part.amount = told(part.amount);
    part.discount &&= told(part.discount);
    part.listAmount &&= told(part.listAmount);
    part.refunded &&= told(part.refunded);
  }
}

/** The used rows of all files, in their order, as canonical lines; customers are numbered by first use. */
export function joinLines(
  parts: RawLines[],
  indexes: LineIndexes,
  people: string[],
  refunds: RefundPolicy,
): { lines: OrderLines; customerIds: string[]; customerOf: Int32Array } {
  const isGivenBack = (part: RawLines, i: number) =>
    refunds === 'net' && !part.isCancelled[i] && part.refunded !== null && part.refunded[i]! > 0;
  let nRows = 0;
  for (const part of parts)
    for (let i = 0; i < part.nRows; i++) if (part.fate[i] === used) nRows += isGivenBack(part, i) ? 2 : 1;
  const lines = createLines(nRows, parts, indexes);
  const customerOf = new Int32Array(people.length).fill(-1);
  const customerIds: string[] = [];
  const orderOf = createOrderNumbers(indexes.order.texts.length);
  let at = 0;
  for (const part of parts)
    for (let i = 0; i < part.nRows; i++) {
      if (part.fate[i] !== used) continue;
      const id = part.customer[i]!;
      if (customerOf[id] === -1) customerOf[id] = customerIds.push(people[id]!) - 1;
      lines.customer[at] = customerOf[id]!;
      lines.order[at] = orderOf(customerOf[id]!, part.order?.[i] ?? -1, part.time[i]!);
      copyLine(part, i, lines, at++);
      if (isGivenBack(part, i)) addRefund(part.refunded![i]!, lines, at++);
    }
  lines.nOrders = orderOf.count();
  return { lines, customerIds, customerOf };
}

function createLines(nRows: number, parts: RawLines[], indexes: LineIndexes): OrderLines {
  const hasAny = (key: keyof RawLines) => parts.some((p) => p[key] !== null);
  const coded = ({ texts }: Index): Coded => ({ codes: new Int32Array(nRows).fill(-1), levels: texts });
  return {
    nRows,
    customer: new Int32Array(nRows),
    order: new Int32Array(nRows),
    nOrders: 0,
    time: new Float64Array(nRows),
    amount: new Float64Array(nRows),
    quantity: hasAny('quantity') ? new Float64Array(nRows) : null,
    discount: hasAny('discount') ? new Float64Array(nRows) : null,
    product: hasAny('product') ? new Int32Array(nRows) : null,
    nProducts: indexes.product.texts.length,
    category: hasAny('category') ? new Int32Array(nRows) : null,
    nCategories: indexes.category.texts.length,
    productNames: indexes.product.texts,
    categoryNames: indexes.category.texts,
    isRefund: new Uint8Array(nRows),
    isPaid: parts.every((part) => part.isPaid),
    source: { file: new Uint16Array(nRows), row: new Int32Array(nRows) },
    ...(hasAny('listAmount') && { listAmount: new Float64Array(nRows) }),
    ...(hasAny('channel') && { channel: coded(indexes.channel) }),
    ...(hasAny('coupon') && { coupon: coded(indexes.coupon) }),
  };
}

/** Orders are told apart by customer and order id, or by customer and day where there is no id. */
function createOrderNumbers(nOrderTexts: number) {
  // Nearly every order id is one customer's: those need no map, which would be as large as the lines.
  const firstCustomer = new Int32Array(nOrderTexts).fill(-1);
  const firstNumber = new Int32Array(nOrderTexts);
  const byId = new Map<number, number>();
  const byDay = new Map<number, number>();
  let n = 0;
  const numberOf = (customer: number, order: number, time: number): number => {
    if (order >= 0 && firstCustomer[order] === -1) {
      firstCustomer[order] = customer;
      return (firstNumber[order] = n++);
    }
    if (order >= 0 && firstCustomer[order] === customer) return firstNumber[order]!;
    const known = order >= 0 ? byId : byDay;
    const key = order >= 0 ? customer * nOrderTexts + order : customer * 1e6 + dayOf(time);
    let number = known.get(key);
    if (number === undefined) known.set(key, (number = n++));
    return number;
  };
  return Object.assign(numberOf, { count: () => n });
}

/** A cancelled line that is not written with a minus never happened: it brings and takes nothing. */
function copyLine(part: RawLines, i: number, lines: OrderLines, at: number): void {
  const isCancelled = part.isCancelled[i] === 1;
  let amount = part.amount[i]!;
  let quantity = part.quantity?.[i] ?? 1;
  const isRefund = isCancelled || amount < 0 || quantity < 0;
  if (isCancelled && amount > 0) {
    amount = 0;
    quantity = 0;
  }
  lines.source!.file[at] = part.table.index;
  lines.source!.row[at] = part.table.profile.fileRow(i);
  lines.time[at] = part.time[i]!;
  lines.amount[at] = amount;
  lines.isRefund[at] = isRefund ? 1 : 0;
  if (lines.quantity) lines.quantity[at] = Number.isNaN(quantity) ? 1 : quantity;
  if (lines.discount) lines.discount[at] = part.discount?.[i] ?? 0;
  if (lines.product) lines.product[at] = part.product?.[i] ?? -1;
  if (lines.category) lines.category[at] = part.category?.[i] ?? -1;
  if (lines.listAmount) lines.listAmount[at] = part.listAmount?.[i] || amount;
  if (lines.channel) lines.channel.codes[at] = part.channel?.[i] ?? -1;
  if (lines.coupon) lines.coupon.codes[at] = part.coupon?.[i] ?? -1;
}

/** What a file notes as given back beside an order becomes a line of its own behind the order's, from the same row. */
function addRefund(refund: number, lines: OrderLines, at: number): void {
  const before = at - 1;
  for (const values of [lines.customer, lines.order, lines.time, lines.source!.file, lines.source!.row])
    values[at] = values[before]!;
  lines.amount[at] = -refund;
  lines.isRefund[at] = 1;
  if (lines.product) lines.product[at] = -1;
  if (lines.category) lines.category[at] = -1;
}
