import type { OrderLines, RefundPolicy, Role } from './collected';
import { createIndex, customerTexts } from './customer-ids';
import { findFarDates } from './far-dates';
import { dayOf } from './read-date';
import { type Column, columnOf, type ReadTable } from './read-table';
import { cancelledWords, headerWords } from './role-words';
import { hasMoney, moneySource } from './table-kinds';

/** What became of a row of a file, in the order in which it is asked. */
export const fates = [
  'used',
  'noCustomer',
  'noDate',
  'farDate',
  'noAmount',
  'cancelled',
  'notPositive',
] as const;
export type Fate = (typeof fates)[number];

/** The rows of one file as plain numbers, before any is left out. NaN and -1 = missing. */
export type RawLines = {
  table: ReadTable;
  nRows: number;
  customer: Int32Array;
  time: Float64Array;
  amount: Float64Array;
  quantity: Float64Array | null;
  price: Float64Array | null;
  discount: Float64Array | null;
  order: Int32Array | null;
  product: Int32Array | null;
  category: Int32Array | null;
  isCancelled: Uint8Array;
  /** Whether the file says how much was paid. */
  isPaid: boolean;
  /** Index into `fates`. */
  fate: Uint8Array;
};

const spreadNumbers = (column: Column | undefined): Float64Array | null => {
  const values = column?.numbers?.values ?? column?.dates?.values;
  return column && values ? Float64Array.from(column.profile.codes, (code) => values[code]!) : null;
};

function spreadCodes(column: Column | undefined, of: (text: string) => number): Int32Array | null {
  if (!column) return null;
  const { levels, isMissing, codes } = column.profile;
  const mapped = levels.map((text, code) => (isMissing[code] ? -1 : of(text.trim())));
  return Int32Array.from(codes, (code) => mapped[code]!);
}

/** Which order texts say "taken back": "C536379" among orders that are otherwise numbers. */
function cancelledOrders({ profile }: Column): Uint8Array {
  const isMarked = Uint8Array.from(profile.levels, (text) => (/^C[\s-]?\d+$/i.test(text.trim()) ? 1 : 0));
  const isPlain = profile.levels.filter((text) => /^\d+$/.test(text.trim())).length;
  return isPlain * 2 >= profile.levels.length ? isMarked : isMarked.fill(0);
}

const cancelledStates = ({ profile }: Column): Uint8Array =>
  Uint8Array.from(profile.levels, (text) =>
    headerWords(text)
      .split(' ')
      .some((word) => cancelledWords.has(word)) && !/partial/i.test(text)
      ? 1
      : 0,
  );

export type LineIndexes = ReturnType<typeof createLineIndexes>;
export const createLineIndexes = () => ({
  customer: createIndex(),
  order: createIndex(),
  product: createIndex(),
  category: createIndex(),
});

/** Reads the rows of one file of order lines into numbers, with one common numbering for all files. */
export function readLines(table: ReadTable, indexes: LineIndexes, refunds: RefundPolicy): RawLines {
  const { nRows } = table.profile;
  const column = (role: Role) => columnOf(table, role);
  const ids = customerTexts(column('customer')!);
  const customerCodes = Int32Array.from(ids, (id) => (id === '' ? -1 : indexes.customer.of(id)));
  const quantity = spreadNumbers(column('quantity'));
  const price = spreadNumbers(column('price'));
  const times = column('time')!.dates!.values;
  const lines: RawLines = {
    table,
    nRows,
    customer: Int32Array.from(column('customer')!.profile.codes, (code) => customerCodes[code]!),
    time: Float64Array.from(column('time')!.profile.codes, (code) => times[code]!),
    amount: readAmounts(table, price, quantity),
    quantity,
    price,
    discount: sumDiscounts(table),
    order: spreadCodes(column('order'), indexes.order.of),
    product: spreadCodes(column('product'), indexes.product.of),
    category: spreadCodes(column('category'), indexes.category.of),
    isCancelled: markCancelled(column('order'), column('status'), nRows),
    isPaid: hasMoney(table),
    fate: new Uint8Array(nRows),
  };
  settleFates(lines, refunds);
  return lines;
}

/** Money of each row, zero as long as nothing says for sure where it is. */
function readAmounts(
  table: ReadTable,
  price: Float64Array | null,
  quantity: Float64Array | null,
): Float64Array {
  const source = moneySource(table);
  if (source === 'amount') return spreadNumbers(columnOf(table, 'amount'))!;
  if (source === 'price') return quantity ? price!.map((p, i) => p * quantity[i]!) : price!;
  return new Float64Array(table.profile.nRows);
}

