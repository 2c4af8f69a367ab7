import type { Resume } from '../src/core/1-collect/blocks';
import { createPlainCells } from '../src/core/1-collect/cells';
import type { Dialect, FileReading, RawBlock } from '../src/core/1-collect/raw-table';
import { createCsvReader } from '../src/core/1-collect/read-csv';
import { readColumnNames } from '../src/core/1-collect/read-header';
import { createJsonReader } from '../src/core/1-collect/read-json';
import { createJsonColumns } from '../src/core/1-collect/read-json-columns';
import { checkParquet, readParquet } from '../src/core/1-collect/read-parquet';
import { readWorkbook, sniffWorkbook } from '../src/core/1-collect/read-workbook';
import { sniffContainer, sniffDialect } from '../src/core/1-collect/sniff';
import { looksLikeJson, sniffJson } from '../src/core/1-collect/sniff-json';
import { createTranscoder, createUtf8Check, sniffUtf16 } from '../src/core/1-collect/text-encoding';
import { createWasmCells } from '../src/core/1-collect/wasm-cells';
import { AppError } from '../src/core/kit/errors';
import { readHead, type ReadPiece, readRaw, readUtf8 } from './read-bytes';

/** How much of a file is looked at before its encoding is settled; what comes later is repaired cell by cell. */
const ENCODING_BYTES = 8 << 20;

/** Below this a reader in WebAssembly takes longer to start than it saves. */
const LARGE_FILE = 1 << 20;

type OnProgress = (progress: { rows: number; bytes: number; totalBytes: number }) => void;

/**
 * How to cut the file, from its bytes and never from its name; throws when it holds no table. `wanted` is the sheet, or
 * the list of a JSON file, to read instead of the likeliest.
 */
export async function sniffFile(file: File, wanted?: string): Promise<Dialect> {
  const raw = await readHead(readRaw(file, false), file);
  const isGzip = sniffContainer(file.name, raw.head) === 'gzip';
  const { head, isWhole } = isGzip ? await readHead(readRaw(file, true)) : raw;
  const container = sniffContainer(file.name, head);
  if (container === 'gzip') throw new AppError('NotATable', file.name, 'a gzip file within a gzip file');
  if (container === 'workbook')
    return { ...(await sniffWorkbook(file.name, await readWhole(file, isGzip), wanted)), isGzip };
  if (container === 'parquet') {
    await checkParquet(file.name, await openBytes(file, isGzip));
    return { format: 'parquet', isGzip, encoding: 'utf-8', delimiter: ',', hasHeader: true };
  }
  const utf16 = sniffUtf16(head);
  const encoding = utf16 ?? ((await isUtf8(file, isGzip)) ? 'utf-8' : 'windows-1252');
  const text = createTranscoder(encoding)(head, false);
  if (!looksLikeJson(text)) return sniffDialect(file.name, text, isWhole, isGzip, encoding);
  const { layout } = sniffJson(file.name, text, wanted);
  const sheet = layout.kind === 'rows' && layout.path?.length ? { sheet: layout.path.join('.') } : {};
  const format = layout.kind === 'lines' ? 'ndjson' : 'json';
  return { format, isGzip, encoding, delimiter: ',', hasHeader: true, ...sheet };
}

async function isUtf8(file: File, isGzip: boolean): Promise<boolean> {
  const check = createUtf8Check();
  let seen = 0;
  for await (const piece of readRaw(file, isGzip)) {
    seen += piece.length;
    if (!check(piece, false)) return false;
    if (seen >= ENCODING_BYTES) return true;
  }
  return check(new Uint8Array(0), true);
}

async function readWhole(file: File, isGzip: boolean): Promise<Uint8Array> {
  if (!isGzip) return new Uint8Array(await file.arrayBuffer());
  return new Uint8Array(await (await unpackGzip(file)).arrayBuffer());
}

async function unpackGzip(file: File): Promise<Blob> {
  const pieces: Blob[] = [];
  for await (const piece of readRaw(file, true)) pieces.push(new Blob([new Uint8Array(piece)]));
  return new Blob(pieces);
}

/** Bytes of a file by position, as a Parquet reader asks for them. */
async function openBytes(file: File, isGzip: boolean) {
  const blob = isGzip ? await unpackGzip(file) : file;
  return {
    byteLength: blob.size,
    slice: (from: number, to = blob.size) => {
      if (!(from >= 0 && from <= to && to <= blob.size)) throw new RangeError('bytes beyond the file');
      return blob.slice(from, to).arrayBuffer();
    },
  };
}

