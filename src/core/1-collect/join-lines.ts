import { releaseBytes } from '../kit/release-bytes';
import type { Coded } from './canonical';
import type { OrderLines, RefundPolicy } from './collected';
import type { Index } from './customer-ids';
import { type JoinedLines, type LineIndexes, type RawLines, used } from './order-lines';
import { dayOf } from './read-date';

/** Which row of its file each line comes from, ~row for what was given back of it; file p has the lines from starts[p] on. */
type Taken = { rows: Int32Array; starts: number[] };

/**
 * The used rows of all files, in their order, as canonical lines; customers are numbered by first use. The columns that
 * `joined` lacks move out of the parts one by one: there is no room for all of them twice.
 */
export function joinLines(
  parts: RawLines[],
  indexes: LineIndexes,
  people: string[],
  refunds: RefundPolicy,
): { lines: OrderLines; joined: JoinedLines[]; customerIds: string[]; customerOf: Int32Array } {
  const taken = takeRows(parts, refunds);
  const { customerIds, customerOf, ...numbers } = numberLines(parts, taken, indexes, people);
  const lines = { ...numbers, ...moveColumns(parts, taken, indexes) };
  return { lines, joined: parts.map(withoutMoved), customerIds, customerOf };
}

function withoutMoved(part: RawLines): JoinedLines {
  const { time, order, product, category, channel, coupon, discount, listAmount, ...rest } = part;
  return rest;
}

/** A row whose file notes something given back beside the order has a second line for it, behind its own. */
function takeRows(parts: RawLines[], refunds: RefundPolicy): Taken {
  const isGivenBack = (part: RawLines, i: number) =>
    refunds === 'net' && !part.isCancelled[i] && part.refunded !== null && part.refunded[i]! > 0;
  let nLines = 0;
  for (const part of parts)
    for (let i = 0; i < part.nRows; i++) if (part.fate[i] === used) nLines += isGivenBack(part, i) ? 2 : 1;
  const rows = new Int32Array(nLines);
  let at = 0;
  const starts = parts.map((part) => {
    const start = at;
    for (let i = 0; i < part.nRows; i++) {
      if (part.fate[i] !== used) continue;
      rows[at++] = i;
      if (isGivenBack(part, i)) rows[at++] = ~i;
    }
    return start;
  });
  return { rows, starts: [...starts, nLines] };
}

/** Visits the lines with the file and the row that each comes from. */
function eachLine(
  parts: RawLines[],
  { rows, starts }: Taken,
  visit: (part: RawLines, i: number, at: number, isGivenBack: boolean) => void,
): void {
  for (const [p, part] of parts.entries())
    for (let at = starts[p]!; at < starts[p + 1]!; at++) {
      const row = rows[at]!;
      visit(part, row < 0 ? ~row : row, at, row < 0);
    }
}

