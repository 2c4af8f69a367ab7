import type { ColumnDecision, Role } from '../../../src/core/1-collect/collected';
import { createIndex, customerTexts, type Index } from '../../../src/core/1-collect/customer-ids';
import { readColumns } from '../../../src/core/1-collect/read-columns';
import { columnOf, type ReadTable } from '../../../src/core/1-collect/read-table';
import type { CustomerOf } from '../../../src/core/1-collect/spread-columns';
import { profileTable } from '../../../src/core/1-collect/table-profile';
import { type ReadFile, readBytes } from './read-text';

/** A file with the roles of its columns settled by name; columns without one are left to describe the customer. */
export async function readTable(
  text: Uint8Array | string,
  roles: Record<string, Role>,
  name = 'a.csv',
  index = 0,
): Promise<ReadTable> {
  return settle(await readBytes(text, name), roles, index);
}

export function settle({ table }: ReadFile, roles: Record<string, Role>, index = 0): ReadTable {
  const wanted = new Map(Object.entries(roles));
  const decisions = table.columns.flatMap(({ name }, column): ColumnDecision[] => {
    const role = wanted.get(name) ?? null;
    return role ? [{ file: index, column, role }] : [];
  });
  const read = readColumns(index, profileTable(table), decisions, [], table.hasHeader);
  for (const { reading } of read.columns) if (!wanted.has(reading.name)) reading.role = 'attribute';
  return read;
}

/** Customers by the text of the column with role `customer`; with `known` given, nobody else is. */
export function customersBy(tables: ReadTable[], known?: string[]): { ids: Index; customerOf: CustomerOf } {
  const ids = createIndex();
  const rows = (table: ReadTable, of: (text: string) => number) => {
    const column = columnOf(table, 'customer');
    if (!column) return new Int32Array(table.profile.nRows).fill(-1);
    const texts = customerTexts(column).map((text) => (text === '' ? -1 : of(text)));
    return Int32Array.from(column.profile.codes, (code) => texts[code]!);
  };
  if (known) known.forEach((id) => ids.of(id));
  else tables.forEach((table) => rows(table, ids.of));
  return { ids, customerOf: (table) => rows(table, ids.find) };
}

/** The texts of a coded column, row by row; '' for none. */
export const textsOf = (coded: { codes: ArrayLike<number>; levels: string[] } | null): string[] =>
  coded ? Array.from(coded.codes, (code) => (code < 0 ? '' : coded.levels[code]!)) : [];
