import { describe, expect, test } from 'vitest';
import { utils, write } from 'xlsx';
import { checkWorkbook } from '../../../src/core/1-collect/read-xlsx';
import { readBytes, rowsOf } from './read-text';

const workbook = (sheets: [string, unknown[][]][], isStored = false): Uint8Array => {
  const book = utils.book_new();
  for (const [name, rows] of sheets)
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows, { UTC: true }), name);
  return new Uint8Array(
    write(book, { type: 'array', bookType: 'xlsx', compression: !isStored }) as ArrayBuffer,
  );
};

describe('workbooks', () => {
  test('the first sheet with cells is read, dates by style as ISO text, numbers in their shortest form', async () => {
    const bytes = workbook([
      ['cover', []],
      ['orders', [['id', 'day', 'sum', 'ok'], ['0012', new Date(Date.UTC(2024, 1, 29)), 19.9, true], ['0013', new Date(Date.UTC(2024, 2, 1, 13, 30)), 1e6, false], ['0014', null, null, null]]], // prettier-ignore
      ['notes', [['more']]],
    ]);
    const { table, reading } = await readBytes(bytes, 'orders.xlsx');
    expect(reading.dialect).toMatchObject({ format: 'xlsx', sheet: 'orders', hasHeader: true });
    expect(reading.otherSheets).toEqual(['notes']);
    expect(rowsOf(table)).toEqual([
      ['0012', '2024-02-29', '19.9', 'TRUE'],
      ['0013', '2024-03-01 13:30:00', '1000000', 'FALSE'],
      ['0014', '', '', ''],
    ]);
  });

  test('another sheet is read when it is chosen', async () => {
    const bytes = workbook([['a', [['x'], ['1']]], ['b', [['y'], ['2']]]]); // prettier-ignore
    const { reading } = await readBytes(bytes, 'orders.xlsx', { sheet: 'b' });
    expect(reading.columnNames).toEqual(['y']);
  });

  test('a workbook named .csv is known by its bytes; a headerless sheet gets column names', async () => {
    const { reading } = await readBytes(workbook([['a', [[1, 2], [3, 4]]]]), 'orders.csv'); // prettier-ignore
    expect(reading).toMatchObject({ columnNames: ['column 1', 'column 2'], rowsRead: 2 });
  });

  test('a workbook without cells says so', async () => {
    await expect(readBytes(workbook([['a', []]]), 'orders.xlsx')).rejects.toThrow(
      /every sheet of the workbook is empty/,
    );
  });

  test('a zip of other files is told apart', async () => {
    const bytes = workbook([['a', [['x'], ['1']]]], true); // prettier-ignore
    const other = Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('xl/', 'yl/'), 'latin1');
    expect(() => checkWorkbook('orders.xlsx', new Uint8Array(other))).toThrow(
      /a zip archive that is no Excel workbook/,
    );
  });

  test('a workbook that would unpack to more than 512 MB is refused before it is unpacked', () => {
    const bytes = workbook([['a', [['x'], ['1']]]]); // prettier-ignore
    const data = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length - 46; at++)
      if (data.getUint32(at, true) === 0x02014b50) data.setUint32(at + 24, 600 * 2 ** 20, true);
    expect(() => checkWorkbook('orders.xlsx', bytes)).toThrow(/unpacks to [\d,]+ MB\. Save the sheet as CSV/);
  });
});