/** Reads a file from the start or from where an interrupted import stopped, handing out block after block. */
export async function readFile(
  file: File,
  dialect: Dialect,
  resume: Resume | null,
  onBlock: (block: RawBlock) => Promise<void>,
  onProgress: OnProgress,
  readPiece?: ReadPiece,
): Promise<FileReading> {
  const { name, size } = file;
  const { format, isGzip } = dialect;
  const tell = async (block: RawBlock, rows: number) => {
    await onBlock(block);
    onProgress({ rows, bytes: size, totalBytes: size });
  };
  if (format === 'csv') return readText(file, dialect, resume, onBlock, onProgress, readPiece);
  if (format === 'json' || format === 'ndjson') return readJson(file, dialect, resume, onBlock, onProgress);
  if (format === 'parquet') return readParquet(name, await openBytes(file, isGzip), dialect, resume, tell);
  return readWorkbook(name, await readWhole(file, isGzip), dialect, resume, tell);
}

/** The first rows of a file whose columns only its reader can tell; the names of all its columns. */
export function readSample(
  file: File,
  dialect: Dialect,
  onBlock: (block: RawBlock) => Promise<void>,
): Promise<FileReading> {
  const { format, isGzip } = dialect;
  if (format === 'json' || format === 'ndjson') return readJson(file, dialect, null, onBlock, () => {}, true);
  if (format !== 'parquet') return readFile(file, dialect, null, onBlock, () => {});
  return openBytes(file, isGzip).then((bytes) => readParquet(file.name, bytes, dialect, null, onBlock, true));
}

async function readText(
  file: File,
  dialect: Dialect,
  resume: Resume | null,
  onBlock: (block: RawBlock) => Promise<void>,
  onProgress: OnProgress,
  readPiece?: ReadPiece,
): Promise<FileReading> {
  const { name, size } = file;
  const { isGzip, encoding } = dialect;
  const { head, isWhole } = await readHead(readUtf8(file, isGzip, encoding, 0), isGzip ? undefined : file);
  const { columnNames, startOffset } = readColumnNames(name, head, isWhole, dialect);
  const makeCells = size < LARGE_FILE ? createPlainCells : createWasmCells;
  const reader = createCsvReader(name, dialect, columnNames, startOffset, resume, makeCells);
  let packed = 0;
  const take = async (bytes: Uint8Array, isLast: boolean) => {
    for (const block of reader.feed(bytes, isLast)) await onBlock(block);
    onProgress({
      rows: reader.rowsRead,
      bytes: isLast ? size : Math.min(isGzip ? packed : reader.offset, size),
      totalBytes: size,
    });
  };
  const onPacked = (n: number) => (packed = n);
  for await (const bytes of readUtf8(file, isGzip, encoding, reader.offset, onPacked, true, readPiece))
    await take(bytes, false);
  await take(new Uint8Array(0), true);
  return reader.finish(dialect, size);
}

/**
 * Twice through the file: what names its rows have, then their cells, for a sample only those of the first piece; nothing
 * but a piece is held.
 */
async function readJson(
  file: File,
  dialect: Dialect,
  resume: Resume | null,
  onBlock: (block: RawBlock) => Promise<void>,
  onProgress: OnProgress,
  isSample = false,
): Promise<FileReading> {
  const { name, size } = file;
  const { isGzip, encoding } = dialect;
  const pieces = () => readUtf8(file, isGzip, encoding, 0);
  const { head } = await readHead(pieces());
  const { layout, others } = sniffJson(name, head, dialect.sheet);
  const end = new Uint8Array(0);
  const reading = { fileName: name, dialect, bytes: size, otherSheets: others };
  if (layout.kind === 'columns') {
    const columns = createJsonColumns(name);
    for await (const piece of pieces()) columns.feed(piece, false);
    columns.feed(end, true);
    const rows = await columns.finish(resume, onBlock);
    return { ...reading, columnNames: columns.columnNames(), rowsRead: rows.rowsRead, refusedCount: 0, refused: [] }; // prettier-ignore
  }
  const reader = createJsonReader(name, layout, resume, onBlock);
  let seen = 0;
  const tell = (n: number) =>
    onProgress({ rows: reader.rowsRead, bytes: Math.min((seen += n) / 2, size), totalBytes: size });
  for await (const piece of pieces()) tell((reader.survey(piece, false), piece.length));
  reader.survey(end, true);
  let nLeft = seen;
  for await (const piece of pieces()) {
    nLeft -= piece.length;
    tell((await reader.feed(piece, false), piece.length));
    if (isSample && nLeft > 0) break;
  }
  if (nLeft === 0) await reader.feed(end, true);
  const { rowsRead, refused, refusedCount } = await reader.finish();
  return { ...reading, columnNames: reader.columnNames(), rowsRead, refused, refusedCount };
}
