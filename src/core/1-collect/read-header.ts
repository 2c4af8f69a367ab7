import { AppError } from '../kit/errors';
import { uniqueNames } from './column-names';
import { joinHeader } from './find-header';
import type { Dialect } from './raw-table';
import { cellText, createRowScanner, MAX_COLUMNS } from './scan-row';

const LF = 10;
const CR = 13;
export const isLineEnd = (byte: number): boolean => byte === LF || byte === CR;

/** Where the line after the one at `at` begins. */
export function nextLine(bytes: Uint8Array, at: number): number {
  while (at < bytes.length && !isLineEnd(bytes[at]!)) at++;
  return bytes[at] === CR && bytes[at + 1] === LF ? at + 2 : Math.min(at + 1, bytes.length);
}

/** The column names and where the first row of values begins, from the first bytes (UTF-8) of a file. */
export function readColumnNames(fileName: string, head: Uint8Array, isWhole: boolean, dialect: Dialect) {
  const { hasHeader, preambleRows = 0, extraHeaderRows = 0 } = dialect;
  const row = createRowScanner(dialect.delimiter);
  let start = afterPreamble(head);
  for (let i = 0; i < preambleRows; i++) start = nextLine(head, start);
  const above: string[][] = [];
  for (let at = start; at < head.length;) {
    const next = row.scan(head, at, head.length, isWhole);
    if (row.problem === 'too many columns') throw new AppError('TooManyColumns', fileName, MAX_COLUMNS);
    if (row.problem === 'unclosed quote') throw new AppError('UnclosedQuote', fileName, preambleRows + 1);
    if (next < 0) throw new AppError('FirstRowTooLong', fileName);
    at = next;
    if (row.nCells === 0) continue;
    const cells = Array.from({ length: row.nCells }, (_, i) => cellText(row, head, i));
    if (!hasHeader) return { columnNames: uniqueNames(cells.map(() => '')), startOffset: start };
    above.push(cells);
    if (above.length > extraHeaderRows) return { columnNames: namesOf(above), startOffset: at };
  }
  if (above.length > 0) return { columnNames: namesOf(above), startOffset: head.length };
  throw new AppError('EmptyFile', fileName);
}

const namesOf = ([names = [], ...under]: string[][]): string[] => uniqueNames(joinHeader(names, under));

/** Where the table begins: behind a byte order mark and a line such as "sep=;". */
export function afterPreamble(head: Uint8Array): number {
  const start = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const line = /^"?sep=[,;\t|]"?(\r\n|\r|\n)/i.exec(
    new TextDecoder().decode(head.subarray(start, start + 16)),
  );
  return start + (line ? line[0].length : 0);
}
