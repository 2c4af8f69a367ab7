import { crc32 } from '../core/kit/crc32';
import type { Codes, RawBlock } from '../core/1-collect/raw-table';

type Header = { nRows: number; columns: { width: 1 | 2 | 4; levelBytes: number }[] };
type PackedBlock = { bytes: Uint8Array<ArrayBuffer>; crc: number };
export type UnpackedColumn = { codes: Codes; newLevels: string[] };

const align = (offset: number) => (offset + 3) & ~3;
const encoder = new TextEncoder();

/**
 * A block as one run of bytes: length of the header, header, then codes and new levels column by column, each
 * starting at a multiple of 4. Levels are JSON because that keeps every string, broken surrogate pairs too.
 */
export function packBlock(block: RawBlock): PackedBlock {
  const levels = block.columns.map(({ newLevels }) => encoder.encode(JSON.stringify(newLevels)));
  const header: Header = {
    nRows: block.nRows,
    columns: block.columns.map(({ codes }, i) => ({
      width: codes.BYTES_PER_ELEMENT as 1 | 2 | 4,
      levelBytes: levels[i]!.length,
    })),
  };
  const parts = [encoder.encode(JSON.stringify(header))];
  for (const [i, { codes }] of block.columns.entries()) {
    parts.push(new Uint8Array(codes.buffer as ArrayBuffer, codes.byteOffset, codes.byteLength), levels[i]!);
  }
  const bytes = new Uint8Array(parts.reduce((offset, part) => offset + align(part.length), 4));
  new Uint32Array(bytes.buffer, 0, 1)[0] = parts[0]!.length;
  let offset = 4;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += align(part.length);
  }
  return { bytes, crc: crc32(bytes) };
}

/** The columns of a packed block, or null when the bytes are not those that were packed. Codes are views, not copies. */
export function unpackBlock(packed: unknown, crc: number): UnpackedColumn[] | null {
  if (!(packed instanceof Uint8Array) || crc32(packed) !== crc) return null;
  const bytes = packed.byteOffset % 4 ? packed.slice() : packed;
  const decoder = new TextDecoder();
  const headerBytes = new Uint32Array(bytes.buffer, bytes.byteOffset, 1)[0]!;
  const header = JSON.parse(decoder.decode(bytes.subarray(4, 4 + headerBytes))) as Header;
  let offset = 4 + align(headerBytes);
  return header.columns.map(({ width, levelBytes }) => {
    const codes = viewCodes(bytes, offset, width, header.nRows);
    offset += align(codes.byteLength);
    const newLevels = JSON.parse(decoder.decode(bytes.subarray(offset, offset + levelBytes))) as string[];
    offset += align(levelBytes);
    return { codes, newLevels };
  });
}

function viewCodes(bytes: Uint8Array, offset: number, width: 1 | 2 | 4, nRows: number): Codes {
  const View = width === 1 ? Uint8Array : width === 2 ? Uint16Array : Uint32Array;
  return new View(bytes.buffer as ArrayBuffer, bytes.byteOffset + offset, nRows);
}

/** Joins the runs of one column; the codes take the narrowest array that fits the number of levels. */
export function joinColumn(name: string, runs: UnpackedColumn[]) {
  const levels: string[] = [];
  let nRows = 0;
  for (const run of runs) {
    for (const level of run.newLevels) levels.push(level);
    nRows += run.codes.length;
  }
  const codes: Codes =
    levels.length <= 256
      ? new Uint8Array(nRows)
      : levels.length <= 65536
        ? new Uint16Array(nRows)
        : new Uint32Array(nRows);
  let row = 0;
  for (const run of runs) {
    codes.set(run.codes, row);
    row += run.codes.length;
  }
  return { name, levels, codes };
}