/** Whose each line is and to which order it belongs. */
function numberLines(parts: RawLines[], taken: Taken, indexes: LineIndexes, people: string[]) {
  const customer = new Int32Array(taken.rows.length);
  const order = new Int32Array(taken.rows.length);
  const customerOf = new Int32Array(people.length).fill(-1);
  const customerIds: string[] = [];
  const orderOf = createOrderNumbers(indexes.order.texts.length);
  eachLine(parts, taken, (part, i, at) => {
    const id = part.customer[i]!;
    if (customerOf[id] === -1) customerOf[id] = customerIds.push(people[id]!) - 1;
    customer[at] = customerOf[id]!;
    order[at] = orderOf(customerOf[id]!, part.order?.[i] ?? -1, part.time[i]!);
  });
  for (const part of parts) releaseBytes(part.order);
  return { customer, order, nOrders: orderOf.count(), customerIds, customerOf };
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

type CodeColumn = 'product' | 'category' | 'channel' | 'coupon';

function moveColumns(parts: RawLines[], taken: Taken, indexes: LineIndexes) {
  const hasAny = (key: keyof RawLines) => parts.some((part) => part[key] !== null);
  const codes = (key: CodeColumn) => (hasAny(key) ? moveCodes(parts, taken, key) : null);
  const coded = (key: CodeColumn, { texts }: Index): Coded => ({
    codes: moveCodes(parts, taken, key),
    levels: texts,
  });
  const money = joinMoney(parts, taken, hasAny('quantity'));
  return {
    ...money,
    nRows: taken.rows.length,
    time: moveTimes(parts, taken),
    discount: hasAny('discount') ? moveMoney(parts, taken, 'discount', null) : null,
    product: codes('product'),
    nProducts: indexes.product.texts.length,
    category: codes('category'),
    nCategories: indexes.category.texts.length,
    productNames: indexes.product.texts,
    categoryNames: indexes.category.texts,
    isPaid: parts.every((part) => part.isPaid),
    source: tellSource(parts, taken),
    ...(hasAny('listAmount') && { listAmount: moveMoney(parts, taken, 'listAmount', money.amount) }),
    ...(hasAny('channel') && { channel: coded('channel', indexes.channel) }),
    ...(hasAny('coupon') && { coupon: coded('coupon', indexes.coupon) }),
  };
}

function moveTimes(parts: RawLines[], taken: Taken): Float64Array {
  const times = new Float64Array(taken.rows.length);
  eachLine(parts, taken, (part, i, at) => (times[at] = part.time[i]!));
  for (const part of parts) releaseBytes(part.time);
  return times;
}

function moveCodes(parts: RawLines[], taken: Taken, key: CodeColumn): Int32Array {
  const codes = new Int32Array(taken.rows.length).fill(-1);
  eachLine(parts, taken, (part, i, at, isGivenBack) => {
    const own = part[key];
    if (own && !isGivenBack) codes[at] = own[i]!;
  });
  for (const part of parts) releaseBytes(part[key]);
  return codes;
}

/** `instead` stands where a row has nothing. */
function moveMoney(
  parts: RawLines[],
  taken: Taken,
  key: 'discount' | 'listAmount',
  instead: Float64Array | null,
): Float64Array {
  const sums = new Float64Array(taken.rows.length);
  eachLine(parts, taken, (part, i, at, isGivenBack) => {
    if (!isGivenBack) sums[at] = instead ? part[key]?.[i] || instead[at]! : (part[key]?.[i] ?? 0);
  });
  for (const part of parts) releaseBytes(part[key]);
  return sums;
}

/** A cancelled line that is not written with a minus never happened: it brings and takes nothing. */
function joinMoney(parts: RawLines[], taken: Taken, hasQuantity: boolean) {
  const nRows = taken.rows.length;
  const amounts = new Float64Array(nRows);
  const quantities = hasQuantity ? new Float64Array(nRows) : null;
  const isRefund = new Uint8Array(nRows);
  eachLine(parts, taken, (part, i, at, isGivenBack) => {
    const amount = part.amount[i]!;
    const quantity = part.quantity?.[i] ?? 1;
    const isCancelled = part.isCancelled[i] === 1;
    const isVoid = isCancelled && amount > 0;
    amounts[at] = isGivenBack ? -part.refunded![i]! : isVoid ? 0 : amount;
    isRefund[at] = isGivenBack || isCancelled || amount < 0 || quantity < 0 ? 1 : 0;
    if (quantities && !isGivenBack) quantities[at] = isVoid ? 0 : Number.isNaN(quantity) ? 1 : quantity;
  });
  return { amount: amounts, quantity: quantities, isRefund };
}

function tellSource(parts: RawLines[], taken: Taken) {
  const file = new Uint16Array(taken.rows.length);
  const row = new Int32Array(taken.rows.length);
  eachLine(parts, taken, ({ table }, i, at) => {
    file[at] = table.index;
    row[at] = table.profile.fileRow(i);
  });
  return { file, row };
}
