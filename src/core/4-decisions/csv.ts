import { finish, type Steps } from '../kit/steps';

/** One value of a row: numbers are written in full, null and NaN as an empty cell. */
export type CsvCell = string | number | null;

const plainNumber = /^-?\d+(\.\d+)?$/;
const startsFormula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const needsQuotes = /[",\r\n]|^\s|\s$/;

/** Quoted where RFC 4180 asks, and a leading apostrophe where a spreadsheet would see a formula. */
function csvText(text: string): string {
  const safe = startsFormula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A value as a CSV cell. */
export function csvCell(value: CsvCell): string {
  if (value === null) return '';
  if (typeof value === 'string') return csvText(value);
  return Number.isFinite(value) ? String(value) : '';
}

/** An amount with its cents; empty when there is none. */
export function csvMoney(amount: number | null): string {
  if (amount === null || !Number.isFinite(amount)) return '';
  const text = amount.toFixed(2);
  return text === '-0.00' ? '0.00' : text;
}

/** Cells must be written already (`csvCell`, `csvMoney`); a lone empty cell is quoted so that its row is not lost. */
export const csvLines = (header: string[], rows: Iterable<string[]>): string =>
  finish(csvLinesInSteps(header, rows, (row) => row));

/** The same from rows that have yet to be written, a few hundred at a time. */
export function* csvLinesInSteps<Row>(
  header: string[],
  rows: Iterable<Row>,
  cellsOf: (row: Row) => string[],
): Steps<string> {
  const lines = [header.map(csvText).join(',')];
  for (const row of rows) {
    const cells = cellsOf(row);
    lines.push(cells.length === 1 && cells[0] === '' ? '""' : cells.join(','));
    if (lines.length % 256 === 0) yield;
  }
  return `${lines.join('\n')}\n`;
}
