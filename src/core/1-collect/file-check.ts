import type { Collected, DataCheck, FileCheck, TableKind } from './collected';
import { customerTexts } from './customer-ids';
import { measure } from './metrics';
import type { Gathered } from './gather-orders';
import { isUsed } from './order-lines';
import type { FileReading } from './raw-table';
import { dusted } from './order-amounts';
import { isoDay } from './read-date';
import { columnOf, type ReadTable } from './read-table';

/** One file as the data check shows it; `leftOut` are rows lost to fixes. */
export function checkFile(
  table: ReadTable,
  reading: FileReading,
  kind: TableKind,
  rowsUsed: number,
  leftOut = 0,
): FileCheck {
  const { profile } = table;
  const rowsRead = profile.nRows + reading.refusedCount + leftOut;
  const { format, encoding, delimiter, hasHeader } = reading.dialect;
  return {
    source: table.source ? { id: table.source.id, label: table.source.label } : null,
    name: reading.fileName,
    format,
    encoding,
    delimiter,
    hasHeader,
    kind,
    bytes: reading.bytes,
    rowsRead,
    rowsUsed,
    rowsReported: rowsRead - rowsUsed,
    columns: table.columns
      .filter(({ isMadeUp }) => !isMadeUp)
      .map(({ reading: column }) => ({
        ...column,
        unreadable: column.unreadable.map((u) => ({ ...u, firstRow: profile.fileRow(u.firstRow) })),
      })),
  };
}

/** Rows that count: of order lines those that are kept or whose items are, of people and products one row each. */
export function countUsed(table: ReadTable, kind: TableKind, { parts, personOf }: Gathered): number {
  const part = parts.find(({ source }) => source === table);
  if (part) return part.fate.reduce((n, fate) => n + (isUsed(fate) ? 1 : 0), 0);
  if (kind === 'customers') return new Set(personOf(table).filter((person) => person >= 0)).size;
  if (kind === 'products') return new Set(customerTexts(columnOf(table, 'product')!).filter(Boolean)).size;
  return 0;
}

/** The figures of the project as a whole, as the metric dictionary has them. */
export function countTotals(collected: Collected): DataCheck['totals'] {
  const { from, to } = collected;
  return {
    customers: measure(collected, 'customers'),
    orders: measure(collected, 'orders'),
    lines: measure(collected, 'lines'),
    revenue: dusted(measure(collected, 'netRevenue')),
    from: Number.isNaN(from) ? null : isoDay(from),
    to: Number.isNaN(to) ? null : isoDay(to),
  };
}
