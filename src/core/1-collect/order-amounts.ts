import type { CollectSettings } from './collected';
import type { OrderGroups } from './order-groups';
import { type Column, columnOf, type ReadTable } from './read-table';
import type { moneySource } from './table-kinds';

/** A column of money: what each row holds of its own, or what each order holds as a whole. */
export type Money = { level: 'row' | 'order'; values: Float64Array; column: Column };

export type Policy = Pick<CollectSettings, 'tax' | 'shipping'>;

export type AmountParts = {
  groups: OrderGroups;
  /** Price times quantity less the row's own discount. */
  net: Float64Array | null;
  quantity: Float64Array | null;
  orderDiscount: Float64Array | null;
  tax: Money[];
  shipping: Money[];
  policy: Policy;
};
/** `share`: what is left of each order's amount after the policy; null = all of it. */
export type FoundAmount = {
  amount: Float64Array;
  hasTax: boolean | null;
  hasShipping: boolean | null;
  share: Float64Array | null;
};

const cents = (value: number): number => Math.round(value * 100) / 100;
/** Without the dust that adding decimals leaves. */
export const dusted = (value: number): number => Math.round(value * 1e6) / 1e6;

/** Shares what each order has out over its rows by their weights; every order's rows sum to it, to the cent. */
export function shareOut(
  whole: Float64Array,
  weights: Float64Array,
  { of, size }: OrderGroups,
): Float64Array {
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
    const own = isLast ? dusted(sum - given[group]!) : cents(upTo - given[group]!);
    given[group] = upTo;
    return own;
  });
}

export const weightsOf = ({ net, quantity, groups }: AmountParts): Float64Array =>
  net ?? quantity ?? new Float64Array(groups.of.length).fill(1);

function plus(values: Float64Array, extra: Float64Array): Float64Array {
  const sums = new Float64Array(values.length);
  for (let i = 0; i < sums.length; i++) sums[i] = values[i]! + extra[i]!;
  return sums;
}

const orderSum = (money: Money[], groups: OrderGroups): Float64Array => {
  const sum = new Float64Array(groups.size.length);
  for (const { level, values } of money)
    if (level === 'order') values.forEach((value, group) => (sum[group]! += value || 0));
    else groups.of.forEach((group, i) => (sum[group]! += values[i]! || 0));
  return sum;
};

const withoutWords =
  /\b(net|netto|sub ?total|excl|excluding|ex|before|without|ohne|ht|hors|sin|sans|zonder|merchandise|product|goods)\b/;
const withWords = /\b(gross|brutto|incl|including|inkl|ttc|total|gesamt\w*|grand)\b/;

/** Money of an amount column; tax and shipping are taken out or put in as the policy says. */
export function readAmount(amount: Money, parts: AmountParts): FoundAmount {
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
  return { amount: plus(amount.values, extra), ...included, share: null };
}

/** Whether an amount holds its order's tax and shipping: by what its rows sum to, else by the name of the column. */
function whatIsIn(
  amount: Money,
  { net, orderDiscount, groups, tax, shipping }: AmountParts,
  taxes: Float64Array,
  shippings: Float64Array,
): { hasTax: boolean | null; hasShipping: boolean | null } {
  if (tax.length + shipping.length === 0) return { hasTax: null, hasShipping: null };
  const isNet = withoutWords.test(amount.column.words);
  const isWhole = amount.level === 'order' || groups.size.every((n) => n === 1);
  let best = { hasTax: !isNet, hasShipping: !isNet && isWhole };
  const sums = orderSum([amount], groups);
  const goods = net && orderSum([{ ...amount, level: 'row', values: net }], groups);
  const hits = (is: typeof best): number =>
    !goods
      ? 0
      : sums.reduce((n, sum, group) => {
          const isTelling = taxes[group]! > 0 || shippings[group]! > 0;
          const extra = (is.hasTax ? taxes[group]! : 0) + (is.hasShipping ? shippings[group]! : 0);
          const rest = sum - extra - goods[group]!;
          const isHit = Math.abs(rest) < 0.02 || Math.abs(rest + (orderDiscount?.[group] ?? 0)) < 0.02;
          return n + (isTelling && isHit ? 1 : 0);
        }, 0);
  let most = hits(best);
  for (const hasTax of [true, false])
    for (const hasShipping of [true, false]) {
      const n = hits({ hasTax, hasShipping });
      if (n > most) [best, most] = [{ hasTax, hasShipping }, n];
    }
  // A total that no tax was added to holds it all the same: it stands in the prices.
  const isTotal = !isNet && withWords.test(amount.column.words);
  return {
    hasTax: tax.length > 0 ? best.hasTax || isTotal : null,
    hasShipping: shipping.length > 0 ? best.hasShipping : null,
  };
}

/** Money of price times quantity; an order's discount, tax and shipping are shared out over its rows. */
export function readPriced(
  table: ReadTable,
  source: ReturnType<typeof moneySource>,
  parts: AmountParts,
): FoundAmount {
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
    amount: extra ? plus(net, extra) : net,
    hasTax: tax,
    hasShipping: parts.shipping.length > 0 ? false : null,
    share: null,
  };
}
