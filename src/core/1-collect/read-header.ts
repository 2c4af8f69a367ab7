import { AppError } from '../kit/errors';
import { uniqueNames } from './column-names';
import type { Dialect } from './raw-table';
import { cellText, createRowScanner, MAX_COLUMNS } from './scan-row';

/** The column names and where the first row of values begins, from the first bytes (UTF-8) of a file. */
export function readColumnNames(fileName: string, head: Uint8Array, isWhole: boolean, dialect: Dialect) {
  const row = createRowScanner(dialect.delimiter);
  const start = afterPreamble(head);
  for (let at = start; at < head.length;) {
    const next = row.scan(head, at, head.length, isWhole);
    if (row.problem === 'too many columns') throw new AppError('TooManyColumns', fileName, MAX_COLUMNS);
    if (row.problem === 'unclosed quote') throw new AppError('UnclosedQuote', fileName, 1);
    if (next < 0) throw new AppError('FirstRowTooLong', fileName);
    if (row.nCells > 0) {
      const cells = Array.from({ length: row.nCells }, (_, i) => cellText(row, head, i));
      const columnNames = uniqueNames(dialect.hasHeader ? cells : cells.map(() => ''));
      return { columnNames, startOffset: dialect.hasHeader ? next : at };
    }
    at = next;
  }
  throw new AppError('EmptyFile', fileName);
}

/** Where the table begins: behind a byte order mark and a line such as "sep=;". */
export function afterPreamble(head: Uint8Array): number {
  const start = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const line = /^"?sep=[,;\t|]"?(\r\n|\r|\n)/i.exec(
    new TextDecoder().decode(head.subarray(start, start + 16)),
  );
  return start + (line ? line[0].length : 0);
}
