import { parseDate } from '../read-date';
import { parseNumber } from '../read-number';
import type { Column, ReadTable } from '../read-table';
import { plural } from '../wording';
import { eachText, type Fault, isCategory } from './fault';

/** Whether a text could stand in a column, as far as the column can tell. */
type Fits = (text: string) => boolean;

function fitsOf(column: Column): Fits {
  const { type, decimal = '.', dateOrder = 'ymd' } = column.reading;
  const isEmpty = (text: string) => text.trim() === '';
  if (type === 'number') return (text) => isEmpty(text) || !Number.isNaN(parseNumber(text, decimal));
  if (type === 'date') return (text) => isEmpty(text) || !Number.isNaN(parseDate(text, dateOrder));
  if (!isCategory(column)) return () => true;
  const known = new Set<string>();
  eachText(column, (text, _, rows) => {
    if (rows >= 3) known.add(text.trim());
  });
  return (text) => isEmpty(text) || known.has(text.trim());
}

const rowTexts = ({ columns }: ReadTable, row: number): string[] =>
  columns.map(({ profile }) => profile.levels[profile.codes[row]!]!);

/** The row put right by moving its end one cell to the left (-1) or to the right (1); null where that does not help. */
function moveBack(texts: string[], fits: Fits[]): string[] | null {
  const n = texts.length;
  const misfits = texts.filter((text, c) => !fits[c]!(text)).length;
  if (misfits < 2) return null;
  for (let start = n - 2; start >= 0; start--)
    for (const side of [1, -1]) {
      const lost = side === 1 ? texts[start]! : texts[n - 1]!;
      if (lost.trim() !== '') continue;
      const moved =
        side === 1
          ? [...texts.slice(0, start), ...texts.slice(start + 1), '']
          : [...texts.slice(0, start), '', ...texts.slice(start, n - 1)];
      if (moved.every((text, c) => fits[c]!(text))) return moved;
    }
  return null;
}

/** Rows with a value that its column cannot read. */
function suspiciousRows({ columns, profile }: ReadTable): number[] {
  const rows = new Set<number>();
  for (const { numbers, dates, profile: own, reading } of columns) {
    const fit = reading.type === 'number' ? numbers : reading.type === 'date' ? dates : null;
    if (!fit || fit.nUnreadable === 0) continue;
    for (let row = 0; row < profile.nRows; row++) {
      const code = own.codes[row]!;
      if (Number.isNaN(fit.values[code]!) && !own.isMissing[code]) rows.add(row);
    }
  }
  return [...rows].sort((a, b) => a - b);
}

export const shiftedRows: Fault = {
  id: 'rows slipped sideways',
  dimension: 'validity',
  find(table) {
    const suspicious = suspiciousRows(table);
    if (suspicious.length === 0) return [];
    const fits = table.columns.map(fitsOf);
    const moved = suspicious.flatMap((row) => {
      const before = rowTexts(table, row);
      const after = moveBack(before, fits);
      return after ? [{ row, before, after }] : [];
    });
    const [first] = moved;
    if (!first) return [];
    const shown = table.columns[first.before.findIndex((text, c) => !fits[c]!(text))]!;
    const n = moved.length;
    return [
      {
        column: null,
        shown,
        row: first.row,
        rows: n,
        isSafe: false,
        label: 'Move the values back',
        says: `${plural(n, 'row')} with values one column away from where they belong, such as "${first.before[table.columns.indexOf(shown)]}" under ${shown.reading.name}.`,
        mend: () => ({
          cells: moved.flatMap(({ row, before, after }) =>
            after.flatMap((text, column) => (text === before[column] ? [] : [{ column, row, text }])),
          ),
        }),
      },
    ];
  },
};