function sumDiscounts(table: ReadTable): Float64Array | null {
  const columns = table.columns.filter((c) => c.reading.role === 'discount' && c.numbers);
  if (columns.length === 0) return null;
  const sum = new Float64Array(table.profile.nRows);
  for (const { profile, numbers } of columns)
    for (let i = 0; i < sum.length; i++) sum[i]! += Math.abs(numbers!.values[profile.codes[i]!]! || 0);
  return sum;
}

function markCancelled(order: Column | undefined, status: Column | undefined, nRows: number): Uint8Array {
  const marks = new Uint8Array(nRows);
  const mark = (column: Column, levels: Uint8Array) => {
    for (let i = 0; i < nRows; i++) marks[i]! |= levels[column.profile.codes[i]!]!;
  };
  if (order) mark(order, cancelledOrders(order));
  if (status) mark(status, cancelledStates(status));
  return marks;
}

function settleFates(lines: RawLines, refunds: RefundPolicy): void {
  const isFar = findFarDates(lines.time);
  for (let i = 0; i < lines.nRows; i++) lines.fate[i] = fates.indexOf(fateOf(lines, i, isFar, refunds));
}

function fateOf(lines: RawLines, i: number, isFar: (time: number) => boolean, refunds: RefundPolicy): Fate {
  const time = lines.time[i]!;
  const amount = lines.amount[i]!;
  if (lines.customer[i]! < 0) return 'noCustomer';
  if (Number.isNaN(time)) return 'noDate';
  if (isFar(time)) return 'farDate';
  if (Number.isNaN(amount)) return 'noAmount';
  if (refunds === 'net') return 'used';
  if (lines.isCancelled[i]) return 'cancelled';
  return (lines.isPaid && amount <= 0) || (lines.quantity && lines.quantity[i]! <= 0)
    ? 'notPositive'
    : 'used';
}

/** The used rows of all files, in their order, as canonical lines; customers are numbered by first use. */
export function joinLines(
  parts: RawLines[],
  indexes: LineIndexes,
): { lines: OrderLines; customerIds: string[] } {
  const nRows = parts.reduce((n, part) => n + part.fate.reduce((m, fate) => m + (fate === 0 ? 1 : 0), 0), 0);
  const hasAll = (key: 'quantity' | 'discount' | 'product' | 'category') =>
    parts.every((p) => p[key] !== null);
  const lines: OrderLines = {
    nRows,
    customer: new Int32Array(nRows),
    order: new Int32Array(nRows),
    nOrders: 0,
    time: new Float64Array(nRows),
    amount: new Float64Array(nRows),
    quantity: hasAll('quantity') ? new Float64Array(nRows) : null,
    discount: hasAll('discount') ? new Float64Array(nRows) : null,
    product: hasAll('product') ? new Int32Array(nRows) : null,
    nProducts: indexes.product.texts.length,
    category: hasAll('category') ? new Int32Array(nRows) : null,
    nCategories: indexes.category.texts.length,
    isRefund: new Uint8Array(nRows),
    isPaid: parts.every((part) => part.isPaid),
    source: { file: new Uint16Array(nRows), row: new Int32Array(nRows) },
  };
  const renumbered = new Int32Array(indexes.customer.texts.length).fill(-1);
  const customerIds: string[] = [];
  const orderOf = createOrderNumbers(indexes.order.texts.length);
  let at = 0;
  for (const part of parts)
    for (let i = 0; i < part.nRows; i++) {
      if (part.fate[i] !== 0) continue;
      const id = part.customer[i]!;
      if (renumbered[id] === -1) renumbered[id] = customerIds.push(indexes.customer.texts[id]!) - 1;
      lines.customer[at] = renumbered[id]!;
      lines.order[at] = orderOf(renumbered[id]!, part.order?.[i] ?? -1, part.time[i]!);
      copyLine(part, i, lines, at++);
    }
  lines.nOrders = orderOf.count();
  return { lines, customerIds };
}

/** Orders are told apart by customer and order id, or by customer and day where there is no id. */
function createOrderNumbers(nOrderTexts: number) {
  const byId = new Map<number, number>();
  const byDay = new Map<number, number>();
  let n = 0;
  const numberOf = (customer: number, order: number, time: number): number => {
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
  if (lines.discount) lines.discount[at] = part.discount![i]!;
  if (lines.product) lines.product[at] = part.product![i]!;
  if (lines.category) lines.category[at] = part.category![i]!;
}
