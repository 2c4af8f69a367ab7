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
export function csvLines(header: string[], rows: Iterable<string[]>): string {
  const lines = [header.map(csvText).join(',')];
  for (const row of rows) lines.push(row.length === 1 && row[0] === '' ? '""' : row.join(','));
  return `${lines.join('\n')}\n`;
}
