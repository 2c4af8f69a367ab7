import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packBlock, unpackTable } from '../../../src/core/1-collect/block-bytes';
import { createPlainCells, type MakeCells } from '../../../src/core/1-collect/cells';
import type { Delimiter, Dialect, RawTable } from '../../../src/core/1-collect/raw-table';
import { createCsvReader } from '../../../src/core/1-collect/read-csv';
import { encodeTexts } from '../../../src/core/1-collect/texts';
import { createWasmCells } from '../../../src/core/1-collect/wasm-cells';
import { checkTexts, rowsOf } from './read-text';

const encoder = new TextEncoder();

/** Any text: the bytes that cut rows and cells come up most, then letters of one to four bytes, then anything. */
const cell = fc.oneof(
  fc.string({
    unit: fc.constantFrom('"', ',', ';', '\n', '\r', '\t', ' ', 'a', 'é', '日', '😀', '\0'),
    maxLength: 12,
  }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom('', '1', '12.50', '2024-02-29', '0'.repeat(17), 'x'.repeat(300)),
);
const delimiter = fc.constantFrom<Delimiter>(',', ';', '\t', '|');
const table = fc
  .integer({ min: 1, max: 6 })
  .chain((nColumns) =>
    fc.array(fc.array(cell, { minLength: nColumns, maxLength: nColumns }), { maxLength: 30 }),
  );

/** Quotes what must be quoted; a row of one empty cell would be a blank line. */
const printCell = (text: string, mark: string, isOnly: boolean): string =>
  (isOnly && text === '') || text.startsWith('"') || text.includes(mark) || /[\r\n]/.test(text)
    ? `"${text.replaceAll('"', '""')}"`
    : text;
const print = (rows: string[][], mark: string, lineEnd: string): string =>
  rows.map((row) => row.map((text) => printCell(text, mark, row.length === 1)).join(mark) + lineEnd).join('');

/** A byte 0 reads as a blank. */
const withBlanks = (rows: string[][]): string[][] =>
  rows.map((row) => row.map((text) => text.replaceAll('\0', ' ')));

/** Reads bytes cut at places into pieces, and takes the blocks through storage's form. */
async function read(
  bytes: Uint8Array,
  nColumns: number,
  mark: Delimiter,
  cuts: number[],
  makeCells: MakeCells,
): Promise<RawTable> {
  const dialect: Dialect = {
    format: 'csv',
    isGzip: false,
    encoding: 'utf-8',
    delimiter: mark,
    hasHeader: false,
  };
  const columnNames = Array.from({ length: nColumns }, (_, c) => `c${c}`);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const reader = createCsvReader('a.csv', dialect, columnNames, 0, null, makeCells);
  const blocks = places
    .slice(1)
    .flatMap((to, i) => reader.feed(bytes.slice(places[i], to), false))
    .concat(reader.feed(new Uint8Array(0), true))
    .map(packBlock);
  const nRows = blocks.reduce((n, block) => n + block.nRows, 0);
  return unpackTable({
    fileName: 'a.csv',
    nRows,
    hasHeader: false,
    refusedRows: [],
    columnNames,
    blocks: blocks.map((block) => block.bytes),
  });
}

describe('whatever the texts, the delimiter and the line ends', () => {
  const cuts = fc.array(fc.nat(), { maxLength: 8 });
  const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

  test('reading what was printed gives the same cells, however the bytes are cut and whatever reads them', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        delimiter,
        lineEnd,
        cuts,
        fc.constantFrom(createPlainCells, createWasmCells),
        async (rows, mark, end, at, makeCells) => {
          const nColumns = rows[0]?.length ?? 1;
          const bytes = encoder.encode(print(rows, mark, end));
          const found = await read(bytes, nColumns, mark, at, makeCells);
          expect(rowsOf(found)).toEqual(withBlanks(rows));
          expect(found).toEqual(await read(bytes, nColumns, mark, [], createPlainCells));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('any bytes at all, cut anywhere, come out as in one piece', async () => {
    const byte = fc.oneof(
      fc.constantFrom(34, 44, 10, 13, 97, 195, 169, 255),
      fc.integer({ min: 0, max: 255 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(byte, { maxLength: 200 }),
        fc.integer({ min: 1, max: 3 }),
        cuts,
        async (list, nColumns, at) => {
          const bytes = Uint8Array.from(list);
          const outcome = async (places: number[], makeCells: MakeCells) => {
            try {
              return await read(bytes, nColumns, ',', places, makeCells);
            } catch (error) {
              return String(error);
            }
          };
          const expected = await outcome([], createPlainCells);
          expect(await outcome(at, createPlainCells)).toEqual(expected);
          expect(await outcome(at, createWasmCells)).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('a block packed before texts were bytes still opens', async () => {
  const levels = encoder.encode('["a","é"]');
  const header = { nRows: 2, columns: [{ width: 1, levelBytes: levels.length }] };
  const parts = [encoder.encode(JSON.stringify(header)), Uint8Array.of(1, 0), levels];
  const align = (n: number) => (n + 3) & ~3;
  const bytes = new Uint8Array(parts.reduce((n, part) => n + align(part.length), 4));
  new Uint32Array(bytes.buffer, 0, 1)[0] = parts[0]!.length;
  let offset = 4;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += align(part.length);
  }
  const stored = {
    fileName: 'a',
    nRows: 2,
    hasHeader: true,
    refusedRows: [],
    columnNames: ['x'],
    blocks: [bytes],
  };
  expect(rowsOf(await unpackTable(stored))).toEqual([['é'], ['a']]);
});

test('encodeTexts keeps texts of any bytes, in order, empty ones too', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
      const { bytes, ends } = encodeTexts(texts);
      expect([...ends].map((end, i) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(ends[i - 1] ?? 0, end)))).toEqual(texts); // prettier-ignore
    }),
  );
});

test('permuting the rows of a file changes no type, role, total or count of an issue', async () => {
  const header = 'order,customer,date,total,quantity,note';
  const rows = Array.from({ length: 40 }, (_, i) => {
    const day = String((i % 27) + 1).padStart(2, '0');
    const who = i % 11 === 3 ? '' : `K${i % 7}`;
    const total = i % 13 === 5 ? 'free' : `${i % 4 === 3 ? '-' : ''}${i % 9}.${i % 10}0`;
    return `${Math.floor(i / 2)},${who},2024-0${(i % 6) + 1}-${day},${total},${i % 3},"n ""${i % 5}"""`;
  });
  const outcome = async (lines: string[]) => {
    const { check } = await checkTexts([['a.csv', `${header}\n${lines.join('\n')}\n`]]);
    const { revenue, ...totals } = check.totals;
    return {
      columns: check.files[0]!.columns.map(({ name, type, role, missing, distinct }) => [
        name,
        type,
        role,
        missing,
        distinct,
      ]),
      kind: check.files[0]!.kind,
      totals: { ...totals, revenue: Math.round(revenue * 100) },
      issues: check.issues.map(({ kind, rows: n }) => `${kind} ${n}`).sort(),
    };
  };
  const expected = await outcome(rows);
  expect(expected.totals.lines).toBeGreaterThan(20);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: rows.length }), async (lines) => {
      expect(await outcome(lines)).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});
