import { AppError } from '../kit/errors';
import { createBlankRows } from './blank-rows';
import type { Resume } from './blocks';
import { uniqueNames } from './column-names';
import { findHeader, joinHeader } from './find-header';
import type { Dialect, FileReading } from './raw-table';
import { isoText } from './read-date';
import { MAX_COLUMNS } from './scan-row';
import { createTextRows, type OnBlock } from './text-rows';
import { createUnzipper, filesOf, kindOfZip, readDirectory, type UnzipLimits } from './unzip';

const MB = 2 ** 20;
const limits: UnzipLimits = { unpacked: 512 * MB, ratio: 200, ratioFrom: 10 * MB };
const SNIFF_ROWS = 1000;
const oldOffice = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** Day 0 of the spreadsheet calendar from March 1900 on; days later in workbooks that count from 1904. */
const EPOCH = Date.UTC(1899, 11, 30);
const DAYS_1904 = 1462;

type Cell = { t: string; v?: unknown; z?: unknown };
type Row = { at: number; cells: (Cell | undefined)[] };
type Sheet = { name: string; rows: Row[]; columns: number[]; textOf(cell: Cell | undefined): string };

/** The kind of workbook; throws unless its bytes are one of a size that can be opened. */
export function checkWorkbook(fileName: string, bytes: Uint8Array): 'xlsx' | 'xls' | 'ods' {
  if (bytes[0] === 0xd0) {
    if (oldOffice.some((b, i) => bytes[i] !== b)) throw new AppError('BrokenFile', fileName, 'workbook');
    if (isLocked(bytes)) throw new AppError('Encrypted', fileName);
    return 'xls';
  }
  const entries = readDirectory(fileName, bytes, bytes.length);
  const kind = kindOfZip(entries.map(({ name }) => name));
  if (kind === 'xlsb') throw new AppError('NotATable', fileName, 'a binary Excel workbook (.xlsb)');
  if (kind === 'archive') throw new AppError('NotATable', fileName, 'a zip archive that is no workbook');
  if (kind !== 'xlsx' && kind !== 'ods') throw new AppError('NotATable', fileName, kind);
  createUnzipper(fileName, limits, filesOf(entries), () => {}).push(bytes, true);
  return kind;
}

const isDateFormat = (format: unknown): boolean => {
  const bare = typeof format === 'string' ? format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '') : '';
  return /[dy]/i.test(bare) || /h{1,2}:m/i.test(bare);
};

/** Dates as ISO text, a time of day without a date alone, numbers as their shortest text. */
function cellText(cell: Cell | undefined, is1904: boolean): string {
  if (cell?.v === undefined || cell.v === null || cell.t === 'e' || cell.t === 'z') return '';
  if (cell.t === 'b') return cell.v ? 'TRUE' : 'FALSE';
  if (cell.t === 'n' && isDateFormat(cell.z)) {
    const days = Number(cell.v);
    const isClock = days >= 0 && days < 1 && !/[dy]/i.test(String(cell.z));
    const shift = is1904 ? DAYS_1904 : days < 60 ? 1 : 0;
    const ms = EPOCH + Math.round((days + shift) * 86_400) * 1000;
    if (Math.abs(ms) > 8.64e15) return String(cell.v);
    return isClock ? new Date(ms).toISOString().slice(11, 19) : isoText(ms);
  }
  return String(cell.v);
}

/** A locked workbook is an old Office container with a stream of this name. */
const isLocked = (bytes: Uint8Array): boolean =>
  new TextDecoder('utf-16le').decode(bytes).includes('EncryptedPackage');

/** The workbook as SheetJS reads it. */
async function parse(fileName: string, bytes: Uint8Array, sheetRows: number) {
  const { read } = await import('xlsx');
  const cells = { cellDates: false, cellNF: true, cellText: false, cellHTML: false, cellFormula: false };
  try {
    return read(bytes, { dense: true, ...cells, sheetRows });
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    if (/password|encrypt/i.test(why)) throw new AppError('Encrypted', fileName);
    throw new AppError('BrokenFile', fileName, 'workbook');
  }
}

