import type { CollectSettings, Role } from './collected';
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
};

/** A column of money: what each row holds of its own, or what each order holds as a whole. */
type Money = { level: 'row' | 'order'; values: Float64Array; column: Column };

type Policy = Pick<CollectSettings, 'tax' | 'shipping'>;

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
  const own = rowAmount ?? (price ? price.map((p, i) => p * (quantity?.[i] ?? 1)) : null);
  const rowDiscount = sumOf(discounts, 'row', table.profile.nRows, own);
  const orderDiscount = sumOf(discounts, 'order', groups.size.length, null);
  const tax = of('tax');
  const shipping = of('shipping');
  const isBefore = own && list ? isListPrice(own, list, quantity, rowDiscount) : true;
  const net = own && rowDiscount && isBefore ? own.map((m, i) => m - rowDiscount[i]!) : own;
  const amount = source === 'amount' ? of('amount')[0]! : null;
  const parts: Parts = { groups, net, quantity, orderDiscount, tax, shipping, policy };
  const found = amount ? readAmount(amount, parts) : readPriced(table, source, parts);
  const refunds = of('refunded');
  return {
    ...found,
    quantity,
    price,
    discount: discounts.length > 0 ? addDiscounts(rowDiscount, orderDiscount, parts) : null,
    listAmount: list ? list.map((p, i) => p * (quantity?.[i] ?? 1)) : null,
    refunded: refunds.length > 0 ? refundsByRow(refunds[0]!, found, groups) : null,
  };
}

type Parts = {
  groups: OrderGroups;
  /** Price times quantity less the row's own discount. */
  net: Float64Array | null;
  quantity: Float64Array | null;
  orderDiscount: Float64Array | null;
  tax: Money[];
  shipping: Money[];
  policy: Policy;
};
type Found = Pick<RowMoney, 'amount' | 'hasTax' | 'hasShipping'> & { share: Float64Array | null };

const rowNumbers = (column: Column | undefined): Float64Array | null =>
  column ? spreadNumbers(column) : null;

