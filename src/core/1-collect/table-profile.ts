import { releaseBytes } from '../kit/release-bytes';
import { listBlankRows } from './blank-rows';
import { type RawColumn, type RawTable, rowsAbove } from './raw-table';
import { wordTest } from './word-test';

/** What a column's distinct texts are worth: how many rows hold each, and the first of them. */
export type ColumnProfile = RawColumn & {
  counts: Uint32Array;
  firstRow: Int32Array;
  isMissing: Uint8Array;
  nMissing: number;
  /** Distinct texts that are not missing. */
  nDistinct: number;
};

export type TableProfile = {
  fileName: string;
  nRows: number;
  columns: ColumnProfile[];
  /** Rows that repeat an earlier row in every column. */
  nDuplicates: number;
  firstDuplicate: number;
  /** The row of the file (header = 1) that holds a table row. */
  fileRow(row: number): number;
};

const isMissingWord = wordTest(['', 'na', 'n/a', 'null', 'nan']);
/** Whether a text stands for nothing. */
export const isMissingText = (text: string): boolean => text.length < 16 && isMissingWord(text);

/** "-" and "." stand for nothing among numbers and dates, but may mean something among words. */
export const isPlaceholder = wordTest(['-', '.']);

/**
 * One pass over the rows of each column and one over all for repeats; done once, whatever is decided later. Columns
 * that `known` has seen already are taken from there.
 */
export function profileTable(table: RawTable, known: TableProfile | null = null): TableProfile {
  const repeats = countRepeats(table);
  return {
    fileName: table.fileName,
    nRows: table.nRows,
    columns: table.columns.map((column, c) => {
      const seen = known?.columns[c];
      return seen?.codes === column.codes ? seen : profileColumn(column, table.nRows);
    }),
    ...repeats,
    fileRow: rowsOfFile(rowsAbove(table) + 1, table.refusedRows, listBlankRows(table.blankRows ?? [])),
  };
}

/** The row of the file that holds a table row: `first` holds row 0, and no table row is refused or blank. */
function rowsOfFile(first: number, refused: number[], blank: Int32Array): (row: number) => number {
  // How many rows of the table come before each that was skipped.
  const before = new Int32Array(refused.length + blank.length);
  before.set(refused);
  before.set(blank, refused.length);
  before.sort().forEach((at, i) => (before[i] = at - first - i));
  return (row) => {
    let low = 0;
    let high = before.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before[middle]! <= row) low = middle + 1;
      else high = middle;
    }
    return row + first + low;
  };
}

function profileColumn(column: RawColumn, nRows: number): ColumnProfile {
  const { codes, levels } = column;
  const counts = new Uint32Array(levels.length);
  const firstRow = new Int32Array(levels.length).fill(-1);
  for (let i = nRows - 1; i >= 0; i--) {
    const code = codes[i]!;
    counts[code]!++;
    firstRow[code] = i;
  }
  const isMissing = new Uint8Array(levels.length);
  levels.forEach((text, code) => (isMissing[code] = isMissingText(text) ? 1 : 0));
  let nMissing = 0;
  let nDistinct = 0;
  for (let code = 0; code < levels.length; code++) {
    if (isMissing[code]) nMissing += counts[code]!;
    else if (counts[code]! > 0) nDistinct++;
  }
  return { ...column, counts, firstRow, isMissing, nMissing, nDistinct };
}

function countRepeats({ columns, nRows }: RawTable): { nDuplicates: number; firstDuplicate: number } {
  const hashes = new Int32Array(nRows).fill(-2128831035);
  for (const { codes } of columns)
    for (let i = 0; i < nRows; i++) {
      const mixed = Math.imul(hashes[i]! ^ codes[i]!, -1640531535);
      hashes[i] = mixed ^ (mixed >>> 15);
    }
  // Rows that hold nothing repeat nothing.
  const isEmpty = (row: number) => columns.every(({ levels, codes }) => isMissingText(levels[codes[row]!]!));
  const isEqual = (a: number, b: number) => columns.every(({ codes }) => codes[a] === codes[b]);
  const size = 2 ** Math.ceil(Math.log2(nRows * 2 + 2));
  const slots = new Int32Array(size);
  let nDuplicates = 0;
  let firstDuplicate = -1;
  for (let i = 0; i < nRows; i++) {
    let slot = hashes[i]! & (size - 1);
    while (slots[slot] !== 0) {
      const other = slots[slot]! - 1;
      if (hashes[other] === hashes[i] && isEqual(other, i)) break;
      slot = (slot + 1) & (size - 1);
    }
    if (slots[slot] === 0) slots[slot] = i + 1;
    else if (!isEmpty(i) && nDuplicates++ === 0) firstDuplicate = i;
  }
  releaseBytes(hashes, slots);
  return { nDuplicates, firstDuplicate };
}
