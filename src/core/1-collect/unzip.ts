import { Unzip, UnzipInflate } from 'fflate';
import { crc32 } from '../kit/crc32';
import { AppError } from '../kit/errors';

/** What an archive may unpack to: bytes in all, and bytes for each byte of the archive once it is past `ratioFrom`. */
export type UnzipLimits = { unpacked: number; ratio: number; ratioFrom: number };

export const MAX_ENTRIES = 10_000;
const MB = 2 ** 20;
const PIECE = 1 << 16;
export const archiveLimits: UnzipLimits = { unpacked: 2048 * MB, ratio: 200, ratioFrom: 10 * MB };

/** `crc` is the CRC-32 its bytes must have. */
export type ZipEntry = { name: string; isEncrypted: boolean; crc: number };

const broken = (fileName: string) => new AppError('BrokenFile', fileName, 'zip archive or workbook');

/** The entries by the archive's own directory, from its last bytes; sizes are not told, because they can lie. */
export function readDirectory(fileName: string, tail: Uint8Array, fileBytes: number): ZipEntry[] {
  const data = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  let end = tail.length - 22;
  while (end >= 0 && end > tail.length - 66_000 && data.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0 || data.getUint32(end, true) !== 0x06054b50) throw broken(fileName);
  const nEntries = data.getUint16(end + 10, true);
  if (nEntries > MAX_ENTRIES) throw new AppError('TooManyEntries', fileName, MAX_ENTRIES);
  let at = data.getUint32(end + 16, true) - (fileBytes - tail.length);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < nEntries; i++) {
    if (at < 0 || at + 46 > tail.length || data.getUint32(at, true) !== 0x02014b50) throw broken(fileName);
    const nameLength = data.getUint16(at + 28, true);
    const name = new TextDecoder().decode(tail.subarray(at + 46, at + 46 + nameLength));
    entries.push({
      name,
      isEncrypted: (data.getUint16(at + 8, true) & 1) === 1,
      crc: data.getUint32(at + 16, true),
    });
    at += 46 + nameLength + data.getUint16(at + 30, true) + data.getUint16(at + 32, true);
  }
  return entries;
}

/** Entries that are files, not folders. */
export const filesOf = (entries: ZipEntry[]): ZipEntry[] => entries.filter(({ name }) => !name.endsWith('/'));

/** Unpacks the `wanted` entries of an archive as its bytes come in, counting and checking what really comes out. */
export type Unzipper = { push(piece: Uint8Array, isLast: boolean): void };

export function createUnzipper(
  fileName: string,
  limits: UnzipLimits,
  wanted: ZipEntry[],
  onPiece: (name: string, piece: Uint8Array, isLast: boolean) => void,
): Unzipper {
  let packed = 0;
  let unpacked = 0;
  let nEntries = 0;
  const left = new Map(wanted.map(({ name, crc }) => [name, crc]));
  const check = () => {
    const isBomb = unpacked > limits.ratioFrom && unpacked > packed * limits.ratio;
    if (unpacked > limits.unpacked || isBomb)
      throw new AppError('UnpacksTooLarge', fileName, Math.round(limits.unpacked / MB), limits.ratio);
  };
  const unzip = new Unzip((entry) => {
    if (++nEntries > MAX_ENTRIES) throw new AppError('TooManyEntries', fileName, MAX_ENTRIES);
    if (!left.has(entry.name)) return;
    let crc = 0;
    entry.ondata = (error, piece, isLast) => {
      if (error) throw error instanceof AppError ? error : broken(fileName);
      unpacked += piece.length;
      check();
      crc = crc32(piece, crc);
      if (isLast && crc !== left.get(entry.name)) throw broken(fileName);
      if (isLast) left.delete(entry.name);
      onPiece(entry.name, piece, isLast);
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  return {
    push(bytes, isLast) {
      try {
        // In small pieces, so that what one of them unpacks to is counted before the next.
        for (let at = 0; at < bytes.length || (isLast && at === 0); at += PIECE) {
          const piece = bytes.subarray(at, at + PIECE);
          packed += piece.length;
          unzip.push(piece, isLast && at + PIECE >= bytes.length);
        }
      } catch (error) {
        throw error instanceof AppError ? error : broken(fileName);
      }
      if (isLast && left.size > 0) throw broken(fileName);
    },
  };
}

/** What a zip holds, told by the names in it. */
export function kindOfZip(
  names: string[],
): 'xlsx' | 'xlsb' | 'ods' | 'a Word document' | 'slides' | 'archive' {
  const has = (start: string) => names.some((name) => name.startsWith(start));
  if (has('xl/workbook.bin')) return 'xlsb';
  if (has('xl/')) return 'xlsx';
  if (names.includes('content.xml') && names.includes('mimetype')) return 'ods';
  if (has('word/')) return 'a Word document';
  return has('ppt/') ? 'slides' : 'archive';
}

const ignored = /(^|\/)(__MACOSX\/|\.)|\/$|(^|\/)(thumbs\.db|desktop\.ini)$/i;

/** The members of an archive that may be tables; throws for archives that cannot be opened here. */
export function tableMembers(fileName: string, entries: ZipEntry[]): ZipEntry[] {
  const members = entries.filter(({ name }) => !ignored.test(name));
  const first = members.find(({ isEncrypted }) => isEncrypted);
  if (first) throw new AppError('Encrypted', fileName);
  const nested = members.find(({ name }) => /\.(zip|7z|rar|tar|tgz)$/i.test(name));
  if (nested) throw new AppError('NestedArchive', fileName, nested.name);
  if (members.length === 0) throw new AppError('NotATable', fileName, 'an empty zip archive');
  return members;
}
