import { crc32 } from '../kit/crc32';
import type { Codes, PackedBlock, RawBlock, RawColumn, RawTable, StoredTable } from './raw-table';
import { decodeTexts, encodeTexts, type Texts } from './texts';

type PackedColumn = { width: 1 | 2 | 4; nTexts: number; textBytes: number };
/** Until version 0.1 the texts were JSON. */
type EarlierColumn = { width: 1 | 2 | 4; levelBytes: number };
type Header = { nRows: number; columns: (PackedColumn | EarlierColumn)[] };
type UnpackedColumn = { codes: Codes; newTexts: Texts };

const align = (offset: number) => (offset + 3) & ~3;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

const bytesOf = ({ buffer, byteOffset, byteLength }: Codes) =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);

/**
 * A block as one run of bytes: length of the header, header, then codes, ends and bytes of the new texts column by
 * column, each starting at a multiple of 4.
 */
export function packBlock({ columns, ...block }: RawBlock): PackedBlock {
  const header: Header = {
    nRows: block.nRows,
    columns: columns.map(({ codes, newTexts }) => ({
      width: codes.BYTES_PER_ELEMENT as 1 | 2 | 4,
      nTexts: newTexts.ends.length,
      textBytes: newTexts.bytes.length,
    })),
  };
  const parts = [encoder.encode(JSON.stringify(header))];
  for (const { codes, newTexts } of columns)
    parts.push(bytesOf(codes), bytesOf(newTexts.ends), newTexts.bytes as Uint8Array<ArrayBuffer>);
  const bytes = new Uint8Array(parts.reduce((offset, part) => offset + align(part.length), 4));
  new Uint32Array(bytes.buffer, 0, 1)[0] = parts[0]!.length;
  let offset = 4;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += align(part.length);
  }
  return { ...block, bytes, crc: crc32(bytes) };
}

/** The columns of a packed block, as views and not copies. */
export function unpackBlock(packed: Uint8Array): UnpackedColumn[] {
  const bytes = packed.byteOffset % 4 ? packed.slice() : packed;
  const headerBytes = new Uint32Array(bytes.buffer, bytes.byteOffset, 1)[0]!;
  const header = JSON.parse(decoder.decode(bytes.subarray(4, 4 + headerBytes))) as Header;
  let offset = 4 + align(headerBytes);
  const take = (n: number, width: 1 | 2 | 4): Codes => {
    const View = width === 1 ? Uint8Array : width === 2 ? Uint16Array : Uint32Array;
    const view = new View(bytes.buffer as ArrayBuffer, bytes.byteOffset + offset, n);
    offset += align(view.byteLength);
    return view;
  };
  return header.columns.map((column) => {
    const codes = take(header.nRows, column.width);
    if ('levelBytes' in column) {
      const texts = JSON.parse(decoder.decode(take(column.levelBytes, 1) as Uint8Array)) as string[];
      return { codes, newTexts: encodeTexts(texts) };
    }
    const ends = take(column.nTexts, 4) as Uint32Array;
    return { codes, newTexts: { bytes: take(column.textBytes, 1) as Uint8Array, ends } };
  });
}

const codesFor = (nRows: number, nLevels: number): Codes =>
  nLevels <= 256
    ? new Uint8Array(nRows)
    : nLevels <= 65_536
      ? new Uint16Array(nRows)
      : new Uint32Array(nRows);

const addTexts = (levels: string[], at: number, { newTexts }: UnpackedColumn): number => {
  for (const text of decodeTexts(newTexts)) levels[at++] = text;
  return at;
};

/**
 * A stored table with its texts as strings and its codes in one array a column, the narrowest that fits its number of
 * texts. `release` is told of each block once it is not needed any more, while the next is being read.
 */
export function unpackTable(
  { columnNames, blocks, ...table }: StoredTable,
  release: (block: Uint8Array) => void = () => {},
): RawTable {
  const unpacked = blocks.map(unpackBlock);
  const columns = columnNames.map((name, c): RawColumn => {
    const nLevels = unpacked.reduce((n, block) => n + block[c]!.newTexts.ends.length, 0);
    return { name, levels: new Array<string>(nLevels), codes: codesFor(table.nRows, nLevels) };
  });
  const ends = columns.map(() => 0);
  let row = 0;
  for (const [b, block] of blocks.entries()) {
    const runs = unpacked[b]!;
    for (const [c, { levels, codes }] of columns.entries()) {
      ends[c] = addTexts(levels, ends[c]!, runs[c]!);
      codes.set(runs[c]!.codes, row);
    }
    row += runs[0]?.codes.length ?? 0;
    release(block);
  }
  return { ...table, columns };
}

/** The texts of each column of some blocks, in order of their codes: what a cut-off reading goes on from. */
export function unpackLevels(blocks: Uint8Array[]): string[][] {
  const unpacked = blocks.map(unpackBlock);
  return (unpacked[0] ?? []).map((_, c) => unpacked.flatMap((block) => decodeTexts(block[c]!.newTexts)));
}