function moneyOf(column: Column, groups: OrderGroups, isOfOrder: boolean, price: Float64Array | null): Money {
  const rows = rowNumbers(column)!;
  const isWhole = isOfOrder || column.isCarried || isRepeated(rows, groups, price);
  const rowOf = writtenOnce(column, groups) ?? (isWhole ? firstRows(groups, rows) : null);
  if (!rowOf) return { level: 'row', values: rows, column };
  return { level: 'order', values: Float64Array.from(rowOf, (row) => (row < 0 ? NaN : rows[row]!)), column };
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

const cents = (value: number): number => Math.round(value * 100) / 100;

/** Shares what each order has out over its rows by their weights; every order's rows sum to it, to the cent. */
function shareOut(whole: Float64Array, weights: Float64Array, { of, size }: OrderGroups): Float64Array {
  const total = new Float64Array(size.length);
  const balance = new Float64Array(size.length);
  for (let i = 0; i < of.length; i++) {
    total[of[i]!]! += Math.max(0, weights[i]! || 0);
    balance[of[i]!]! += weights[i]!;
  }
  const passed = new Float64Array(size.length);
  const given = new Float64Array(size.length);
  const seen = new Int32Array(size.length);
  return Float64Array.from(of, (group, i) => {
    const weight = Math.max(0, weights[i]! || 0);
    const sum = whole[group]!;
    if (size[group] === 1 || Number.isNaN(sum)) return sum;
    if (Math.abs(balance[group]! - sum) < 0.005) return weights[i]!;
    passed[group]! += weight;
    seen[group]!++;
    const part = total[group]! > 0 ? passed[group]! / total[group]! : seen[group]! / size[group]!;
    const isLast = seen[group] === size[group];
    const upTo = isLast ? sum : cents(sum * part);
    const own = isLast ? sum - given[group]! : cents(upTo - given[group]!);
    given[group] = upTo;
    return own;
  });
}

const weightsOf = ({ net, quantity, groups }: Parts): Float64Array =>
  net ?? quantity ?? new Float64Array(groups.of.length).fill(1);

const orderSum = (money: Money[], groups: OrderGroups): Float64Array => {
  const sum = new Float64Array(groups.size.length);
  for (const { level, values } of money)
    if (level === 'order') values.forEach((value, group) => (sum[group]! += value || 0));
    else groups.of.forEach((group, i) => (sum[group]! += values[i]! || 0));
  return sum;
};

const withoutWords =
  /\b(net|netto|sub ?total|excl|excluding|ex|before|without|ohne|ht|hors|sin|sans|zonder|merchandise|product|goods)\b/;
const withWords = /\b(gross|brutto|incl|including|inkl|ttc|total|gesamt|grand)\b/;

/** Money of an amount column; tax and shipping are taken out or put in as the policy says. */
function readAmount(amount: Money, parts: Parts): Found {
  const { groups, policy } = parts;
  const tax = orderSum(parts.tax, groups);
  const shipping = orderSum(parts.shipping, groups);
  const included = whatIsIn(amount, parts, tax, shipping);
  const change = (policy: 'with' | 'without' | undefined, isIn: boolean | null) =>
    isIn === null || policy === undefined || (policy === 'with') === isIn ? 0 : policy === 'with' ? 1 : -1;
  const taxSign = change(policy.tax, included.hasTax);
  const shippingSign = change(policy.shipping, included.hasShipping);
  const added = tax.map((value, group) => value * taxSign + shipping[group]! * shippingSign);
  if (amount.level === 'order') {
    const whole = amount.values.map((value, group) => value + added[group]!);
    const share = whole.map((value, group) =>
      amount.values[group]! > 0 ? value / amount.values[group]! : 1,
    );
    return { amount: shareOut(whole, weightsOf(parts), groups), ...included, share };
  }
  if (taxSign === 0 && shippingSign === 0) return { amount: amount.values, ...included, share: null };
  const extra = shareOut(added, amount.values, groups);
  return { amount: amount.values.map((value, i) => value + extra[i]!), ...included, share: null };
}

/** Whether an order's amount holds its tax and shipping: by what its rows sum to, else by the name of the column. */
function whatIsIn(
  amount: Money,
  { net, orderDiscount, groups, tax, shipping }: Parts,
  taxes: Float64Array,
  shippings: Float64Array,
): { hasTax: boolean | null; hasShipping: boolean | null } {
  const { words } = amount.column;
  const byName = {
    tax: !withoutWords.test(words),
    shipping: amount.level === 'order' && !withoutWords.test(words),
  };
  if (net && amount.level === 'order') {
    const rows = new Float64Array(groups.size.length);
    groups.of.forEach((group, i) => (rows[group]! += net[i]! || 0));
    const hits = [0, 1, 2, 3].map((flags) => {
      let n = 0;
      amount.values.forEach((value, group) => {
        const extra = (flags & 1 ? taxes[group]! : 0) + (flags & 2 ? shippings[group]! : 0);
        const isTelling = taxes[group]! > 0 || shippings[group]! > 0;
        const goods = rows[group]! - (orderDiscount?.[group] ?? 0);
        const isHit = [rows[group]!, goods].some((sum) => Math.abs(sum + extra - value) < 0.02);
        if (isTelling && isHit) n++;
      });
      return n;
    });
    const best = hits.indexOf(Math.max(...hits));
    if (hits[best]! > 0) Object.assign(byName, { tax: (best & 1) > 0, shipping: (best & 2) > 0 });
  }
  return {
    hasTax: tax.length > 0 ? byName.tax : null,
    hasShipping: shipping.length > 0 ? byName.shipping : null,
  };
}

/** Money of price times quantity; an order's discount, tax and shipping are shared out over its rows. */
function readPriced(table: ReadTable, source: ReturnType<typeof moneySource>, parts: Parts): Found {
  const { groups, net, orderDiscount, policy } = parts;
  const nothing = { hasTax: null, hasShipping: null, share: null };
  if (source !== 'price' || !net) return { amount: new Float64Array(table.profile.nRows), ...nothing };
  const isGross = withWords.test(columnOf(table, 'price')!.words);
  const tax = parts.tax.length > 0 ? isGross : null;
  const taxes = orderSum(parts.tax, groups);
  const shippings = orderSum(parts.shipping, groups);
  const taxSign =
    tax === null ? 0 : policy.tax === 'with' && !tax ? 1 : policy.tax === 'without' && tax ? -1 : 0;
  const shippingSign = policy.shipping === 'with' && parts.shipping.length > 0 ? 1 : 0;
  const added = taxes.map(
    (value, g) => value * taxSign + shippings[g]! * shippingSign - (orderDiscount?.[g] ?? 0),
  );
  const isChanged = added.some((value) => value !== 0);
  const extra = isChanged ? shareOut(added, net, groups) : null;
  return {
    amount: extra ? net.map((value, i) => value + extra[i]!) : net,
    hasTax: tax,
    hasShipping: parts.shipping.length > 0 ? false : null,
    share: null,
  };
}

function addDiscounts(
  rowDiscount: Float64Array | null,
  orderDiscount: Float64Array | null,
  parts: Parts,
): Float64Array {
  const sum = rowDiscount?.slice() ?? new Float64Array(parts.groups.of.length);
  if (orderDiscount)
    shareOut(orderDiscount, weightsOf(parts), parts.groups).forEach((part, i) => (sum[i]! += part));
  return sum;
}

/** What was given back, on the first row of its order; what left the amount by the policy leaves the refund too. */
function refundsByRow(refund: Money, { share }: Found, groups: OrderGroups): Float64Array {
  if (refund.level === 'row') return refund.values.map((value) => Math.abs(value || 0));
  const sum = new Float64Array(groups.of.length);
  const isDone = new Uint8Array(groups.size.length);
  groups.of.forEach((group, i) => {
    if (!isDone[group]) sum[i] = Math.abs(refund.values[group]! || 0) * (share?.[group] ?? 1);
    isDone[group] = 1;
  });
  return sum;
}
