import { AppError } from '../kit/errors';
import type { Resume } from './blocks';
import { uniqueNames } from './column-names';
import { createJsonFrames, type JsonLayout } from './json-frames';
import { Entries, flattenTree, parseTree } from './json-tree';
import { MAX_COLUMNS } from './scan-row';
import { createTextRows, type OnBlock, type TextRows } from './text-rows';

const MAX_ROW = 4 << 20;

/** Which column a name goes to; a name twice in one row is a second column, as in a text file. */
function createColumns(fileName: string) {
  const indexOf = new Map<string, number>();
  /** The row that last had a cell in each column. */
  const lastRow: number[] = [];
  const find = (name: string): number => {
    const known = indexOf.get(name);
    if (known !== undefined) return known;
    if (indexOf.size >= MAX_COLUMNS) throw new AppError('TooManyColumns', fileName, MAX_COLUMNS);
    indexOf.set(name, indexOf.size);
    return lastRow.push(-1) - 1;
  };
  return {
    indexOf,
    take(path: string, row: number): number {
      let index = find(path);
      for (let n = 2; lastRow[index] === row; n++) index = find(`${path} ${n}`);
      lastRow[index] = row;
      return index;
    },
  };
}

/** Reads rows that need not have the same names: names are gathered in a first reading, cells in a second. */
export type JsonReader = {
  rowsRead: number;
  /** First reading, piece by piece. */
  survey(piece: Uint8Array, isLast: boolean): void;
  columnNames(): string[];
  /** Second reading, after the last piece of the first. */
  feed(piece: Uint8Array, isLast: boolean): Promise<void>;
  finish(): Promise<Pick<TextRows, 'rowsRead' | 'refused' | 'refusedCount'>>;
};

export function createJsonReader(
  fileName: string,
  layout: Extract<JsonLayout, { kind: 'lines' | 'rows' }>,
  resume: Resume | null,
  onBlock: OnBlock,
): JsonReader {
  const columns = createColumns(fileName);
  const first = createJsonFrames(layout);
  const second = createJsonFrames(layout);
  let rows: TextRows | null = null;
  let nSeen = 0;

  const checkLimits = (frames: typeof first, row: number, isLast: boolean) => {
    if (frames.nOpen > MAX_ROW) throw new AppError('RowTooLong', fileName, row);
    if (isLast && frames.isCutOff) throw new AppError('JsonCutOff', fileName, row);
  };

  const reader: JsonReader = {
    rowsRead: 0,

    survey(piece, isLast) {
      first.feed(piece, isLast, (text) => {
        nSeen++;
        const row = readRow(text);
        if (typeof row !== 'string') flattenTree('', row, (path) => void columns.take(path, nSeen));
      });
      checkLimits(first, nSeen + 1, isLast);
      if (isLast && nSeen === 0) throw new AppError('EmptyFile', fileName);
    },

    columnNames: () => uniqueNames([...columns.indexOf.keys()]),

    async feed(piece, isLast) {
      rows ??= createTextRows(columns.indexOf.size, resume, onBlock);
      const texts: string[] = [];
      second.feed(piece, isLast, (text) => texts.push(text));
      for (const text of texts) {
        const written = takeRow(rows, text);
        if (written) await written;
      }
      reader.rowsRead = rows.rowsRead;
    },

    async finish() {
      await rows?.finish();
      return rows!;
    },
  };

  const cells: string[] = [];
  const takeRow = (into: TextRows, text: string): Promise<void> | undefined => {
    if (into.isPassing()) return into.take(() => '');
    const row = readRow(text);
    if (typeof row === 'string') {
      into.refuse({ file: fileName, row: into.rowsRead + 1, value: text.trim(), why: `the row ${row}` });
      return undefined;
    }
    cells.length = 0;
    flattenTree('', row, (path, cell) => (cells[columns.take(path, -2 - into.rowsRead)] = cell));
    return into.take((c) => cells[c] ?? '');
  };
  return reader;
}

/** The row, or what is wrong with it. */
function readRow(text: string): Entries | string {
  try {
    const row = parseTree(text);
    return row instanceof Entries ? row : 'is a single value where an object with names is wanted';
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}
