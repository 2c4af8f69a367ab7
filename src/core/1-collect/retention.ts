import { BLOCK_ROWS } from './blocks';
import type { FileCheck } from './collected';
import { fitDates } from './fit-dates';
import type { Codes, RawBlock, RawTable } from './raw-table';
import type { TableProfile } from './table-profile';
import { encodeTexts } from './texts';

/** The column that dates the rows of a file, by position; -1 where none does. */
export const dateColumn = ({ columns }: FileCheck): number =>
  columns.findIndex(({ role, type }) => role === 'time' && type === 'date');

/** 1 for each row older than `before` (ms); rows without a readable date are not. */
export function olderRows(profile: TableProfile, file: FileCheck, before: number): Uint8Array {
  const at = dateColumn(file);
  const column = profile.columns[at];
  const dates = column && fitDates(column, file.columns[at]!.dateOrder, true);
  const isOld = Uint8Array.from(dates?.values ?? [], (time) => (time < before ? 1 : 0));
  return Uint8Array.from(column?.codes ?? new Uint8Array(profile.nRows), (code) => isOld[code] ?? 0);
}

/** The rows that are not `gone`, as blocks of their own: texts that only gone rows held are in none of them. */
export function* withoutRows(table: RawTable, gone: Uint8Array): Generator<RawBlock> {
  const kept: number[] = [];
  for (let row = 0; row < table.nRows; row++) if (gone[row] === 0) kept.push(row);
  const known = table.columns.map(({ levels }) => ({
    codeOf: new Int32Array(levels.length).fill(-1),
    size: 0,
  }));
  for (let start = 0, index = 0; start < kept.length; start += BLOCK_ROWS, index++) {
    const rows = kept.slice(start, start + BLOCK_ROWS);
    const columns = table.columns.map(({ codes, levels }, c) => {
      const column = known[c]!;
      const newLevels: string[] = [];
      const written = Uint32Array.from(rows, (row) => {
        const code = codes[row]!;
        if (column.codeOf[code]! < 0) {
          column.codeOf[code] = column.size++;
          newLevels.push(levels[code]!);
        }
        return column.codeOf[code]!;
      });
      return { codes: narrow(written, column.size), newTexts: encodeTexts(newLevels) };
    });
    yield { index, nRows: rows.length, columns, endOffset: start + rows.length };
  }
}

const narrow = (codes: Uint32Array, nLevels: number): Codes =>
  nLevels <= 256 ? Uint8Array.from(codes) : nLevels <= 65_536 ? Uint16Array.from(codes) : codes;
