import fc from 'fast-check';
import Papa from 'papaparse';
import { decodeTexts } from '../../../src/core/1-collect/texts';
import { describe, expect, test } from 'vitest';
import { BLOCK_ROWS } from '../../../src/core/1-collect/blocks';
import type { Dialect, RawBlock } from '../../../src/core/1-collect/raw-table';
import { createCsvReader } from '../../../src/core/1-collect/read-csv';
import { readColumnNames } from '../../../src/core/1-collect/read-header';
import { readFile } from '../../../workers/read-file';
import { profileTable } from '../../../src/core/1-collect/table-profile';
import { checkTexts, joinBlocks, readBytes, rowsOf } from './read-text';

const encoder = new TextEncoder();
const dialect = (extra: Partial<Dialect> = {}): Dialect => ({
  format: 'csv',
  isGzip: false,
  encoding: 'utf-8',
  delimiter: ',',
  hasHeader: true,
  ...extra,
});

/** Feeds the text cut at the given places. */
function readCut(text: string, cuts: number[], how = dialect()) {
  const bytes = encoder.encode(text);
  const { columnNames, startOffset } = readColumnNames('a.csv', bytes, true, how);
  const reader = createCsvReader('a.csv', how, columnNames, startOffset, null);
  const blocks: RawBlock[] = [];
  let at = startOffset;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    if (cut <= at || cut >= bytes.length) continue;
    blocks.push(...reader.feed(bytes.slice(at, cut), false));
    at = cut;
  }
  blocks.push(...reader.feed(bytes.slice(at), true));
  const reading = reader.finish(how, bytes.length);
  return { rows: rowsOf(joinBlocks(reading, blocks)), reading, blocks };
}

const rowsOfText = (text: string, how = dialect()) => readCut(text, [], how).rows;

describe('the reader cuts rows and cells', () => {
  const cases: [string, string, string[][]][] = [
    ['plain', 'a,b\n1,2\n3,4\n', [['1', '2'], ['3', '4']]], // prettier-ignore
    ['no line end at the end', 'a,b\n1,2', [['1', '2']]],
    ['CRLF', 'a,b\r\n1,2\r\n', [['1', '2']]],
    ['CR only', 'a,b\r1,2\r', [['1', '2']]],
    ['mixed line ends', 'a,b\r\n1,2\n3,4\r5,6', [['1', '2'], ['3', '4'], ['5', '6']]], // prettier-ignore
    ['blank lines', 'a,b\n\n1,2\n\n\n3,4\n\n', [['1', '2'], ['3', '4']]], // prettier-ignore
    ['quoted delimiter', 'a,b\n"1,5",2\n', [['1,5', '2']]],
    ['quoted line end', 'a,b\n"x\r\ny",2\n', [['x\r\ny', '2']]],
    ['doubled quotes', 'a,b\n"say ""hi""",2\n', [['say "hi"', '2']]],
    ['only doubled quotes', 'a,b\n"""",""""""\n', [['"', '""']]],
    ['a quote inside a cell', 'a,b\n5" pipe,2\n', [['5" pipe', '2']]],
    ['empty cells', 'a,b\n,\n', [['', '']]],
    ['an extra empty cell at the end', 'a,b\n1,2,\n', [['1', '2']]],
    ['a byte order mark', '\ufeffa,b\n1,2\n', [['1', '2']]],
    ['a line that states the separator', 'sep=,\r\na,b\r\n1,2\r\n', [['1', '2']]],
    ['U+2028 is no line end', 'a,b\n1\u20282,3\n', [['1\u20282', '3']]],
  ];
  test.each(cases)('%s', (_, text, rows) => expect(rowsOfText(text)).toEqual(rows));

  test('runs of blanks are one separator, leading blanks none', () => {
    const how = dialect({ delimiter: 'blank', hasHeader: false });
    expect(rowsOfText(' 00004 0001 19970101  2   29.33\r\n 1\t2  3 4 5  \r\n', how)).toEqual([
      ['00004', '0001', '19970101', '2', '29.33'],
      ['1', '2', '3', '4', '5'],
    ]);
  });

  test('names are made unique and empty ones numbered', () => {
    const { reading } = readCut('a,A,,__proto__,a\n1,2,3,4,5\n', []);
    expect(reading.columnNames).toEqual(['a', 'A 2', 'column 3', '__proto__', 'a 3']);
  });
});

