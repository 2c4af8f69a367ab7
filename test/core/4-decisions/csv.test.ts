import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { csvCell, csvLines, csvMoney } from '../../../src/core/4-decisions/csv';

const read = (text: string) =>
  Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' }).data.slice(0, -1);
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;
const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', "'", ' ', '1', '＝', '－'),
  }),
);

describe('csvLines', () => {
  test('what it writes, a CSV reader reads back as the same texts', () => {
    const table = fc
      .integer({ min: 1, max: 5 })
      .chain((width) =>
        fc.array(fc.array(anyText, { minLength: width, maxLength: width }), { minLength: 1 }),
      );
    fc.assert(
      fc.property(table, ([header, ...rows]) => {
        const written = [header!, ...rows].map((row) => row.map((text) => csvCell(text)));
        const found = read(
          csvLines(
            header!,
            rows.map((row) => row.map(csvCell)),
          ),
        );
        expect(found.length).toBe(written.length);
        for (const [r, row] of [header!, ...rows].entries())
          for (const [c, text] of row.entries()) expect([text, `'${text}`]).toContain(found[r]![c]);
      }),
      { numRuns: 2000 },
    );
  });

  test('no cell of text begins a formula, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cell = read(csvLines(['a', 'b'], [[csvCell(text), '']]))[1]![0]!;
        if (!/^-\d+(\.\d+)?$/.test(cell)) expect(cell).not.toMatch(formulaStart);
      }),
      { numRuns: 2000 },
    );
  });

  test('a text that begins like no formula is written as it is', () => {
    for (const text of ['12346', '007', 'Zoë', 'a=b', '1+1', "'quoted'", '-12.50'])
      expect(read(csvLines(['a'], [[csvCell(text)]]))[1]).toEqual([text]);
  });
});

test.each(['=cmd|x', '+44 20', '-2+3', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1', '＋1', '－1', '＠x'])(
  'csvCell(%j) gets a leading apostrophe',
  (text) =>
    expect(csvCell(text).replace(/^"/, '')).toBe(`'${text}`.concat(csvCell(text).endsWith('"') ? '"' : '')),
);

test('csvCell leaves numbers as they are, in full', () => {
  expect([-5, 0.1 + 0.2, 1e21, -0].map(csvCell)).toEqual(['-5', '0.30000000000000004', '1e+21', '0']);
  expect([null, NaN, Infinity].map(csvCell)).toEqual(['', '', '']);
});

test('csvMoney writes cents, and nothing for no amount', () => {
  expect([77183.6, 4310, -0.001, NaN, null].map(csvMoney)).toEqual(['77183.60', '4310.00', '0.00', '', '']);
});
