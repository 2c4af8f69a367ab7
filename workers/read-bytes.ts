import { createTranscoder } from '../src/core/1-collect/text-encoding';
import { AppError } from '../src/core/kit/errors';
import type { Encoding } from '../src/core/1-collect/raw-table';

const PIECE = 4 << 20;
const LF = 10;
const BLANK = 32;
/** Control-Z, which old programs write behind the last row. */
const END_OF_FILE = 26;
const MAX_UNPACKED = 8 * 2 ** 30;
const MAX_RATIO = 200;
const RATIO_FROM = 256 << 20;

/** The file's bytes in pieces, unpacked when it is gzip; nothing is held beyond a piece. */
export async function* readRaw(
  file: File,
  isGzip: boolean,
  from = 0,
  onPacked: (bytes: number) => void = () => {},
  readPiece: ReadPiece = (at, to) => file.slice(at, to).arrayBuffer(),
): AsyncGenerator<Uint8Array> {
  if (isGzip) yield* unzip(file, onPacked);
  else yield* slices(file, from, readPiece);
}

/** Bytes [from, to) of a file, fewer where it ends: a worker that is busy has another read them. */
export type ReadPiece = (from: number, to: number) => Promise<ArrayBuffer>;

/** Whoever wants more than the first slice has the next on its way while one is being worked on. */
async function* slices(file: File, from: number, readPiece: ReadPiece): AsyncGenerator<Uint8Array> {
  const read = (at: number) => readPiece(at, at + PIECE);
  let coming: Promise<ArrayBuffer> | null = null;
  for (let at = from; at < file.size; at += PIECE) {
    const bytes = await (coming ?? read(at));
    const next = at + PIECE;
    coming = at > from && next < file.size ? read(next) : null;
    coming?.catch(() => {}); // told when it is its turn
    yield new Uint8Array(bytes);
  }
}

async function* unzip(file: File, onPacked: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let packed = 0;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      onPacked((packed += piece.length));
      controller.enqueue(piece);
    },
  });
  const reader = file.stream().pipeThrough(counter).pipeThrough(new DecompressionStream('gzip')).getReader();
  let pieces: Uint8Array[] = [];
  let size = 0;
  let unpacked = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new AppError('BrokenFile', file.name, 'gzip file');
    });
    if (value) size += pieces.push(value) && value.length;
    checkRatio(file.name, (unpacked += value?.length ?? 0), packed);
    if (size >= PIECE || (done && size > 0)) {
      yield join(pieces, size);
      pieces = [];
      size = 0;
    }
    if (done) return;
  }
}

function checkRatio(fileName: string, unpacked: number, packed: number): void {
  if (unpacked > MAX_UNPACKED || (unpacked > RATIO_FROM && unpacked > packed * MAX_RATIO))
    throw new AppError('UnpacksTooLarge', fileName, MAX_UNPACKED / 2 ** 20, MAX_RATIO);
}

function join(pieces: Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Stray NULs become blanks, so that every byte keeps its place. */
const withoutNul = (bytes: Uint8Array): Uint8Array =>
  bytes.includes(0) ? bytes.map((byte) => (byte === 0 ? BLANK : byte)) : bytes;

/** The file as UTF-8 from byte `from` of the UTF-8 stream on; `keepsNul` for a reader that counts stray NULs itself. */
export async function* readUtf8(
  file: File,
  isGzip: boolean,
  encoding: Encoding,
  from: number,
  onPacked?: (bytes: number) => void,
  keepsNul = false,
  readPiece?: ReadPiece,
): AsyncGenerator<Uint8Array> {
  const canSkip = !isGzip && encoding === 'utf-8';
  const transcode = createTranscoder(encoding);
  let skip = canSkip ? 0 : from;
  let seen = canSkip ? from : 0;
  for await (const raw of readRaw(file, isGzip, canSkip ? from : 0, onPacked, readPiece)) {
    seen += raw.length;
    if (!isGzip && seen === file.size && raw.at(-1) === END_OF_FILE) raw[raw.length - 1] = LF;
    const written = transcode(raw, false);
    const bytes = keepsNul ? written : withoutNul(written);
    if (skip < bytes.length) yield skip > 0 ? bytes.subarray(skip) : bytes;
    skip = Math.max(0, skip - bytes.length);
  }
  const rest = transcode(new Uint8Array(0), true);
  if (rest.length > skip) yield rest.subarray(skip);
}

/** The first piece of a stream of bytes, and whether there is no more; a `file` that is longer is known to have more. */
export async function readHead(
  stream: AsyncGenerator<Uint8Array>,
  file?: File,
): Promise<{ head: Uint8Array; isWhole: boolean }> {
  const first = await stream.next();
  const isWhole =
    first.done === true || (!(file && file.size > PIECE) && (await stream.next()).done === true);
  await stream.return(undefined);
  return { head: first.value ?? new Uint8Array(0), isWhole };
}
