import type { Resume } from '../src/core/1-collect/blocks';
import type { Dialect, FileReading, RawBlock } from '../src/core/1-collect/raw-table';
import { createCsvReader } from '../src/core/1-collect/read-csv';
import { readColumnNames } from '../src/core/1-collect/read-header';
import { readXlsx, sniffXlsx } from '../src/core/1-collect/read-xlsx';
import { sniffContainer, sniffDialect } from '../src/core/1-collect/sniff';
import { createTranscoder, createUtf8Check, sniffUtf16 } from '../src/core/1-collect/text-encoding';
import { readHead, readRaw, readUtf8 } from './read-bytes';

/** How much of a file is looked at before its encoding is settled; what comes later is repaired cell by cell. */
const ENCODING_BYTES = 64 << 20;

type OnProgress = (progress: { rows: number; bytes: number; totalBytes: number }) => void;

/** How to cut the file, from its bytes and never from its name; throws when it holds no table. */
export async function sniffFile(file: File): Promise<Dialect> {
  const raw = await readHead(readRaw(file, false));
  const isGzip = sniffContainer(file.name, raw.head) === 'gzip';
  const { head, isWhole } = isGzip ? await readHead(readRaw(file, true)) : raw;
  if (sniffContainer(file.name, head) === 'zip')
    return { ...(await sniffXlsx(file.name, await readWhole(file, isGzip))), isGzip };
  const utf16 = sniffUtf16(head);
  const encoding = utf16 ?? ((await isUtf8(file, isGzip)) ? 'utf-8' : 'windows-1252');
  return sniffDialect(file.name, createTranscoder(encoding)(head, false), isWhole, isGzip, encoding);
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
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of readRaw(file, true)) pieces.push(new Uint8Array(piece));
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/** Reads a file from the start or from where an interrupted import stopped, handing out block after block. */
export async function readFile(
  file: File,
  dialect: Dialect,
  resume: Resume | null,
  onBlock: (block: RawBlock) => Promise<void>,
  onProgress: OnProgress,
): Promise<FileReading> {
  const { name, size } = file;
  if (dialect.format === 'xlsx') {
    const bytes = await readWhole(file, dialect.isGzip);
    return readXlsx(name, bytes, dialect, resume, async (block, rows) => {
      await onBlock(block);
      onProgress({ rows, bytes: size, totalBytes: size });
    });
  }
  const { isGzip, encoding } = dialect;
  const { head, isWhole } = await readHead(readUtf8(file, isGzip, encoding, 0));
  const { columnNames, startOffset } = readColumnNames(name, head, isWhole, dialect);
  const reader = createCsvReader(name, dialect, columnNames, startOffset, resume);
  let packed = 0;
  const take = async (bytes: Uint8Array, isLast: boolean) => {
    for (const block of reader.feed(bytes, isLast)) await onBlock(block);
    onProgress({
      rows: reader.rowsRead,
      bytes: isLast ? size : Math.min(isGzip ? packed : reader.offset, size),
      totalBytes: size,
    });
  };
  for await (const bytes of readUtf8(file, isGzip, encoding, reader.offset, (n) => (packed = n)))
    await take(bytes, false);
  await take(new Uint8Array(0), true);
  return reader.finish(dialect, size);
}
