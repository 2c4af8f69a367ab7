import type { Role } from './collected';
import type { ReadTable } from './read-table';
import { SURE } from './roles';
import { isSnapshotHeader } from './snapshot-columns';
import type { SortedTables } from './table-kinds';

/** What a customer table's columns keep being; all others describe the customer. */
const kept = new Set<Role>(['customer', 'email', 'phone', 'name', 'account', 'consent', 'start']);

/** All other columns of a customer table describe it; in a table that is not used, an unsure guess is only noise. */
export function settleRoles(tables: ReadTable[], { kinds, customers, leftOut }: SortedTables): void {
  for (const table of customers)
    for (const { reading, words } of table.columns) {
      const isLeftOut = reading.role === 'ignore' && (reading.roleWhy === 'as you chose' || table.source);
      const isKept = (table.source || kept.has(reading.role)) && reading.roleConfidence >= SURE;
      if (!isKept && !isLeftOut)
        Object.assign(reading, { role: 'attribute', roleConfidence: 1, roleWhy: 'describes the customer' });
      if (reading.role === 'attribute' && isSnapshotHeader(words)) reading.isSnapshot = true;
    }
  if (kinds.every((kind) => kind === 'other')) return;
  for (const table of tables.filter(({ index }) => leftOut.has(index)))
    for (const { reading } of table.columns)
      if (reading.roleConfidence < SURE)
        Object.assign(reading, { role: 'ignore', roleConfidence: 1, roleWhy: 'this file is not used' });
}