describe('rows that do not fit are refused with their number', () => {
  test('short and long rows', () => {
    const { reading, rows } = readCut('a,b\n1,2\n3\n4,5,6\n7,8\n', []);
    expect(rows).toEqual([['1', '2'], ['7', '8']]); // prettier-ignore
    expect(reading).toMatchObject({ rowsRead: 4, refusedCount: 2 });
    expect(reading.refused.map((r) => [r.row, r.value])).toEqual([[3, '3'], [4, '4 · 5']]); // prettier-ignore
  });

  test('text after a closing quote', () => {
    const { reading } = readCut('a,b\n"x"y,2\n3,4\n', []);
    expect(reading.refused[0]).toMatchObject({ row: 2, why: 'there is text after a closing quote' });
  });

  test('an unclosed quote names the row it began in', () => {
    expect(() => readCut('a,b\n1,2\n"3,4\n5,6\n', [])).toThrow(/the one opened in row 3/);
  });

  test('a cell over 1 MB stops the reader early, with its row', () => {
    const text = `a,b\n1,2\n"${'x'.repeat(3 << 20)}`;
    expect(() => readCut(text, [1 << 20, 2 << 20])).toThrow(/begins in row 3 is longer/);
  });

  test('a row over 4 MB stops the reader', () => {
    const wide = `${'x'.repeat(900_000)},`.repeat(6);
    expect(() => readCut(`a,b\n${wide}\n`, [2 << 20, 4 << 20])).toThrow(/row 2 is longer/);
  });

  test('more than 10,000 columns are refused', () => {
    expect(() => readCut(`${'a,'.repeat(10_001)}b\n`, [])).toThrow(/at most 10,000 columns/);
  });
});

const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replaceAll('\ufeff', '')),
  fc.constantFrom('', '"', '""', ',', '\n', '\r\n', 'é', ' x ', 'a"b', ';'),
);
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((n) => fc.array(fc.array(cell, { minLength: n, maxLength: n }), { minLength: 1, maxLength: 12 }));
const print = (rows: string[][], delimiter: string, eol: string) =>
  rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(delimiter) + eol).join('');

/** A byte 0 reads as a blank. */
const withBlanks = (rows: string[][]): string[][] =>
  rows.map((row) => row.map((text) => text.replaceAll('\0', ' ')));

describe('properties', () => {
  test('reading what was printed gives the table back, whatever its text', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        (rows, d, eol) => {
          const how = dialect({ delimiter: d as Dialect['delimiter'], hasHeader: false });
          expect(rowsOfText(print(rows, d, eol), how)).toEqual(withBlanks(rows));
        },
      ),
    );
  });

  test('cutting the stream of bytes anywhere changes nothing', () => {
    fc.assert(
      fc.property(table, fc.array(fc.nat(400)), (rows, cuts) => {
        const text = print(rows, ',', '\r\n');
        const how = dialect({ hasHeader: false });
        expect(readCut(text, cuts, how).rows).toEqual(withBlanks(rows));
        const everywhere = Array.from({ length: text.length * 4 }, (_, i) => i);
        expect(readCut(text, everywhere, how).rows).toEqual(withBlanks(rows));
      }),
    );
  });

  test('papaparse reads the same cells from tables as people write them', () => {
    const word = fc.stringMatching(/^[a-z0-9 .;'é€-]{1,9}$/);
    const mixed = fc.oneof(word, fc.constantFrom('x,y', 'say "hi"', 'two\nlines', ''));
    const rows = fc.array(
      fc.tuple(word, mixed, mixed).map((r) => [...r]),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(rows, (cells) => {
        const text = Papa.unparse([['a', 'b', 'c'], ...cells]);
        const expected = Papa.parse<string[]>(text, { delimiter: ',' }).data.slice(1);
        expect(rowsOfText(text)).toEqual(expected);
      }),
    );
  });
});

