import { AppError } from '../kit/errors';
import { BLOCK_ROWS, createBlockBuilder, growBlock, type Resume } from './blocks';
import { uniqueNames } from './column-names';
import type { Dialect, FileReading, RawBlock } from './raw-table';
import { isoText } from './read-date';
import { MAX_COLUMNS } from './scan-row';

const MAX_UNPACKED = 512 * 2 ** 20;
const MAX_RATIO = 200;
const RATIO_FROM = 50 * 2 ** 20;
/** Day 0 of the spreadsheet calendar from March 1900 on. */
const EPOCH = Date.UTC(1899, 11, 30);

type Cell = { t: string; v?: unknown; w?: string; z?: unknown };

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Names and unpacked size of the entries, from the archive's own directory; null when it has none. */
function zipDirectory(bytes: Uint8Array): { names: string[]; unpacked: number } | null {
  const data = view(bytes);
  let end = bytes.length - 22;
  while (end >= 0 && end > bytes.length - 66_000 && data.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0 || data.getUint32(end, true) !== 0x06054b50) return null;
  const names: string[] = [];
  let unpacked = 0;
  let at = data.getUint32(end + 16, true);
  for (let i = data.getUint16(end + 10, true); i > 0; i--) {
    if (at + 46 > bytes.length || data.getUint32(at, true) !== 0x02014b50) return null;
    const nameLength = data.getUint16(at + 28, true);
    names.push(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)));
    unpacked += data.getUint32(at + 24, true);
    at += 46 + nameLength + data.getUint16(at + 30, true) + data.getUint16(at + 32, true);
  }
  return { names, unpacked };
}

/** Throws unless the zip is an Excel workbook of a size that can be opened. */
export function checkWorkbook(fileName: string, bytes: Uint8Array): void {
  const directory = zipDirectory(bytes);
  if (!directory) throw new AppError('BrokenFile', fileName, 'zip archive or workbook');
  if (!directory.names.some((name) => name.startsWith('xl/')))
    throw new AppError('NotATable', fileName, 'a zip archive that is no Excel workbook');
  const { unpacked } = directory;
  if (unpacked > MAX_UNPACKED || (unpacked > RATIO_FROM && unpacked > bytes.length * MAX_RATIO))
    throw new AppError('WorkbookTooLarge', fileName, Math.round(unpacked / 2 ** 20));
}

const isDateFormat = (format: unknown): boolean => {
  const bare = typeof format === 'string' ? format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '') : '';
  return /[dy]/i.test(bare) || /h{1,2}:m/i.test(bare);
};

function cellText(cell: Cell | undefined): string {
  if (cell?.v === undefined || cell.v === null || cell.t === 'e' || cell.t === 'z') return '';
  if (cell.t === 'b') return cell.v ? 'TRUE' : 'FALSE';
  if (cell.t === 'n' && isDateFormat(cell.z)) {
    const days = Number(cell.v);
    return isoText(EPOCH + Math.round((days < 60 ? days + 1 : days) * 86_400) * 1000);
  }
  return String(cell.v);
}

type Sheet = { name: string; rows: (Cell | undefined)[][]; others: string[] };

/** The sheet asked for, else the first with cells; dates as ISO text, numbers as their shortest text. */
async function openSheet(
  fileName: string,
  bytes: Uint8Array,
  wanted: string | undefined,
  sheetRows: number,
): Promise<Sheet> {
  checkWorkbook(fileName, bytes);
  const { read } = await import('xlsx');
  let workbook;
  try {
    workbook = read(bytes, {
      dense: true,
      cellDates: false,
      cellNF: true,
      cellText: false,
      cellHTML: false,
      cellFormula: false,
      sheetRows,
    });
  } catch {
    throw new AppError('BrokenFile', fileName, 'workbook');
  }
  const filled = workbook.SheetNames.filter((name) => rowsOf(workbook.Sheets[name]).length > 0);
  const name = filled.find((n) => n === wanted) ?? filled[0];
  if (name === undefined) throw new AppError('NoSheet', fileName);
  return { name, rows: rowsOf(workbook.Sheets[name]), others: filled.filter((n) => n !== name) };
}

const rowsOf = (sheet: unknown): (Cell | undefined)[][] => {
  const rows = (sheet as { '!data'?: ((Cell | undefined)[] | undefined)[] } | undefined)?.['!data'] ?? [];
  return rows.map((row) => row ?? []).filter((row) => row.some((cell) => cellText(cell) !== ''));
};

/** The dialect of a workbook: its first sheet with cells, first row as header unless it holds numbers or dates. */
export async function sniffXlsx(fileName: string, bytes: Uint8Array): Promise<Dialect> {
  const { name, rows } = await openSheet(fileName, bytes, undefined, 1000);
  const hasHeader = rows[0]!.every((cell) => cellText(cell) === '' || cell!.t === 's');
  return { format: 'xlsx', isGzip: false, encoding: 'utf-8', delimiter: ',', hasHeader, sheet: name };
}

/** Reads one sheet into blocks; a resumed import passes over the blocks already stored. */
export async function readXlsx(
  fileName: string,
  bytes: Uint8Array,
  dialect: Dialect,
  resume: Resume | null,
  onBlock: (block: RawBlock, rowsRead: number) => Promise<void>,
): Promise<FileReading> {
  const { rows, name, others } = await openSheet(fileName, bytes, dialect.sheet, 0);
  const nColumns = rows.reduce((width, row) => Math.max(width, row.length), 0);
  if (nColumns > MAX_COLUMNS) throw new AppError('TooManyColumns', fileName, MAX_COLUMNS);
  const header = Array.from({ length: nColumns }, (_, c) => (dialect.hasHeader ? cellText(rows[0]![c]) : ''));
  const body = dialect.hasHeader ? rows.slice(1) : rows;
  const builder = createBlockBuilder(nColumns, resume);
  for (let i = resume?.nRows ?? 0; i < body.length; i++) {
    growBlock(builder, 1);
    const at = builder.nRows++;
    for (let c = 0; c < nColumns; c++)
      builder.codes[c]![at] = builder.dictionaries[c]!.internText(cellText(body[i]![c]));
    if (builder.nRows === BLOCK_ROWS || i === body.length - 1)
      await onBlock(builder.cut(i + 1, 0, []), i + 1);
  }
  return {
    fileName,
    dialect: { ...dialect, sheet: name },
    bytes: bytes.length,
    rowsRead: body.length,
    columnNames: uniqueNames(header),
    refusedCount: 0,
    refused: [],
    otherSheets: others,
  };
}
