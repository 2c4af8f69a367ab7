import { AppError } from '../kit/errors';
import { scanDate } from './read-date';
import { afterPreamble } from './read-header';
import { readBothWays } from './read-number';
import type { Delimiter, Dialect, Encoding } from './raw-table';
import { cellText, createRowScanner } from './scan-row';

const SNIFF_BYTES = 1 << 17;
const SNIFF_ROWS = 500;

/** What the first bytes of a file give away, whatever its name says. */
export type Container = 'gzip' | 'zip' | 'text';

const startsWith = (bytes: Uint8Array, ...signature: number[]) => signature.every((b, i) => bytes[i] === b);

/** Tells containers apart by their first bytes; throws for files that hold no table. */
export function sniffContainer(fileName: string, head: Uint8Array): Container {
  if (head.length === 0) throw new AppError('EmptyFile', fileName);
  if (startsWith(head, 0x1f, 0x8b)) return 'gzip';
  if (startsWith(head, 0x50, 0x4b, 3, 4)) return 'zip';
  const kind = binaryKind(head);
  if (kind) throw new AppError('NotATable', fileName, kind);
  return 'text';
}

function binaryKind(head: Uint8Array): string | null {
  if (startsWith(head, 0x25, 0x50, 0x44, 0x46)) return 'a PDF document';
  if (startsWith(head, 0x89, 0x50, 0x4e, 0x47) || startsWith(head, 0xff, 0xd8, 0xff)) return 'a picture';
  if (startsWith(head, 0x47, 0x49, 0x46, 0x38)) return 'a picture';
  if (startsWith(head, 0x50, 0x41, 0x52, 0x31)) return 'a Parquet file';
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) return 'an old Excel workbook (.xls)';
  if (startsWith(head, 0x50, 0x4b, 5, 6)) return 'an empty zip archive';
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
  if (head.includes(0)) throw new AppError('NotATable', fileName, 'a file of bytes that are not text');
  const start = afterPreamble(head);
  const stated =
    start > 3 ? /sep=(.)/i.exec(new TextDecoder().decode(head.subarray(0, start)))?.[1] : undefined;
  const body = head.subarray(start, start + SNIFF_BYTES);
  const isBodyWhole = isWhole && start + SNIFF_BYTES >= head.length;
  const delimiter = (stated as Delimiter | undefined) ?? sniffDelimiter(body, isBodyWhole);
  const rows = cutRows(body, delimiter, isBodyWhole);
  if (rows.length === 0) throw new AppError('EmptyFile', fileName);
  return { format: 'csv', isGzip, encoding, delimiter, hasHeader: looksLikeHeader(rows) };
}

function cutRows(bytes: Uint8Array, delimiter: Delimiter, isWhole: boolean): string[][] {
  const row = createRowScanner(delimiter);
  const rows: string[][] = [];
  for (let at = 0; at < bytes.length && rows.length < SNIFF_ROWS;) {
    const next = row.scan(bytes, at, bytes.length, isWhole || rows.length === 0);
    if (next < 0) break;
    at = next;
    if (row.nCells > 0) rows.push(Array.from({ length: row.nCells }, (_, i) => cellText(row, bytes, i)));
  }
  return rows;
}

// Where two separators cut equally well the earlier wins: decimal commas cut a file of semicolons evenly too.
const delimiters: Delimiter[] = ['\t', '|', ';', ',', 'blank'];

function sniffDelimiter(bytes: Uint8Array, isWhole: boolean): Delimiter {
  let best: Delimiter = ',';
  let bestScore = 0.3;
  for (const delimiter of delimiters) {
    const score = evenness(cutRows(bytes, delimiter, isWhole)) * (delimiter === 'blank' ? 0.8 : 1);
    if (score > bestScore + 0.02) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

/** Share of rows with the most common number of cells; 0 when that is one cell; less when the first row differs. */
function evenness(rows: string[][]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  const [width, n] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0]);
  if (width < 2) return 0;
  return (n / rows.length) * (rows[0]!.length === width ? 1 : 0.6);
}

const isTyped = (text: string): boolean =>
  scanDate(text) !== null || !Number.isNaN(readBothWays(text).dot) || !Number.isNaN(readBothWays(text).comma);

/** A header has no number or date where the column below it has. */
function looksLikeHeader(rows: string[][]): boolean {
  const first = rows[0]!;
  const below = rows.slice(1, 101);
  if (below.length === 0) return !first.some(isTyped);
  const nContradictions = first.filter((text, c) => {
    if (!isTyped(text)) return false;
    const values = below.map((row) => row[c] ?? '').filter((value) => value.trim() !== '');
    return values.filter(isTyped).length > values.length * 0.8;
  }).length;
  return nContradictions === 0;
}
