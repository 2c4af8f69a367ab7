import type { Issue } from './collected';
import { type Column, columnOf, type ReadTable } from './read-table';
import { SURE } from './roles';
import { settleType } from './settle-type';
import { plural } from './wording';

/**
 * A wide table in which nothing says who, when or what was bought: each row is a customer (or a case) of its own.
 * Only asked where no other table can be used.
 */
export function rowsAreCustomers(table: ReadTable): boolean {
  const isSure = (column: Column | undefined) => (column?.reading.roleConfidence ?? 0) >= SURE;
  const roles = ['customer', 'order', 'product', 'time', 'event', 'session'] as const;
  const filled = table.columns.filter(({ profile }) => profile.nDistinct > 1);
  const isNamed = table.columns.some(({ reading }) => reading.personal !== undefined);
  return (
    !table.source &&
    !isNamed &&
    table.profile.nRows >= 2 &&
    filled.length >= 2 &&
    filled.some(({ numbers }) => numbers !== null) &&
    filled.every(({ dates, numbers }) => !dates || numbers !== null) &&
    roles.every((role) => !isSure(columnOf(table, role)))
  );
}

/** What looked like a customer number is a trait like the others, and a number where it holds numbers. */
function describeCustomer(column: Column): void {
  Object.assign(column.reading, {
    role: 'attribute',
    roleConfidence: 1,
    roleWhy: 'describes the customer',
  });
  if (column.reading.why !== 'as you chose') settleType(column, undefined);
}

/** Gives each row an id of its own, "row 17" as a spreadsheet counts; with several files the file stands before it. */
export function nameByRow(table: ReadTable, isAlone: boolean): void {
  const { nRows, fileName, fileRow } = table.profile;
  const stem = isAlone ? '' : `${fileName.replace(/\.[^.]*$/, '')} `;
  for (const column of table.columns) if (column.reading.role === 'customer') describeCustomer(column);
  table.columns.push({
    profile: {
      name: 'row',
      levels: Array.from({ length: nRows }, (_, row) => `${stem}row ${fileRow(row)}`),
      codes: Uint32Array.from({ length: nRows }, (_, row) => row),
      counts: new Uint32Array(nRows).fill(1),
      firstRow: Int32Array.from({ length: nRows }, (_, row) => row),
      isMissing: new Uint8Array(nRows),
      nMissing: 0,
      nDistinct: nRows,
    },
    words: 'row',
    numbers: null,
    dates: null,
    identifier: null,
    isMadeUp: true,
    reading: {
      name: 'row',
      type: 'text',
      why: 'rows are numbered as in the file',
      role: 'customer',
      roleConfidence: 1,
      roleWhy: 'each row is one customer',
      missing: 0,
      distinct: nRows,
      unreadable: [],
      examples: [],
    },
  });
}

export const rowCustomersIssue = ({ profile: { fileName, nRows } }: ReadTable): Issue => ({
  kind: 'rows are customers',
  severity: 'info',
  sentence: `${fileName}: no column says who the customer is; each of its ${plural(nRows, 'row')} is taken for one customer, named by its row, such as "row 2". Choose a column for the customer if that is wrong.`,
  rows: nRows,
  example: null,
});
