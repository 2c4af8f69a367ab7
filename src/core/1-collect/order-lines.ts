import type { CollectSettings, RefundPolicy, Role } from './collected';
import { type Currencies, type Exchange, readCurrencies } from './currencies';
import { createIndex, type Index } from './customer-ids';
import { findFarDates } from './far-dates';
import type { LineSource } from './line-sources';
import type { OrderGroups } from './order-groups';
import { readMoney, type RowMoney } from './order-money';
import { readStates } from './order-states';
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
export const { used, itemised } = codeOf;
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

/** The rows once they are joined, without what only the canonical lines are asked for. */
export type JoinedLines = Omit<
  RawLines,
  'time' | 'order' | 'product' | 'category' | 'channel' | 'coupon' | 'discount' | 'listAmount'
>;

export type LineIndexes = ReturnType<typeof createLineIndexes>;
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
