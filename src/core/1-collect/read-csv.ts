import { AppError } from '../kit/errors';
import { createBlankRows } from './blank-rows';
import type { Resume } from './blocks';
import { batchRows, createPlainCells } from './cells';
import { type Dialect, type FileReading, type RawBlock, type RefusedRow, rowsAbove } from './raw-table';
import { cellText, MAX_FIELD } from './scan-row';
import { count, plural } from './wording';

const BLANK = 32;
const HASH = 35;
const isComment = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === HASH && !(bytes[at + 1]! >= 48 && bytes[at + 1]! <= 57); // "#1001" is an order
const MAX_ROW = 4 << 20;
/** Refused rows kept with their text; the count goes on. */
const MAX_REFUSED = 1000;

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
  makeCells = createPlainCells,
): CsvReader {
  const nColumns = columnNames.length;
  const maxWaiting = batchRows(nColumns);
  const cells = makeCells(dialect.delimiter, nColumns, resume);
  const { row, builder, window } = cells;
  const refused: RefusedRow[] = [...(resume?.refused ?? [])];
  let refusedCount = resume?.refusedCount ?? 0;
  const blankRows = createBlankRows(resume?.blankRows);
  const nuls = { count: 0, firstRow: 0, ...resume?.nuls };
  /** Where in the window the bytes 0 were that are not counted yet. */
  let nulsAt: number[] = [];
  let nRead = 0;
  let nWaiting = 0;

  const fileRow = () => reader.rowsRead + blankRows.count + rowsAbove(dialect) + 1;

  const refuse = (bytes: Uint8Array, why: string) => {
    refusedCount++;
    if (refused.length >= MAX_REFUSED) return;
    const value = Array.from({ length: Math.min(row.nCells, nColumns) }, (_, i) => cellText(row, bytes, i));
    refused.push({ file: fileName, row: fileRow(), column: '', value: value.join(' · ').slice(0, 200), why });
  };

  const checkLimits = (at: number, next: number) => {
    if (row.problem === 'unclosed quote') throw new AppError('UnclosedQuote', fileName, fileRow());
    const end = next < 0 ? window.length : next;
    if (next < 0 && end - row.openCell > MAX_FIELD) throw new AppError('FieldTooLong', fileName, fileRow());
    if (end - at > MAX_ROW) throw new AppError('RowTooLong', fileName, fileRow());
    if (next - at <= MAX_FIELD) return;
    for (let i = row.base; i < row.base + row.nCells; i++)
      if (Math.abs(row.ends[i]!) - row.starts[i]! > MAX_FIELD)
        throw new AppError('FieldTooLong', fileName, fileRow());
  };

  const takeWaiting = () => {
    if (nWaiting > 0) cells.takeRows(nWaiting);
    nWaiting = 0;
  };

  const takeRow = (bytes: Uint8Array) => {
    let { nCells } = row;
    while (nCells > nColumns && row.starts[row.base + nCells - 1] === row.ends[row.base + nCells - 1])
      nCells--;
    if (nCells === nColumns && row.problem === 'none') nWaiting++;
    else if (isComment(bytes, row.starts[row.base]!))
      refuse(bytes, 'the line begins with #, as a comment does');
    else if (row.problem === 'text after quote') refuse(bytes, 'there is text after a closing quote');
    else refuse(bytes, `the row has ${plural(nCells, 'cell')} where the table has ${count(nColumns)}`);
    reader.rowsRead++;
  };

  /** Stray NULs become blanks, so that every byte keeps its place. */
  const blankNuls = (nNew: number) => {
    nulsAt = nulsAt.map((at) => at - nRead);
    for (let at = cells.indexOf(0, window.length - nNew); at >= 0; at = cells.indexOf(0, at + 1)) {
      nulsAt.push(at);
      window.text.bytes[at] = BLANK;
    }
  };

  const countNuls = (end: number) => {
    const nPassed = nulsAt.findIndex((at) => at >= end);
    const passed = nulsAt.splice(0, nPassed < 0 ? nulsAt.length : nPassed);
    nuls.firstRow ||= fileRow();
    nuls.count += passed.length;
  };

  const cut = () => ({
    ...builder.cut(reader.offset, refusedCount, refused),
    blankRows: blankRows.take(),
    ...(nuls.count > 0 && { nuls: { ...nuls } }),
  });

  const reader: CsvReader = {
    rowsRead: resume ? resume.nRows + resume.refusedCount : 0,
    offset: resume?.endOffset ?? startOffset,

    feed(piece, isLast) {
      window.slide(nRead, piece);
      blankNuls(piece.length);
      const blocks: RawBlock[] = [];
      const cutWhenFull = () => {
        if (nWaiting === maxWaiting || builder.nRows + nWaiting === builder.maxRows) takeWaiting();
        if (builder.nRows === builder.maxRows) blocks.push(cut());
      };
      let at = 0;
      while (at < window.length) {
        const most = Math.min(maxWaiting, builder.maxRows - builder.nRows) - nWaiting;
        if (nulsAt.length === 0) {
          const { nRows, next } = cells.scanPlain(at, nWaiting, most);
          reader.offset += next - at;
          reader.rowsRead += nRows;
          at = next;
          nWaiting += nRows;
          cutWhenFull();
          if (nRows === most) continue;
          if (at === window.length) break;
        }
        const { bytes } = window.text;
        row.base = nWaiting * nColumns;
        const next = row.scan(bytes, at, window.length, isLast);
        if (next < 0 || next - at > MAX_FIELD || row.problem !== 'none') checkLimits(at, next);
        if (next < 0) break;
        reader.offset += next - at;
        at = next;
        if (nulsAt.length > 0 && nulsAt[0]! < at) countNuls(at);
        if (row.nCells === 0) {
          blankRows.add(fileRow());
          continue;
        }
        takeRow(bytes);
        cutWhenFull();
      }
      takeWaiting();
      nRead = at;
      if (isLast && builder.nRows > 0) blocks.push(cut());
      return blocks;
    },

    finish(usedDialect, fileBytes) {
      const isRepaired = builder.dictionaries.some((d) => d.nRepaired > 0);
      return {
        fileName,
        dialect: isRepaired ? { ...usedDialect, encoding: 'windows-1252' } : usedDialect,
        bytes: fileBytes,
        rowsRead: reader.rowsRead,
        columnNames,
        refusedCount,
        refused,
        ...(blankRows.count > 0 && { blankRows: blankRows.runs }),
        ...(nuls.count > 0 && { nuls }),
      };
    },
  };
  return reader;
}
