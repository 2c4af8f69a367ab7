import { releaseBytes } from '../kit/release-bytes';
import type { Role } from './collected';
import {
  type AmountParts,
  type FoundAmount,
  type Money,
  type Policy,
  readAmount,
  readPriced,
  shareOut,
  weightsOf,
} from './order-amounts';
import { type OrderGroups, writtenOnce } from './order-groups';
import { type Column, columnOf, type ReadTable } from './read-table';
import { spreadNumbers } from './spread-columns';
import { moneySource } from './table-kinds';

/** Money by row; NaN = not readable. What stands once for an order is shared out over its rows, to the cent. */
export type RowMoney = {
  amount: Float64Array;
  quantity: Float64Array | null;
  price: Float64Array | null;
  discount: Float64Array | null;
  /** What the row would have cost at the list price. */
  listAmount: Float64Array | null;
  /** Given back, as noted beside the order, on the first row of it; null where no column says so. */
  refunded: Float64Array | null;
  /** Whether the tax and shipping columns are in `amount`; null where there is no such column. */
  hasTax: boolean | null;
  hasShipping: boolean | null;
  /** The amounts are those of whole orders, written in each of their rows. */
  isOrderSum: boolean;
};

/**
 * `isOfOrder` tells roles whose columns came from an orders file: each row of an order repeats the same value;
 * `rowAmount` is the money of the rows themselves where the order's own sum stands beside it.
 */
export function readMoney(
  table: ReadTable,
  groups: OrderGroups,
  policy: Policy,
  isOfOrder: (role: Role) => boolean,
  rowAmount: Float64Array | null,
): RowMoney {
  const quantity = rowNumbers(columnOf(table, 'quantity'));
  const price = rowNumbers(columnOf(table, 'price'));
  const of = (role: Role) =>
    table.columns
      .filter((c) => c.reading.role === role && c.numbers)
      .map((c) => moneyOf(c, groups, isOfOrder(role), price));
  const list = rowNumbers(columnOf(table, 'listPrice'));
  const discounts = of('discount');
  const source = moneySource(table);
  const own = rowAmount ?? (price ? timesQuantity(price, quantity) : null);
  const rowDiscount = sumOf(discounts, 'row', table.profile.nRows, own);
  const orderDiscount = sumOf(discounts, 'order', groups.size.length, null);
  const tax = of('tax');
  const shipping = of('shipping');
  const isBefore = own && list ? isListPrice(own, list, quantity, rowDiscount) : true;
  const net = own && rowDiscount && isBefore ? less(own, rowDiscount) : own;
  // These are as long as the file, and the collector would come for them long after the next ones are made.
  releaseBytes(...discounts.map(({ values }) => values), own === net || own === rowAmount ? null : own);
  const amount = source === 'amount' ? of('amount')[0]! : null;
  const parts: AmountParts = { groups, net, quantity, orderDiscount, tax, shipping, policy };
  const found = amount ? readAmount(amount, parts) : readPriced(table, source, parts);
  const refunds = of('refunded');
  return {
    ...found,
    isOrderSum: amount?.level === 'order' && !isOfOrder('amount') && !groups.isOnce,
    quantity,
    price,
    discount: discounts.length > 0 ? addDiscounts(rowDiscount, orderDiscount, parts) : null,
    listAmount: list ? timesQuantity(list, quantity) : null,
    refunded: refunds.length > 0 ? refundsByRow(refunds[0]!, found, groups) : null,
  };
}

const rowNumbers = (column: Column | undefined): Float64Array | null =>
  column ? spreadNumbers(column) : null;

function moneyOf(column: Column, groups: OrderGroups, isOfOrder: boolean, price: Float64Array | null): Money {
  const rows = rowNumbers(column)!;
  const isWhole = isOfOrder || column.isCarried || isRepeated(rows, groups, price);
  const rowOf = writtenOnce(column, groups) ?? (isWhole ? firstRows(groups, rows) : null);
  if (!rowOf) return { level: 'row', values: rows, column };
  const values = new Float64Array(rowOf.length);
  for (let order = 0; order < values.length; order++)
    values[order] = rowOf[order]! < 0 ? NaN : rows[rowOf[order]!]!;
  releaseBytes(rows, rowOf);
  return { level: 'order', values, column };
}

