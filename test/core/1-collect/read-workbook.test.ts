import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { type BookType, utils, write, type WorkBook } from 'xlsx';
import { checkWorkbook } from '../../../src/core/1-collect/read-workbook';
import { profileTable } from '../../../src/core/1-collect/table-profile';
import { sniffFile } from '../../../workers/read-file';
import { readBytes, rowsOf } from './read-text';

const book = (sheets: [string, unknown[][]][]): WorkBook => {
  const made = utils.book_new();
  for (const [name, rows] of sheets)
    utils.book_append_sheet(made, utils.aoa_to_sheet(rows, { UTC: true }), name);
  return made;
};
const bytesOf = (made: WorkBook, bookType: BookType = 'xlsx'): Uint8Array =>
  new Uint8Array(write(made, { type: 'array', bookType, compression: true }) as ArrayBuffer);
const workbook = (sheets: [string, unknown[][]][], bookType: BookType = 'xlsx') =>
  bytesOf(book(sheets), bookType);

/** A workbook whose sheet is the XML given, as other programs write it. */
const withSheet = (sheetData: string): Uint8Array => {
  const parts = unzipSync(workbook([['a', [['x']]]]));
  const xml = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${sheetData}</sheetData></worksheet>`;
  return zipSync({ ...parts, 'xl/worksheets/sheet1.xml': strToU8(xml) });
};

/** What a workbook saved with a password looks like from outside: an old Office file with a stream of this name. */
function locked(): Uint8Array {
  const bytes = new Uint8Array(4096);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  bytes.set(Buffer.from('EncryptedPackage', 'utf16le'), 1024);
  return bytes;
}

const day = (y: number, m: number, d: number, h = 0, min = 0) => new Date(Date.UTC(y, m - 1, d, h, min));
const table = [
  ['id', 'day', 'sum', 'ok'],
  ['0012', day(2024, 2, 29), 19.9, true],
  ['0013', day(2024, 3, 1, 13, 30), 1e6, false],
  ['0014', null, null, null],
];
const cells = [
  ['0012', '2024-02-29', '19.9', 'TRUE'],
  ['0013', '2024-03-01 13:30:00', '1000000', 'FALSE'],
  ['0014', '', '', ''],
];

describe('workbooks', () => {
  test.each([
    ['xlsx', 'xlsx'],
    ['biff8', 'xls'],
    ['ods', 'ods'],
  ] as const)('%s: dates by style as ISO text, numbers in their shortest form', async (type, format) => {
    const { table: found, reading } = await readBytes(workbook([['orders', table]], type), 'orders.csv');
    expect(reading.dialect).toMatchObject({ format, sheet: 'orders', hasHeader: true });
    expect(reading.columnNames).toEqual(['id', 'day', 'sum', 'ok']);
    expect(rowsOf(found)).toEqual(cells);
  });

  test('days are counted from 1904 where the workbook says so', async () => {
    const made = book([
      [
        'a',
        [
          ['id', 'day'],
          ['x', 0],
          ['y', 1],
        ],
      ],
    ]);
    for (const cell of ['B2', 'B3']) made.Sheets.a![cell].z = 'yyyy-mm-dd';
    made.Workbook = { WBProps: { date1904: true } };
    const { table: found } = await readBytes(bytesOf(made), 'a.xlsx');
    expect(found.columns[1]!.levels).toEqual(['1904-01-01', '1904-01-02']);
  });

  test('a time of day stays one; formulas without a value and errors are empty', async () => {
    const made = book([['a', [['id', 'at', 'f', 'e'], ['x', 0.5, 1, 1], ['y', 0.75, 2, 2]]]]); // prettier-ignore
    const sheet = made.Sheets.a!;
    for (const cell of ['B2', 'B3']) sheet[cell].z = 'h:mm';
    sheet.C2 = { t: 'z', f: 'A1' };
    sheet.D3 = { t: 'e', v: 42, w: '#N/A' };
    const { table: found } = await readBytes(bytesOf(made), 'a.xlsx');
    expect(rowsOf(found)).toEqual([['x', '12:00:00', '', '1'], ['y', '18:00:00', '2', '']]); // prettier-ignore
  });

  test('the visible sheet with most cells is read, the others are named', async () => {
    const made = book([['cover', [['Report'], ['2024']]], ['orders', table], ['empty', []], ['lists', Array.from({ length: 50 }, (_, i) => [i, i, i])]]); // prettier-ignore
    made.Workbook = { Sheets: [{}, {}, {}, { Hidden: 1 }] };
    const { reading } = await readBytes(bytesOf(made), 'orders.xlsx');
    expect(reading.dialect.sheet).toBe('orders');
    expect(reading.otherSheets).toEqual(['cover', 'lists']);
  });

  test('a large sheet behind a smaller one is the table', async () => {
    const rows = (n: number, width: number) => Array.from({ length: n }, (_, i) => Array<string>(width).fill(`v${i}`)); // prettier-ignore
    const { reading } = await readBytes(workbook([['small', rows(1000, 4)], ['large', rows(5000, 2)]]), 'a.xlsx'); // prettier-ignore
    expect(reading).toMatchObject({ rowsRead: 4999, dialect: { sheet: 'large' } });
  });

  test('another sheet is read when it is chosen', async () => {
    const bytes = workbook([['a', [['x'], ['1']]], ['b', [['y'], ['2']]]]); // prettier-ignore
    const { reading } = await readBytes(bytes, 'orders.xlsx', { sheet: 'b' });
    expect(reading.columnNames).toEqual(['y']);
  });

  test('titles above the table are passed over and counted; empty columns are left out', async () => {
    const rows = [
      ['Sales report'],
      [],
      [null, 'id', null, 'sum'],
      [null, 'a', null, 5],
      [null, 'b', null, 6],
    ];
    const { table: found, reading } = await readBytes(workbook([['a', rows]]), 'a.xlsx');
    expect(reading.dialect).toMatchObject({ hasHeader: true, preambleRows: 2 });
    expect(rowsOf(found).map((row) => row.filter((cell) => cell !== ''))).toEqual([['a', '5'], ['b', '6']]); // prettier-ignore
    expect(reading.columnNames).toEqual(['column 1', 'id', 'sum']);
  });

  test('a headerless sheet gets column names', async () => {
    const { reading } = await readBytes(workbook([['a', [[1, 2], [3, 4]]]]), 'orders.csv'); // prettier-ignore
    expect(reading).toMatchObject({ columnNames: ['column 1', 'column 2'], rowsRead: 2 });
  });

  test('cells and rows without an address follow the one before', async () => {
    const row = (...values: number[]) => `<row>${values.map((v) => `<c><v>${v}</v></c>`).join('')}</row>`;
    const { table: found } = await readBytes(withSheet(`${row(1, 2)}${row(3, 4)}`), 'a.xlsx');
    expect(rowsOf(found)).toEqual([['1', '2'], ['3', '4']]); // prettier-ignore
  });

  test('one far cell makes one more row and column, not a million', async () => {
    const cell = (at: string) => `<c r="${at}"><v>1</v></c>`;
    const bytes = withSheet(
      `<row r="1">${cell('A1')}${cell('B1')}</row><row r="1048576">${cell('XFD1048576')}</row>`,
    );
    const { table: found } = await readBytes(bytes, 'a.xlsx');
    expect(rowsOf(found)).toEqual([['1', '1', ''], ['', '', '1']]); // prettier-ignore
  });
});

describe('workbooks that cannot be read say why', () => {
  test('without cells', async () => {
    await expect(readBytes(workbook([['a', []]]), 'orders.xlsx')).rejects.toThrow(
      /every sheet of the workbook is empty/,
    );
  });

  test.each([
    ['a zip of other files', zipSync({ 'a.csv': strToU8('id\n1\n') }), /a zip archive that is no workbook/],
    ['a Word document', zipSync({ 'word/document.xml': strToU8('x') }), /this is a Word document/],
    ['a binary workbook', workbook([['a', [['x'], [1]]]], 'xlsb'), /a binary Excel workbook \(\.xlsb\)/],
    ['cut off', workbook([['a', table]]).slice(0, 2000), /this zip archive or workbook cannot be unpacked/],
    [
      'without its shared texts',
      withSheet('<row r="1"><c r="A1" t="s"><v>999</v></c></row>'),
      /this workbook cannot be unpacked/,
    ],
    ['locked', locked(), /^a\.xlsx: need a file without a password/],
  ] as const)('%s', async (_, bytes, sentence) => {
    await expect(readBytes(bytes, 'a.xlsx')).rejects.toThrow(sentence);
  });

  test('a bomb is found while it unpacks, whatever its directory says', () => {
    const parts = unzipSync(workbook([['a', [['x'], ['1']]]])); // prettier-ignore
    const bytes = zipSync({ ...parts, 'xl/worksheets/sheet1.xml': new Uint8Array(60 << 20) }, { level: 9 });
    const data = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length - 46; at++) {
      if (data.getUint32(at, true) === 0x02014b50) data.setUint32(at + 24, 10, true);
      if (data.getUint32(at, true) === 0x04034b50) data.setUint32(at + 22, 10, true);
    }
    expect(() => checkWorkbook('bomb.xlsx', bytes)).toThrow(
      /^bomb\.xlsx: need a file that unpacks to at most 512 MB and 200 times its size/,
    );
  });

  test('entities are not expanded', async () => {
    const bytes = withSheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&lol;</t></is></c></row>');
    const { reading } = await readBytes(bytes, 'a.xlsx');
    expect(reading.columnNames.join('').length).toBeLessThan(20);
  });

  test('bytes changed at random give rows or a sentence, never another failure', async () => {
    const bytes = workbook([['a', table]]);
    for (let i = 0; i < 60; i++) {
      const changed = bytes.slice();
      changed[(i * 7919) % bytes.length] = (i * 31) & 255;
      const sentence = await readBytes(changed, 'a.xlsx').then(
        () => '',
        (error: Error) => error.message,
      );
      expect(sentence).toMatch(/^$|^a\.xlsx: need /);
    }
  });
});

test('rows of a sheet are numbered as the sheet shows them, blank ones among them too', async () => {
  const bytes = workbook([['a', [['id', 'n'], [], ['a', 1], [], [], ['b', 2]]]]);
  const { fileRow } = profileTable((await readBytes(bytes, 'a.xlsx')).table);
  expect([fileRow(0), fileRow(1)]).toEqual([3, 6]);
});

test('another sheet, or another list of a JSON file, is read with the header it has itself', async () => {
  const other = [['Sales report'], [], ['day', 'sum', 'n'], ['2024-01-02', 3, 1], ['2024-01-03', 4, 1]];
  const bytes = workbook([['people', table], ['sales', other]]); // prettier-ignore
  const file = new File([bytes as Uint8Array<ArrayBuffer>], 'a.xlsx');
  const first = await readBytes(bytes, 'a.xlsx');
  expect([first.reading.dialect.sheet, first.reading.otherSheets]).toEqual(['people', ['sales']]);
  const second = await readBytes(bytes, 'a.xlsx', await sniffFile(file, 'sales'));
  expect(second.reading.columnNames).toEqual(['day', 'sum', 'n']);
  expect(second.reading.otherSheets).toEqual(['people']);
  expect(second.table.nRows).toBe(2);
  const text = '{"users":[{"id":1},{"id":2},{"id":3}],"meta":{"orders":[{"no":7}]}}';
  const list = await sniffFile(new File([text], 'a.json'), 'meta.orders');
  expect(rowsOf((await readBytes(text, 'a.json', list)).table)).toEqual([['7']]);
});