/** The sheet asked for, else the visible one with most cells, and the names of the others that hold some. */
async function openSheet(fileName: string, bytes: Uint8Array, wanted: string | undefined, sheetRows: number) {
  const workbook = await parse(fileName, bytes, sheetRows);
  const is1904 = workbook.Workbook?.WBProps?.date1904 === true;
  const textOf = (cell: Cell | undefined) => cellText(cell, is1904);
  const sheets = workbook.SheetNames.map((name, i) => {
    const sheet = workbook.Sheets[name] as { '!data'?: Row['cells'][]; '!fullref'?: string } | undefined;
    const rows = filledRows(sheet?.['!data'] ?? [], textOf);
    const isHidden = (workbook.Workbook?.Sheets?.[i]?.Hidden ?? 0) > 0;
    const all = Number(/(\d+)$/.exec(sheet?.['!fullref'] ?? '')?.[1] ?? 0);
    const nCells = rows.reduce((n, { cells }) => n + cells.reduce((m) => m + 1, 0), 0);
    // Only the first rows were read of a sheet that goes on below them.
    const weight =
      rows.length > SNIFF_ROWS * 0.9 ? (nCells * Math.max(all, rows.length)) / rows.length : nCells;
    return { name, rows, weight: isHidden ? weight / 1e9 : weight };
  }).filter(({ rows }) => rows.length > 0);
  const heaviest = sheets.toSorted((a, b) => b.weight - a.weight)[0];
  const chosen = sheets.find(({ name }) => name === wanted) ?? heaviest;
  if (!chosen && workbook.SheetNames.some((name) => !workbook.Sheets[name]))
    throw new AppError('BrokenFile', fileName, 'workbook');
  if (!chosen) throw new AppError('NoSheet', fileName);
  const { name, rows } = chosen;
  const sheet: Sheet = { name, rows, columns: filledColumns(rows, textOf), textOf };
  return { sheet, others: sheets.filter((other) => other !== chosen).map((other) => other.name) };
}

/** Walks what is there, so that one far cell does not make a million rows. */
function filledRows(data: (Row['cells'] | undefined)[], textOf: Sheet['textOf']): Row[] {
  const rows: Row[] = [];
  data.forEach((cells, at) => {
    if (cells?.some((cell) => textOf(cell) !== '')) rows.push({ at, cells });
  });
  return rows;
}

function filledColumns(rows: Row[], textOf: Sheet['textOf']): number[] {
  const isFilled = new Set<number>();
  for (const { cells } of rows)
    cells.forEach((cell, c) => {
      if (!isFilled.has(c) && textOf(cell) !== '') isFilled.add(c);
    });
  return [...isFilled].sort((a, b) => a - b);
}

/** The dialect of a workbook: the sheet asked for, else its fullest one, and where in it the table begins. */
export async function sniffWorkbook(fileName: string, bytes: Uint8Array, wanted?: string): Promise<Dialect> {
  const format = checkWorkbook(fileName, bytes);
  const { sheet } = await openSheet(fileName, bytes, wanted, SNIFF_ROWS);
  const { rows, columns, textOf } = sheet;
  const head = rows.slice(0, 200);
  const { nAbove, hasHeader, extraHeaderRows } = findHeader({
    rows: head.map(({ cells }) => columns.map((c) => textOf(cells[c]))),
    isTyped: (row, c) => {
      const cell = head[row]!.cells[columns[c]!];
      return cell !== undefined && cell.t !== 's' && textOf(cell) !== '';
    },
    hasGapAbove: (row) => row > 0 && head[row]!.at > head[row - 1]!.at + 1,
  });
  const preambleRows = rows[nAbove]!.at;
  const above = {
    ...(preambleRows > 0 && { preambleRows }),
    ...(extraHeaderRows > 0 && { extraHeaderRows }),
  };
  return { format, isGzip: false, encoding: 'utf-8', delimiter: ',', hasHeader, ...above, sheet: sheet.name };
}

/** Reads one sheet into blocks; a resumed import passes over the blocks already stored. */
export async function readWorkbook(
  fileName: string,
  bytes: Uint8Array,
  dialect: Dialect,
  resume: Resume | null,
  onBlock: OnBlock,
): Promise<FileReading> {
  checkWorkbook(fileName, bytes);
  const { sheet, others } = await openSheet(fileName, bytes, dialect.sheet, 0);
  const { columns, textOf } = sheet;
  if (columns.length > MAX_COLUMNS) throw new AppError('TooManyColumns', fileName, MAX_COLUMNS);
  const { hasHeader, preambleRows = 0, extraHeaderRows = 0 } = dialect;
  const table = sheet.rows.filter(({ at }) => at >= preambleRows);
  const nAbove = hasHeader ? 1 + extraHeaderRows : 0;
  const above = table.slice(0, nAbove).map(({ cells }) => columns.map((c) => textOf(cells[c])));
  const names = joinHeader(above[0] ?? columns.map(() => ''), above.slice(1));
  const rows = createTextRows(columns.length, resume, onBlock);
  const blankRows = createBlankRows();
  let next = preambleRows + nAbove;
  for (const { at, cells } of table.slice(nAbove)) {
    for (; next < at; next++) blankRows.add(next + 1);
    next++;
    const written = rows.take((c) => textOf(cells[columns[c]!]));
    if (written) await written;
  }
  await rows.finish();
  return {
    fileName,
    dialect: { ...dialect, sheet: sheet.name },
    bytes: bytes.length,
    rowsRead: rows.rowsRead,
    columnNames: uniqueNames(names),
    refusedCount: 0,
    refused: [],
    ...(blankRows.count > 0 && { blankRows: blankRows.runs }),
    otherSheets: others,
  };
}