function firstRows({ of, size }: OrderGroups, values: Float64Array): Int32Array {
  const rowOf = new Int32Array(size.length).fill(-1);
  for (let i = of.length - 1; i >= 0; i--) if (!Number.isNaN(values[i]!)) rowOf[of[i]!] = i;
  return rowOf;
}

/** How many orders of three rows or more, and how many different sums, it takes to see that a column is the order's. */
const MIN_ORDERS = 20;
const MIN_SUMS = 10;

/** The same value in all rows of every long order, though its prices differ: the order's sum is written in each row. */
function isRepeated(values: Float64Array, { of, size }: OrderGroups, price: Float64Array | null): boolean {
  const first = new Int32Array(size.length).fill(-1);
  const sums = new Set<number>();
  let isPriced = price === null;
  for (let i = 0; i < of.length; i++) {
    const group = of[i]!;
    if (size[group]! < 3 || !(Math.abs(values[i]!) > 0)) continue;
    const before = first[group]!;
    if (before === -1) first[group] = i;
    else if (values[i] !== values[before]) return false;
    else if (price && price[i] !== price[before]) isPriced = true;
    sums.add(values[i]!);
  }
  const orders = first.reduce((n, row) => n + (row >= 0 ? 1 : 0), 0);
  return isPriced && orders >= MIN_ORDERS && sums.size >= MIN_SUMS;
}

const isInPercent = ({ profile }: Column): boolean => {
  const written = profile.levels.filter((text, code) => !profile.isMissing[code] && /[1-9]/.test(text));
  return written.length > 0 && written.every((text) => text.trim().endsWith('%'));
};

/** The sum of the columns that hold something by row or by order, without signs; per cent are taken of `base`. */
function sumOf(columns: Money[], level: Money['level'], n: number, base: Float64Array | null) {
  const chosen = columns.filter((money) => money.level === level);
  if (chosen.length === 0) return null;
  const sum = new Float64Array(n);
  for (const { values, column } of chosen) {
    const isShare = level === 'row' && isInPercent(column);
    for (let i = 0; i < n; i++)
      sum[i]! += Math.abs(values[i]! || 0) * (isShare ? Math.abs(base?.[i] ?? 0) : 1);
  }
  return sum;
}

/** True when the price is still the list price, from which the discount has to be taken. */
function isListPrice(
  own: Float64Array,
  list: Float64Array,
  quantity: Float64Array | null,
  discount: Float64Array | null,
): boolean {
  let before = 0;
  let after = 0;
  for (let i = 0; i < own.length; i++) {
    if (!discount || !(discount[i]! > 0)) continue;
    const full = list[i]! * (quantity?.[i] ?? 1);
    if (Math.abs(own[i]! - full) < 0.01) before++;
    if (Math.abs(own[i]! + discount[i]! - full) < 0.01) after++;
  }
  return before >= after;
}

/** What a row costs at a price a piece; one piece where nothing says how many. */
function timesQuantity(price: Float64Array, quantity: Float64Array | null): Float64Array {
  const sums = new Float64Array(price.length);
  for (let i = 0; i < sums.length; i++) sums[i] = price[i]! * (quantity?.[i] ?? 1);
  return sums;
}

function less(from: Float64Array, taken: Float64Array): Float64Array {
  const left = new Float64Array(from.length);
  for (let i = 0; i < left.length; i++) left[i] = from[i]! - taken[i]!;
  return left;
}

/** Into `rowDiscount`, where there is one. */
function addDiscounts(
  rowDiscount: Float64Array | null,
  orderDiscount: Float64Array | null,
  parts: AmountParts,
): Float64Array {
  const sum = rowDiscount ?? new Float64Array(parts.groups.of.length);
  if (orderDiscount)
    shareOut(orderDiscount, weightsOf(parts), parts.groups).forEach((part, i) => (sum[i]! += part));
  return sum;
}

/** What was given back, on the first row of its order; what left the amount by the policy leaves the refund too. */
function refundsByRow(refund: Money, { share }: FoundAmount, groups: OrderGroups): Float64Array {
  if (refund.level === 'row') return refund.values.map((value) => Math.abs(value || 0));
  const sum = new Float64Array(groups.of.length);
  const isDone = new Uint8Array(groups.size.length);
  groups.of.forEach((group, i) => {
    if (!isDone[group]) sum[i] = Math.abs(refund.values[group]! || 0) * (share?.[group] ?? 1);
    isDone[group] = 1;
  });
  return sum;
}
