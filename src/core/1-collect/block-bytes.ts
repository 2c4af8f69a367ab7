import { crc32 } from '../kit/crc32';
import { releaseBytes } from '../kit/release-bytes';
import type { Codes, PackedBlock, PackedTable, RawBlock, RawColumn, RawTable } from './raw-table';
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

/** Codes of so many rows, as narrow as the number of texts allows. */
const codesFor = (nRows: number, nLevels: number): Codes =>
  nLevels <= 256
    ? new Uint8Array(nRows)
    : nLevels <= 65_536
      ? new Uint16Array(nRows)
      : new Uint32Array(nRows);

/** Its texts block by block: one list that grows would be copied again and again. */
type GrowingColumn = { texts: string[][]; nLevels: number; codes: Codes };

function addRun(column: GrowingColumn, run: UnpackedColumn, row: number): void {
  const { codes } = column;
  column.texts.push(decodeTexts(run.newTexts));
  column.nLevels += run.newTexts.ends.length;
  if (column.nLevels > 2 ** (8 * codes.BYTES_PER_ELEMENT)) {
    column.codes = codesFor(codes.length, column.nLevels);
    column.codes.set(codes);
    releaseBytes(codes);
  }
  column.codes.set(run.codes, row);
}

/**
 * A stored table with its texts as strings and its codes in one array a column, the narrowest that fits its number of
 * texts. `release` is told of each block once it is not needed any more, before the next is asked for.
 */
export async function unpackTable(
  { columnNames, blocks, ...table }: PackedTable<Iterable<Uint8Array> | AsyncIterable<Uint8Array>>,
  release: (block: Uint8Array) => void = () => {},
): Promise<RawTable> {
  const growing = columnNames.map((): GrowingColumn => {
    return { texts: [], nLevels: 0, codes: codesFor(table.nRows, 0) };
  });
  let row = 0;
  for await (const block of blocks) {
    const runs = unpackBlock(block);
    for (const [c, column] of growing.entries()) addRun(column, runs[c]!, row);
    row += runs[0]?.codes.length ?? 0;
    release(block);
  }
  const columns = growing.map(({ texts, codes }, c): RawColumn => {
    const none: string[] = [];
    return { name: columnNames[c]!, levels: none.concat(...texts.splice(0)), codes };
  });
  return { ...table, columns };
}

/** The texts of each column of some blocks, in order of their codes: what a cut-off reading goes on from. */
export function unpackLevels(blocks: Uint8Array[]): string[][] {
  const unpacked = blocks.map(unpackBlock);
  return (unpacked[0] ?? []).map((_, c) => unpacked.flatMap((block) => decodeTexts(block[c]!.newTexts)));
}
