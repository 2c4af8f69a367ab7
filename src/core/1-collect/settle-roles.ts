import type { Role } from './collected';
import type { ReadTable } from './read-table';
import { NO_PART, SURE } from './roles';
import { isSnapshotHeader } from './snapshot-columns';
import type { SortedTables } from './table-kinds';

/** What a customer table's columns keep being; all others describe the customer. */
const kept = new Set<Role>(['customer', 'email', 'phone', 'name', 'account', 'consent', 'start']);

/** Kinds that are used as soon as what they need is sure: what is not sure in them is not used. */
const special = [
  'subscriptions',
  'events',
  'touches',
  'surveys',
  'deals',
  'evidence',
  'items',
  'products',
] as const;

/** All other columns of a customer table describe it; in tables that are not asked about, an unsure guess is noise. */
export function settleRoles(tables: ReadTable[], sorted: SortedTables): void {
  for (const table of sorted.customers) describeCustomers(table);
  for (const table of special.flatMap(sorted.of)) dropUnsure(table, 'not sure enough to be used');
  for (const { columns } of sorted.describing)
    for (const { reading } of columns)
      if (reading.role === 'ignore' && reading.roleWhy === NO_PART)
        Object.assign(reading, { role: 'attribute', roleWhy: 'describes who answered' });
  if (sorted.kinds.every((kind) => kind === 'other')) return;
  for (const table of tables.filter(({ index }) => sorted.leftOut.has(index)))
    dropUnsure(table, 'this file is not used');
}

function describeCustomers(table: ReadTable): void {
  for (const { reading, words } of table.columns) {
    const isLeftOut = reading.role === 'ignore' && (reading.roleWhy === 'as you chose' || table.source);
    const isKept = (table.source || kept.has(reading.role)) && reading.roleConfidence >= SURE;
    if (!isKept && !isLeftOut)
      Object.assign(reading, { role: 'attribute', roleConfidence: 1, roleWhy: 'describes the customer' });
    if (reading.role === 'attribute' && isSnapshotHeader(words)) reading.isSnapshot = true;
  }
}

function dropUnsure({ columns }: ReadTable, roleWhy: string): void {
  for (const { reading } of columns)
    if (reading.roleConfidence < SURE) Object.assign(reading, { role: 'ignore', roleConfidence: 1, roleWhy });
}
