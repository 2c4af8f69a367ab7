import type { Issue, Role } from './collected';
import { customerTexts } from './customer-ids';
import { type Column, columnOf, type ReadTable } from './read-table';
import { spreadIndexes, spreadValues } from './spread-columns';
import { count, hasHave, isAre, plural } from './wording';

const ofOrders: Role[] = 'customer email phone name account time end amount discount shipping tax refunded currency coupon channel country status'.split(' ') as Role[]; // prettier-ignore

/** Lines with what their orders say of them; `isOfOrder` tells which roles came from there. */
export type Joined = {
  table: ReadTable;
  isOfOrder(role: Role): boolean;
  /** Money of the rows themselves, where the order's own sum stands beside it. */
  rowAmount: Float64Array | null;
};

/** By row of `table` the row of `other` with the same key, -1 = none; of several the first. */
function matchRows(table: ReadTable, other: ReadTable, key: Role): Int32Array {
  const mine = columnOf(table, key);
  const theirs = columnOf(other, key);
  const rows = new Int32Array(table.profile.nRows).fill(-1);
  if (!mine || !theirs) return rows;
  const byText = new Map<string, number>();
  customerTexts(theirs).forEach((text, code) => {
    const row = theirs.profile.firstRow[code]!;
    if (text !== '' && row >= 0 && !(byText.get(text)! <= row)) byText.set(text, row);
  });
  const byCode = customerTexts(mine).map((text) => (text === '' ? -1 : (byText.get(text) ?? -1)));
  return spreadIndexes(mine.profile.codes, byCode);
}

/** A column of another table as one of this one: row by row the cell of the row that matches, empty where none does. */
function borrowColumn(column: Column, rows: Int32Array): Column {
  const { profile, numbers, dates } = column;
  const none = profile.levels.length;
  const counts = new Uint32Array(none + 1);
  const firstRow = new Int32Array(none + 1).fill(-1);
  const codes = Uint32Array.from(rows, (row) => (row < 0 ? none : profile.codes[row]!));
  for (let i = codes.length - 1; i >= 0; i--) {
    counts[codes[i]!]!++;
    firstRow[codes[i]!] = i;
  }
  const isMissing = new Uint8Array(none + 1).fill(1);
  isMissing.set(profile.isMissing);
  const longer = (values: Float64Array) => {
    const more = new Float64Array(none + 1).fill(NaN);
    more.set(values);
    return more;
  };
  const clock = column.clock && {
    ...column.clock,
    codes: Uint32Array.from(rows, (row) => (row < 0 ? 0 : column.clock!.codes[row]!)),
  };
  const isInstant = dates?.isInstant ? Uint8Array.from([...dates.isInstant, 0]) : null;
  return {
    ...column,
    isCarried: false,
    clock,
    profile: {
      ...profile,
      levels: [...profile.levels, ''],
      codes,
      counts,
      firstRow,
      isMissing,
      nMissing: counts.reduce((n, rows, code) => n + (isMissing[code] ? rows : 0), 0),
      nDistinct: counts.reduce((n, rows, code) => n + (rows > 0 && !isMissing[code] ? 1 : 0), 0),
    },
    numbers: numbers && { ...numbers, values: longer(numbers.values) },
    dates: dates && { ...dates, values: longer(dates.values), isInstant },
  };
}

/** Item lines with the customer, the date and the money of their orders; what an item says of itself stays. */
export function joinOrders(items: ReadTable, orders: ReadTable): Joined {
  const rows = matchRows(items, orders, 'order');
  const sum = columnOf(orders, 'amount');
  const own = columnOf(items, 'amount');
  const isSummed = Boolean(sum?.numbers);
  const borrowed = orders.columns.filter(({ reading: { role } }) => {
    if (role === 'amount') return isSummed;
    return ofOrders.includes(role) && !columnOf(items, role);
  });
  const kept = items.columns.filter((column) => !(isSummed && column === own));
  const roles = new Set(borrowed.map(({ reading }) => reading.role));
  const values = own?.numbers?.values;
  return {
    table: { ...items, columns: [...kept, ...borrowed.map((column) => borrowColumn(column, rows))] },
    isOfOrder: (role) => roles.has(role),
    rowAmount: isSummed && values ? spreadValues(own.profile.codes, values) : null,
  };
}

/** 1 for the orders whose lines stand in an items file: they are counted there. */
export function markItemised(orders: ReadTable, items: readonly ReadTable[]): Uint8Array {
  const marks = new Uint8Array(orders.profile.nRows);
  for (const table of items)
    matchRows(orders, table, 'order').forEach((row, i) => {
      if (row >= 0) marks[i] = 1;
    });
  return marks;
}

/** The orders file that most items belong to; null when none knows any of them. */
export function ordersOf(items: ReadTable, orders: readonly ReadTable[]): ReadTable | null {
  let best: ReadTable | null = null;
  let most = 0;
  for (const table of orders) {
    const n = matchRows(items, table, 'order').reduce((sum, row) => sum + (row >= 0 ? 1 : 0), 0);
    if (n > most) [best, most] = [table, n];
  }
  return best;
}

/** Lines with the category of their product, where they do not say it themselves. */
export function joinProducts(lines: ReadTable, products: readonly ReadTable[]): ReadTable {
  if (columnOf(lines, 'category') || !columnOf(lines, 'product')) return lines;
  const table = products.find((one) => columnOf(one, 'product') && columnOf(one, 'category'));
  if (!table) return lines;
  const rows = matchRows(lines, table, 'product');
  if (!rows.some((row) => row >= 0)) return lines;
  return { ...lines, columns: [...lines.columns, borrowColumn(columnOf(table, 'category')!, rows)] };
}

/** How the products of the lines match the products file. */
export function productIssues(lines: readonly ReadTable[], products: readonly ReadTable[]): Issue[] {
  return products.flatMap((table) => {
    const parts = lines.filter((part) => columnOf(part, 'product'));
    if (parts.length === 0) return [];
    let nRows = 0;
    let unknown = 0;
    for (const part of parts) {
      nRows += part.profile.nRows;
      for (const row of matchRows(part, table, 'product')) if (row < 0) unknown++;
    }
    const { fileName } = table.profile;
    const sentence =
      unknown === 0
        ? `${fileName}: joined to the order lines by the product; every line’s product is in it.`
        : `${fileName}: joined to the order lines by the product; ${count(unknown)} of ${plural(nRows, 'line')} ${hasHave(unknown)} a product that is not in it and ${isAre(unknown)} without a category.`;
    return [{ kind: 'products joined', severity: 'info', sentence, rows: unknown, example: null }];
  });
}
