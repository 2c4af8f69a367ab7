import { AppError } from '../kit/errors';
import { commonWidth, findHeader } from './find-header';
import type { Delimiter, Dialect, Encoding } from './raw-table';
import { scanDate } from './read-date';
import { afterPreamble, isLineEnd, nextLine } from './read-header';
import { readBothWays } from './read-number';
import { cellText, createRowScanner } from './scan-row';

const SNIFF_BYTES = 1 << 17;
const SNIFF_ROWS = 500;
const MAX_COMMENTS = 100;
const HASH = 35;

/** What the first bytes of a file give away, whatever its name says. */
export type Container = 'gzip' | 'workbook' | 'parquet' | 'text';

const startsWith = (bytes: Uint8Array, ...signature: number[]) => signature.every((b, i) => bytes[i] === b);

/** Tells containers apart by their first bytes; throws for files that hold no table. */
export function sniffContainer(fileName: string, head: Uint8Array): Container {
  if (head.length === 0) throw new AppError('EmptyFile', fileName);
  if (startsWith(head, 0x1f, 0x8b)) return 'gzip';
  if (isZip(head) || startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) return 'workbook';
  if (startsWith(head, 0x50, 0x41, 0x52, 0x31)) return 'parquet';
  const kind = binaryKind(head);
  if (kind) throw new AppError('NotATable', fileName, kind);
  return 'text';
}

/** Whether the bytes begin as a zip archive or an empty one does; most workbooks are zip archives. */
export const isZip = (head: Uint8Array): boolean =>
  startsWith(head, 0x50, 0x4b, 3, 4) || startsWith(head, 0x50, 0x4b, 5, 6);

function binaryKind(head: Uint8Array): string | null {
  const text = new TextDecoder().decode(head.subarray(0, 512));
  if (text.startsWith('%PDF')) return 'a PDF document';
  if (startsWith(head, 0x89, 0x50, 0x4e, 0x47) || startsWith(head, 0xff, 0xd8, 0xff)) return 'a picture';
  if (text.startsWith('GIF8')) return 'a picture';
  if (text.startsWith('PARE')) return 'an encrypted Parquet file';
  if (text.startsWith('ARROW1')) return 'an Arrow file';
  if (text.startsWith('SQLite format 3')) return 'a database file';
  if (text.startsWith('Obj\u0001')) return 'an Avro file';
  if (
    startsWith(head, 0x28, 0xb5, 0x2f, 0xfd) ||
    startsWith(head, 0xfd, 0x37, 0x7a, 0x58) ||
    text.startsWith('BZh') ||
    text.startsWith('7z\xbc')
  )
    return 'an archive of a kind that is not read here';
  if (text.slice(257, 262) === 'ustar') return 'a tar archive';
  if (/^\s*<(!doctype html|html|table|head|body|meta)\b/i.test(text)) return 'a web page';
  if (/^\s*<\?xml|^\s*<[a-z]+[\s>]/i.test(text)) return 'an XML file';
  return null;
}

/** How to cut a text file, from its first bytes (UTF-8) as `encoding` gave them; changeable afterwards. */
export function sniffDialect(
  fileName: string,
  head: Uint8Array,
  isWhole: boolean,
  isGzip: boolean,
  encoding: Encoding,
): Dialect {
  if (isBinary(head)) throw new AppError('NotATable', fileName, 'a file of bytes that are not text');
  const start = afterPreamble(head);
  const stated =
    start > 3 ? /sep=(.)/i.exec(new TextDecoder().decode(head.subarray(0, start)))?.[1] : undefined;
  const comments = skipComments(head, start);
  const body = head.subarray(comments.end, comments.end + SNIFF_BYTES);
  const isBodyWhole = isWhole && comments.end + SNIFF_BYTES >= head.length;
  const delimiter = (stated as Delimiter | undefined) ?? sniffDelimiter(body, isBodyWhole);
  const { rows, lines } = cutRows(body, delimiter, isBodyWhole);
  if (rows.length === 0) throw new AppError('EmptyFile', fileName);
  const { nAbove, hasHeader, extraHeaderRows } = findHeader({
    rows,
    isTyped: (row, column) => isTyped(rows[row]![column] ?? ''),
    hasGapAbove: (row) => row > 0 && lines[row]! > lines[row - 1]! + 1,
  });
  const preambleRows = comments.nLines + lines[nAbove]!;
  return {
    format: 'csv',
    isGzip,
    encoding,
    delimiter,
    hasHeader,
    ...(preambleRows > 0 && { preambleRows }),
    ...(extraHeaderRows > 0 && { extraHeaderRows }),
  };
}

/** Text holds hardly any control characters; a stray one in a cell is no reason to refuse a file. */
function isBinary(head: Uint8Array): boolean {
  const n = Math.min(head.length, 1 << 16);
  let nControls = 0;
  for (let i = 0; i < n; i++) if (head[i]! < 32 && (head[i]! < 9 || head[i]! > 13)) nControls++;
  return nControls > 1 + n * 0.02;
}

/** Two or more lines on top that begin with "#", and the blank ones around them. */
function skipComments(head: Uint8Array, start: number): { end: number; nLines: number } {
  let nComments = 0;
  let nLines = 0;
  let end = start;
  while (end < head.length && nLines < MAX_COMMENTS) {
    const next = nextLine(head, end);
    if (head[end] === HASH) nComments++;
    else if (!isLineEnd(head[end]!)) break;
    end = next;
    nLines++;
  }
  return nComments >= 2 && end < head.length ? { end, nLines } : { end: start, nLines: 0 };
}

/** The rows that are not blank, and which line (or quoted run of lines) of the bytes each of them is. */
function cutRows(bytes: Uint8Array, delimiter: Delimiter, isWhole: boolean) {
  const row = createRowScanner(delimiter);
  const rows: string[][] = [];
  const lines: number[] = [];
  for (let at = 0, line = 0; at < bytes.length && rows.length < SNIFF_ROWS; line++) {
    const next = row.scan(bytes, at, bytes.length, isWhole || rows.length === 0);
    if (next < 0) break;
    at = next;
    if (row.nCells === 0) continue;
    rows.push(Array.from({ length: row.nCells }, (_, i) => cellText(row, bytes, i)));
    lines.push(line);
  }
  return { rows, lines };
}

// Where two separators cut equally well the earlier wins: decimal commas cut a file of semicolons evenly too.
const delimiters: Delimiter[] = ['\t', '|', ';', ',', 'blank'];

function sniffDelimiter(bytes: Uint8Array, isWhole: boolean): Delimiter {
  let best: Delimiter = ',';
  let bestScore = 0.3;
  for (const delimiter of delimiters) {
    const score = evenness(cutRows(bytes, delimiter, isWhole).rows) * (delimiter === 'blank' ? 0.8 : 1);
    if (score > bestScore + 0.02) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

/** Share of rows with the most common number of cells, titles on top left out; less when the first row differs. */
function evenness(rows: string[][]): number {
  const { width, nRows } = commonWidth(rows);
  if (width < 2) return 0;
  const nAbove = Math.max(
    0,
    rows.slice(0, 20).findIndex((row) => row.length >= width),
  );
  return (nRows / (rows.length - nAbove)) * (rows[0]!.length === width ? 1 : 0.6);
}

const isTyped = (text: string): boolean =>
  scanDate(text) !== null || !Number.isNaN(readBothWays(text).dot) || !Number.isNaN(readBothWays(text).comma);
