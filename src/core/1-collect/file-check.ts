import type { Collected, ColumnReading, DataCheck, FileCheck, TableKind } from './collected';
import { customerTexts } from './customer-ids';
import { measure } from './metrics';
import type { RawLines } from './order-lines';
import type { FileReading } from './raw-table';
import { isoDay } from './read-date';
import { columnOf, type ReadTable } from './read-table';

/** One file as the data check shows it; `part` are its order lines when it holds any, `leftOut` rows lost to fixes. */
export function checkFile(
  table: ReadTable,
  reading: FileReading,
  kind: TableKind,
  part: RawLines | undefined,
  leftOut = 0,
): FileCheck {
  const { profile } = table;
  const rowsUsed = part ? countUsed(part) : kind === 'customers' ? countIds(table) : 0;
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
        ...hashedAs(column.name, reading),
        unreadable: column.unreadable.map((u) => ({ ...u, firstRow: profile.fileRow(u.firstRow) })),
      })),
  };
}

/** A hash says no longer what it was made of. */
function hashedAs(name: string, { personal = [] }: FileReading): Partial<ColumnReading> {
  const hashed = personal.find(({ column, treatment }) => column === name && treatment === 'hash');
  return hashed ? { personal: hashed.kind, isHashed: true } : {};
}

const countUsed = ({ fate }: RawLines): number => fate.reduce((n, f) => n + (f === 0 ? 1 : 0), 0);

const countIds = (table: ReadTable): number =>
  new Set(customerTexts(columnOf(table, 'customer')!).filter((id) => id !== '')).size;

/** The figures of the project as a whole, as the metric dictionary has them. */
export function countTotals(collected: Collected): DataCheck['totals'] {
  const { from, to } = collected;
  return {
    customers: measure(collected, 'customers'),
    orders: measure(collected, 'orders'),
    lines: measure(collected, 'lines'),
    revenue: measure(collected, 'netRevenue'),
    from: Number.isNaN(from) ? null : isoDay(from),
    to: Number.isNaN(to) ? null : isoDay(to),
  };
}
