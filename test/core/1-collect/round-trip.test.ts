import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { Delimiter, Dialect } from '../../../src/core/1-collect/raw-table';
import { createCsvReader } from '../../../src/core/1-collect/read-csv';
import { readColumnNames } from '../../../src/core/1-collect/read-header';
import { joinBlocks, readBytes, rowsOf } from './read-text';

const encoder = new TextEncoder();

/** Rows as RFC 4180 writes them; every cell quoted, or only where it must be. */
const print = (rows: string[][], delimiter: string, lineEnd: string, isQuoted: boolean): string =>
  rows
    .map((row) =>
      row
        .map((cell) =>
          isQuoted || cell === '' || /["\r\n]/.test(cell) || cell.includes(delimiter)
            ? `"${cell.replaceAll('"', '""')}"`
            : cell,
        )
        .join(delimiter),
    )
    .map((row) => row + lineEnd)
    .join('');

const cell = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '|', '\n', '\r', '\r\n', ' ', 'é', '€', '\u2028', '😀', '#', '0') }), // prettier-ignore
);
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
  );

describe('print ∘ parse is the table, whatever its texts', () => {
  test('and wherever the bytes are split', () => {
    const how = fc.record({
      delimiter: fc.constantFrom<Delimiter>(',', ';', '\t', '|'),
      lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
      isQuoted: fc.boolean(),
      cuts: fc.array(fc.nat(), { maxLength: 8 }),
    });
    fc.assert(
      fc.property(table, how, (rows, { delimiter, lineEnd, isQuoted, cuts }) => {
        const bytes = encoder.encode(print(rows, delimiter, lineEnd, isQuoted));
        const dialect: Dialect = { format: 'csv', isGzip: false, encoding: 'utf-8', delimiter, hasHeader: false }; // prettier-ignore
        const { columnNames, startOffset } = readColumnNames('a.csv', bytes, true, dialect);
        const reader = createCsvReader('a.csv', dialect, columnNames, startOffset, null);
        const at = [startOffset, ...cuts.map((c) => startOffset + (c % (bytes.length - startOffset + 1))), bytes.length].sort((a, b) => a - b); // prettier-ignore
        const blocks = at.slice(1).flatMap((end, i) => reader.feed(bytes.slice(at[i], end), false));
        blocks.push(...reader.feed(new Uint8Array(0), true));
        const reading = reader.finish(dialect, bytes.length);
        expect(reading.refused).toEqual([]);
        // A lone surrogate has no bytes of its own.
        const written = new TextDecoder().decode(encoder.encode(JSON.stringify(rows)));
        expect(rowsOf(joinBlocks(reading, blocks))).toEqual(JSON.parse(written));
      }),
      { numRuns: 400 },
    );
  });

  test('a whole file as Papa Parse writes it is read as it was, packed or not, in any encoding', async () => {
    const texts = fc.array(fc.tuple(fc.stringMatching(/^[a-zé€ ,;"\n]{1,12}$/), fc.stringMatching(/^[a-zé€ ,;"\n]{0,12}$/)), { minLength: 3, maxLength: 12 }); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.constantFrom('plain', 'gzip', 'utf-16le', 'windows-1252'),
        async (rows, how) => {
          const text = Papa.unparse([['first name', 'remark'], ...rows], { quotes: true, newline: '\n' });
          const latin = Buffer.from(text.replaceAll('€', '\u0080'), 'latin1');
          const bytes =
          how === 'utf-16le' ? Buffer.from(`\ufeff${text}`, 'utf16le')
          : how === 'windows-1252' ? latin
          : how === 'gzip' ? gzipSync(text)
          : Buffer.from(text); // prettier-ignore
          const { table: found, reading } = await readBytes(new Uint8Array(bytes), 'a.csv', { delimiter: ',', hasHeader: true, preambleRows: 0, extraHeaderRows: 0 }); // prettier-ignore
          expect(reading.columnNames).toEqual(['first name', 'remark']);
          expect(rowsOf(found)).toEqual(rows);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('bytes that no table should hold', () => {
  const read = async (text: string) => {
    const { table: found, reading } = await readBytes(text, 'a.csv');
    return { ...reading, rows: rowsOf(found) };
  };

  test('a NUL in a cell is a blank, and the file is read', async () => {
    const found = await read(`id,name\n1,A\0\0nn\n2,Ben\n${'3,x\n'.repeat(200)}`);
    expect(found.rows.slice(0, 2)).toEqual([['1', 'A  nn'], ['2', 'Ben']]); // prettier-ignore
  });

  test('a control-Z behind the last row is no row', async () => {
    expect((await read('id,name\n1,Ann\n2,Ben\n\u001a')).rows).toHaveLength(2);
    expect((await read('id,name\n1,Ann\n2,Ben\n\u001a')).refusedCount).toBe(0);
  });

  test('only delimiters, a trailing delimiter, blank lines, mixed line ends', async () => {
    expect((await read(',,\n,,\n')).rows).toEqual([['', '', '']]);
    expect((await read('id,name,\n1,Ann,\n2,Ben,\n')).columnNames).toEqual(['id', 'name', 'column 3']);
    expect((await read('id,name\r\n\r\n1,Ann\r2,Ben\n\n3,Cy')).rows).toEqual([['1', 'Ann'], ['2', 'Ben'], ['3', 'Cy']]); // prettier-ignore
  });

  test('names that are empty, repeated, hostile or written in two ways', async () => {
    const names = [
      '',
      'a',
      'A',
      '__proto__',
      'constructor',
      'e\u0301',
      'é',
      ' a\u00a0',
      '<b>',
      '\u202egpj',
      'x\ny',
    ];
    const found = await read(
      `${names.map((name) => `"${name}"`).join()}\n${names.map((_, i) => i).join()}\n`,
    );
    expect(found.columnNames).toEqual(['column 1', 'a', 'A 2', '__proto__', 'constructor', 'é', 'é 2', 'a 3', '<b>', '\u202egpj', 'x y']); // prettier-ignore
    expect(found.rows).toEqual([names.map((_, i) => String(i))]);
  });
});