describe('blocks', () => {
  const text = `id,x\n${Array.from({ length: BLOCK_ROWS * 5 + 10 }, (_, i) => `k${i % 70_000},${i % 3}\n`).join('')}`;

  test('hold 16,384 rows, only new texts, and the narrowest codes', () => {
    const { blocks, rows } = readCut(text, [1e6, 1_000_001, 2e6]);
    expect(blocks.map((b) => b.nRows)).toEqual([...Array<number>(5).fill(16_384), 10]);
    expect(blocks[0]!.columns[1]!.codes).toBeInstanceOf(Uint8Array);
    expect(blocks[0]!.columns[0]!.codes).toBeInstanceOf(Uint16Array);
    expect(blocks[4]!.columns[0]!.codes).toBeInstanceOf(Uint32Array);
    expect(blocks[4]!.columns[0]!.newTexts.ends).toHaveLength(70_000 - BLOCK_ROWS * 4);
    expect(rows[BLOCK_ROWS + 5]).toEqual([`k${(BLOCK_ROWS + 5) % 70_000}`, `${(BLOCK_ROWS + 5) % 3}`]);
  });

  test.each(['utf-8', 'utf-16le', 'windows-1252'] as const)(
    'an import resumes behind any block (%s)',
    async (encoding) => {
      const accented = text.replaceAll('k1', 'é1');
      const bytes =
        encoding === 'utf-8'
          ? encoder.encode(accented)
          : encoding === 'utf-16le'
            ? new Uint8Array(Uint16Array.from(accented, (c) => c.charCodeAt(0)).buffer)
            : Uint8Array.from(accented, (c) => c.charCodeAt(0));
      const whole = await readBytes(bytes, 'orders.csv');
      expect(whole.reading.dialect.encoding).toBe(encoding);
      const first = whole.blocks[0]!;
      const again: RawBlock[] = [];
      const reading = await readFile(
        new File([bytes], 'orders.csv'),
        whole.reading.dialect,
        {
          levels: first.columns.map((c) => decodeTexts(c.newTexts)),
          endOffset: first.endOffset,
          nRows: first.nRows,
          nBlocks: 1,
          refusedCount: 0,
          refused: [],
        },
        async (block) => void again.push(block),
        () => {},
      );
      expect(reading.rowsRead).toBe(whole.reading.rowsRead);
      expect(again).toEqual(whole.blocks.slice(1));
    },
  );
});

test('rows are numbered as a spreadsheet shows them: blank lines count, in any pattern', async () => {
  const text = 'id,day\n\na,2024-01-01\n\nb,x\n\nc,2024-01-02\n\nshort\n\n\n\nd,y\n\n';
  const { table, reading } = await readBytes(text, 'a.csv');
  const { fileRow } = profileTable(table);
  expect([0, 1, 2, 3].map(fileRow)).toEqual([3, 5, 7, 13]);
  expect(reading.refused[0]!.row).toBe(9);
  const many = await readBytes(`id,n\n${'a,1\n\n'.repeat(150_000)}`, 'a.csv');
  expect(many.reading.blankRows!.length).toBeLessThanOrEqual(many.blocks.length);
  expect(profileTable(many.table).fileRow(149_999)).toBe(300_000);
});

test('zero bytes and comment lines amid the rows are told with their row', async () => {
  const text = `id,n\na,1\n# a note, of 2, commas\nb\0,2\n\nc,\0\n#1001\n${'d,4\n'.repeat(30)}`;
  const { reading } = await readBytes(text, 'a.csv');
  expect(reading.nuls).toEqual({ count: 2, firstRow: 4 });
  expect(reading.refused.map(({ row, why }) => [row, why.slice(0, 17)])).toEqual([
    [3, 'the line begins w'],
    [7, 'the row has 1 cel'],
  ]);
  const { check } = await checkTexts([['a.csv', text]]);
  expect(check.issues.find(({ kind }) => kind === 'stray zero bytes')!.sentence).toBe(
    'a.csv: 2 bytes that are no text (NUL) were read as blanks, the first in row 4.',
  );
});
