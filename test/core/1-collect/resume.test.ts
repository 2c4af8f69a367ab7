import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLOCK_ROWS, type Resume } from '../../../src/core/1-collect/blocks';
import type { Dialect, RawBlock } from '../../../src/core/1-collect/raw-table';
import { decodeTexts } from '../../../src/core/1-collect/texts';
import { createPlainCells } from '../../../src/core/1-collect/cells';
import { createCsvReader } from '../../../src/core/1-collect/read-csv';
import { readColumnNames } from '../../../src/core/1-collect/read-header';
import { createWasmCells } from '../../../src/core/1-collect/wasm-cells';

const dialect: Dialect = {
  format: 'csv',
  isGzip: false,
  encoding: 'utf-8',
  delimiter: ',',
  hasHeader: true,
};

/** Seventeen blocks of rows; every 199th row is short, so that more are refused than are kept with their text. */
const nRows = BLOCK_ROWS * 16 + 5000;
const rowText = (i: number) =>
  i % 199 === 7
    ? `short ${i}\n`
    : i % 1009 === 3
      ? `k${i}\0,\n\n\n`
      : `k${i % 70_000},"a ""quoted"" text ${i % 5}"\n`;
const bytes = new TextEncoder().encode(
  `id,x\n${Array.from({ length: nRows }, (_, i) => rowText(i)).join('')}`,
);
const { columnNames, startOffset } = readColumnNames('a.csv', bytes.subarray(0, 1 << 16), false, dialect);

/** Reads on behind what is stored, in pieces of a size; stops as if the tab was closed when `maxBlocks` are stored. */
function read(resume: Resume | null, pieceSize: number, maxBlocks = Infinity, makeCells = createWasmCells) {
  const reader = createCsvReader('a.csv', dialect, columnNames, startOffset, resume, makeCells);
  const blocks: RawBlock[] = [];
  for (let at = reader.offset; at < bytes.length && blocks.length < maxBlocks; at += pieceSize)
    blocks.push(...reader.feed(bytes.subarray(at, at + pieceSize), false));
  if (blocks.length >= maxBlocks) return { blocks: blocks.slice(0, maxBlocks), reading: null };
  blocks.push(...reader.feed(new Uint8Array(0), true));
  return { blocks, reading: reader.finish(dialect, bytes.length) };
}

/** What storage knows of an import after these blocks. */
const stored = (blocks: RawBlock[]): Resume => ({
  levels: columnNames.map((_, c) => blocks.flatMap((block) => decodeTexts(block.columns[c]!.newTexts))),
  endOffset: blocks.at(-1)!.endOffset,
  nRows: blocks.reduce((n, block) => n + block.nRows, 0),
  nBlocks: blocks.length,
  refusedCount: blocks.at(-1)!.refusedCount!,
  refused: blocks.flatMap((block) => block.refused!),
  blankRows: blocks.flatMap((block) => block.blankRows!),
  nuls: blocks.at(-1)!.nuls,
});

/** Blocks as texts that compare quickly. */
const printed = (blocks: RawBlock[]) =>
  blocks.map(
    ({ columns, ...rest }) =>
    JSON.stringify([rest, columns.map((c) => [c.newTexts.ends.length, Buffer.from(c.codes.buffer).toString('latin1')])]), // prettier-ignore
  );

describe('an import that was cut off', () => {
  const whole = read(null, 1 << 20, Infinity, createPlainCells);
  const expected = printed(whole.blocks);

  test('keeps the first 1,000 refused rows and counts all', () => {
    expect(whole.blocks).toHaveLength(17);
    expect(whole.reading!.refusedCount).toBe(Math.ceil((nRows - 7) / 199));
    expect(whole.reading!.refused).toHaveLength(1000);
    expect(whole.blocks.flatMap((block) => block.refused!)).toEqual(whole.reading!.refused);
  });

  test('and resumed, even twice, ends with the same blocks and the same reading as in one go', () => {
    const pieceSize = fc.integer({ min: 100_000, max: 3_000_000 });
    fc.assert(
      fc.property(pieceSize, pieceSize, fc.constantFrom([1], [2], [1, 1]), (first, then, stops) => {
        let blocks: RawBlock[] = [];
        for (const stop of stops)
          blocks = [...blocks, ...read(blocks.length ? stored(blocks) : null, first, stop).blocks];
        const rest = read(stored(blocks), then);
        expect(rest.reading).toEqual(whole.reading);
        expect(printed([...blocks, ...rest.blocks])).toEqual(expected);
      }),
      { numRuns: 6 },
    );
  });
});
