import type { Role } from './collected';
import { createIndex } from './customer-ids';
import { columnOf, type Column, type ReadTable } from './read-table';
import { numberLevels } from './spread-columns';

/**
 * Rows by the order they belong to: `of[row]`, `size` rows each; a row without an order number is an order alone.
 * `isOnce`: who and when stand in one row of each order only, so that money may too.
 */
export type OrderGroups = { of: Int32Array; size: Int32Array; isOnce: boolean };

/** Fewer orders than this could lack a cell in all rows but one by chance. */
const MIN_ORDERS = 3;

function groupRows(table: ReadTable): OrderGroups {
  const { nRows } = table.profile;
  const order = columnOf(table, 'order');
  const of = new Int32Array(nRows);
  const index = createIndex();
  const byCode = order && numberLevels(order, index, ({ isMissing }, code) => isMissing[code] === 0);
  let next = index.texts.length;
  for (let i = 0; i < nRows; i++) {
    const known = byCode ? byCode[order!.profile.codes[i]!]! : -1;
    of[i] = known >= 0 ? known : next++;
  }
  const size = new Int32Array(next);
  for (let i = 0; i < nRows; i++) size[of[i]!]!++;
  return { of, size, isOnce: false };
}

/** Of each order the first row with a value of the column, -1 = none; null when the column has more than one in orders. */
export function writtenOnce(column: Column, { of, size, isOnce }: OrderGroups): Int32Array | null {
  const { profile } = column;
  const rowOf = new Int32Array(size.length).fill(-1);
  let present = 0;
  let empty = 0;
  let orders = 0;
  for (let i = 0; i < of.length; i++) {
    const group = of[i]!;
    const isPresent = !profile.isMissing[profile.codes[i]!];
    if (size[group]! > 1) {
      if (isPresent) present++;
      else empty++;
      if (isPresent && rowOf[group] === -1) orders++;
    }
    if (isPresent && rowOf[group] === -1) rowOf[group] = i;
  }
  return empty > 0 && orders >= (isOnce || column.isCarried ? 1 : MIN_ORDERS) && present <= orders * 1.05
    ? rowOf
    : null;
}

const carried = new Set<Role>(
  'customer email phone name account time end currency status coupon channel country'.split(' ') as Role[],
);
const ofMoney = new Set<Role>(['amount', 'price', 'quantity', 'discount', 'shipping', 'tax', 'refunded']);

/**
 * The table with what is written in one row of each order only (who, when, currency, status) carried to its other rows;
 * the table itself where nothing is. Money is not carried: it would count several times.
 */
export function carryForward(table: ReadTable): { table: ReadTable; groups: OrderGroups } {
  const groups = groupRows(table);
  if (!columnOf(table, 'order') || !groups.size.some((n) => n > 1)) return { table, groups };
  let isCarried = false;
  const columns = table.columns.map((column) => {
    const { role } = column.reading;
    const isOfOrder = carried.has(role) || (column.isCarried === true && !ofMoney.has(role));
    const rowOf = isOfOrder ? writtenOnce(column, { ...groups, isOnce: true }) : null;
    if (!rowOf) return column;
    isCarried = true;
    const { codes } = column.profile;
    return withCodes(
      column,
      codes.map((code, i) =>
        column.profile.isMissing[code] ? (codes[rowOf[groups.of[i]!]!] ?? code) : code,
      ),
    );
  });
  return isCarried
    ? { table: { ...table, columns }, groups: { ...groups, isOnce: true } }
    : { table, groups };
}

/** The column with other rows holding its texts. */
function withCodes(column: Column, codes: Column['profile']['codes']): Column {
  const { levels, isMissing } = column.profile;
  const counts = new Uint32Array(levels.length);
  const firstRow = new Int32Array(levels.length).fill(-1);
  for (let i = codes.length - 1; i >= 0; i--) {
    counts[codes[i]!]!++;
    firstRow[codes[i]!] = i;
  }
  const sum = (holds: (code: number) => boolean, of: (code: number) => number) =>
    counts.reduce((n, rows, code) => n + (rows > 0 && holds(code) ? of(code) : 0), 0);
  const nMissing = sum(
    (code) => isMissing[code] === 1,
    (code) => counts[code]!,
  );
  const nDistinct = sum(
    (code) => isMissing[code] === 0,
    () => 1,
  );
  return { ...column, profile: { ...column.profile, codes, counts, firstRow, nMissing, nDistinct } };
}
