import { AppError } from '../kit/errors';
import { BLOCK_ROWS, createBlockBuilder, growBlock, type Resume } from './blocks';
import { uniqueNames } from './column-names';
import type { Dialect, FileReading, RawBlock, RefusedRow } from './raw-table';
import { createRowScanner, MAX_COLUMNS, type RowScanner } from './scan-row';

const BATCH_ROWS = 512;
const MAX_FIELD = 1 << 20;
const MAX_ROW = 4 << 20;
/** Refused rows kept with their text; the count goes on. */
const MAX_REFUSED = 1000;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const textOf = (bytes: Uint8Array) => decoder.decode(bytes);

const cellText = (row: RowScanner, bytes: Uint8Array, i: number): string => {
  const text = textOf(bytes.subarray(row.starts[i]!, row.ends[i]!));
  return row.doubled[i] ? text.replaceAll('""', '"') : text;
};

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
  const line = /^"?sep=[,;\t|]"?(\r\n|\r|\n)/i.exec(textOf(head.subarray(start, start + 16)));
  return start + (line ? line[0].length : 0);
}

/** Turns the bytes (UTF-8) of a file into blocks; feed them in order from `resume.endOffset` or `startOffset`. */
export type CsvReader = {
  /** Rows and bytes of the file passed so far, those before a resume included. */
  rowsRead: number;
  offset: number;
  feed(bytes: Uint8Array, isLast: boolean): RawBlock[];
  finish(dialect: Dialect, fileBytes: number): FileReading;
};

export function createCsvReader(
  fileName: string,
  dialect: Dialect,
  columnNames: string[],
  startOffset: number,
  resume: Resume | null,
): CsvReader {
  const row = createRowScanner(dialect.delimiter);
  const nColumns = columnNames.length;
  const builder = createBlockBuilder(nColumns, resume);
  const { dictionaries } = builder;
  const refused: RefusedRow[] = [];
  let refusedCount = resume?.refusedCount ?? 0;
  let rest = new Uint8Array(0);
  let scratch = new Uint8Array(256);
  // Accepted rows wait in a batch, so that cells are looked up column by column: one dictionary at a time stays in cache.
  const starts = new Int32Array(nColumns * BATCH_ROWS);
  const ends = new Int32Array(nColumns * BATCH_ROWS);
  const hashes = new Int32Array(nColumns * BATCH_ROWS);
  let nWaiting = 0;

  const fileRow = () => reader.rowsRead + (dialect.hasHeader ? 2 : 1);

  const refuse = (bytes: Uint8Array, why: string) => {
    refusedCount++;
    if (refused.length >= MAX_REFUSED) return;
    const value = Array.from({ length: Math.min(row.nCells, nColumns) }, (_, i) => cellText(row, bytes, i));
    refused.push({ file: fileName, row: fileRow(), column: '', value: value.join(' · ').slice(0, 200), why });
  };

  const checkLimits = (bytes: Uint8Array, at: number, next: number) => {
    if (row.problem === 'unclosed quote') throw new AppError('UnclosedQuote', fileName, fileRow());
    if (next < 0 && bytes.length - row.openCell > MAX_FIELD)
      throw new AppError('FieldTooLong', fileName, fileRow());
    if ((next < 0 ? bytes.length : next) - at > MAX_ROW)
      throw new AppError('RowTooLong', fileName, fileRow());
    if (next - at <= MAX_FIELD) return;
    for (let i = 0; i < row.nCells; i++)
      if (row.ends[i]! - row.starts[i]! > MAX_FIELD) throw new AppError('FieldTooLong', fileName, fileRow());
  };

  /** Takes the doubling off the quotes of a cell; the hash was made without it. */
  const internDoubled = (bytes: Uint8Array, c: number, start: number, end: number, hash: number): number => {
    if (scratch.length < end - start) scratch = new Uint8Array((end - start) * 2);
    let length = 0;
    for (let i = start; i < end; i++) {
      scratch[length++] = bytes[i]!;
      if (bytes[i] === 34) i++;
    }
    return dictionaries[c]!.intern(scratch, 0, length, hash);
  };

  const takeBatch = (bytes: Uint8Array) => {
    growBlock(builder, nWaiting);
    for (let c = 0; c < nColumns; c++) {
      const dictionary = dictionaries[c]!;
      const codes = builder.codes[c]!;
      for (let i = 0, at = c * BATCH_ROWS; i < nWaiting; i++, at++) {
        const end = ends[at]!;
        codes[builder.nRows + i] =
          end >= 0
            ? dictionary.intern(bytes, starts[at]!, end, hashes[at]!)
            : internDoubled(bytes, c, starts[at]!, ~end, hashes[at]!);
      }
    }
    builder.nRows += nWaiting;
    nWaiting = 0;
  };

  const takeRow = (bytes: Uint8Array) => {
    let nCells = row.nCells;
    while (nCells > nColumns && row.starts[nCells - 1] === row.ends[nCells - 1]) nCells--;
    if (row.problem === 'text after quote') refuse(bytes, 'there is text after a closing quote');
    else if (nCells !== nColumns || row.problem !== 'none')
      refuse(bytes, `the row has ${nCells} cells where the table has ${nColumns}`);
    else {
      for (let c = 0, at = nWaiting; c < nColumns; c++, at += BATCH_ROWS) {
        starts[at] = row.starts[c]!;
        ends[at] = row.doubled[c] ? ~row.ends[c]! : row.ends[c]!;
        hashes[at] = row.hashes[c]!;
      }
      nWaiting++;
    }
    reader.rowsRead++;
  };

  const reader: CsvReader = {
    rowsRead: resume ? resume.nRows + resume.refusedCount : 0,
    offset: resume?.endOffset ?? startOffset,

    feed(chunk, isLast) {
      let bytes = chunk;
      if (rest.length > 0) {
        bytes = new Uint8Array(rest.length + chunk.length);
        bytes.set(rest);
        bytes.set(chunk, rest.length);
      }
      const blocks: RawBlock[] = [];
      let at = 0;
      while (at < bytes.length) {
        const next = row.scan(bytes, at, bytes.length, isLast);
        checkLimits(bytes, at, next);
        if (next < 0) break;
        reader.offset += next - at;
        at = next;
        if (row.nCells === 0) continue;
        takeRow(bytes);
        if (nWaiting === BATCH_ROWS || builder.nRows + nWaiting === BLOCK_ROWS) takeBatch(bytes);
        if (builder.nRows === BLOCK_ROWS) blocks.push(builder.cut(reader.offset, refusedCount));
      }
      takeBatch(bytes);
      rest = bytes.slice(at);
      if (isLast && builder.nRows > 0) blocks.push(builder.cut(reader.offset, refusedCount));
      return blocks;
    },

    finish(usedDialect, fileBytes) {
      const isRepaired = dictionaries.some((d) => d.nRepaired > 0);
      return {
        fileName,
        dialect: isRepaired ? { ...usedDialect, encoding: 'windows-1252' } : usedDialect,
        bytes: fileBytes,
        rowsRead: reader.rowsRead,
        columnNames,
        refusedCount,
        refused,
      };
    },
  };
  return reader;
}
