import { describe, expect, test } from 'vitest';
import { checkTexts, readBytes, rowsOf } from './read-text';

/** What was read: dialect, names, rows, refused rows. */
const read = async (text: string) => {
  const { table, reading } = await readBytes(text, 'export.csv');
  return { ...reading, rows: rowsOf(table) };
};

describe('lines above the header', () => {
  test('comments of a web analytics export are passed over and counted', async () => {
    const text =
      '# ----------------------------------------\n# Free form 1\n# 20240101-20240131\n# ------\n\n' +
      'Event name,Event count,Total users\npage_view,1200,300\nscroll,900,280\n';
    const found = await read(text);
    expect(found.dialect).toMatchObject({ delimiter: ',', hasHeader: true, preambleRows: 5 });
    expect(found.columnNames).toEqual(['Event name', 'Event count', 'Total users']);
    expect(found.rows).toEqual([['page_view', '1200', '300'], ['scroll', '900', '280']]); // prettier-ignore
  });

  test('comments may hold separators and quotation marks that are never closed', async () => {
    const text = '# made by "Ann, for; Ben\n# a;"b\nid;day;sum\n1;2024-01-01;5,5\n2;2024-01-02;6,5\n';
    const found = await read(text);
    expect(found.dialect).toMatchObject({ delimiter: ';', preambleRows: 2 });
    expect(found.columnNames).toEqual(['id', 'day', 'sum']);
  });

  test('a title, a date range and a blank line', async () => {
    const found = await read('Sales report\nJanuary 2024\n\nid,name,sum\n1,Ann,5\n2,Ben,6\n');
    expect(found.dialect).toMatchObject({ hasHeader: true, preambleRows: 3 });
    expect(found.columnNames).toEqual(['id', 'name', 'sum']);
  });

  test('a title padded with separators, as spreadsheets export it', async () => {
    const found = await read(
      'Sales report;;;\n;;;\nid;name;day;sum\n1;Ann;2024-01-01;5\n2;Ben;2024-01-02;6\n',
    );
    expect(found.dialect).toMatchObject({ hasHeader: true, preambleRows: 2 });
    expect(found.columnNames).toEqual(['id', 'name', 'day', 'sum']);
  });

  test('a column called # is a column', async () => {
    const found = await read('#,How was it?,Submit Date (UTC)\na1,Good,2024-01-01\na2,Bad,2024-01-02\n');
    expect(found.columnNames).toEqual(['#', 'How was it?', 'Submit Date (UTC)']);
    expect(found.dialect.preambleRows).toBeUndefined();
  });

  test('order names that begin with # are values', async () => {
    const found = await read('#1001,5.5\n#1002,6.5\n#1003,7.5\n');
    expect(found.rows).toHaveLength(3);
  });

  test('a header with few names, or a first row cut short, is no title', async () => {
    expect((await read('id,,\nann,x,5\nben,y,6\n')).columnNames).toEqual(['id', 'column 2', 'column 3']);
    expect((await read('a\nx,y\nz,w\n')).columnNames).toEqual(['a']);
  });

  test('rows are numbered as in the file', async () => {
    const text = `# a\n# b\ncustomer_id,order_date,amount\n${Array.from({ length: 50 }, (_, i) => `c${i % 9},2024-01-${10 + (i % 19)},${i === 7 ? 'lots' : 5}`).join('\n')}\nc1\n`;
    const { check } = await checkTexts([['orders.csv', text]]);
    expect(check.issues.find(({ kind }) => kind === 'rows without an amount')!.example!.row).toBe(11);
    expect(check.refused).toMatchObject([{ row: 54, value: 'c1' }]);
  });
});

describe('rows under the header', () => {
  test('question texts and import ids are passed over and counted', async () => {
    const text =
      'StartDate,ResponseId,Q1\n"Start\nDate",Response ID,"How was it, overall?"\n' +
      '"{""ImportId"":""startDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}"\n' +
      '2024-01-01 10:00:00,R_1,9\n2024-01-02 10:00:00,R_2,7\n';
    const found = await read(text);
    expect(found.dialect).toMatchObject({ hasHeader: true, extraHeaderRows: 2 });
    expect(found.columnNames).toEqual(['StartDate', 'ResponseId', 'Q1']);
    expect(found.rows).toEqual([['2024-01-01 10:00:00', 'R_1', '9'], ['2024-01-02 10:00:00', 'R_2', '7']]); // prettier-ignore
    expect(found.rowsRead).toBe(2);
  });

  test('answers under questions join the questions that span several columns', async () => {
    const text =
      'Respondent ID,Start Date,"How did you\nhear of us?",,,Anything else?\n,,Friend,Advert,Other,Open-Ended Response\n' +
      '11800001,01/02/2024,Friend,,,Good\n11800002,01/03/2024,,Advert,,\n';
    const found = await read(text);
    expect(found.dialect).toMatchObject({ hasHeader: true, extraHeaderRows: 1 });
    expect(found.columnNames).toEqual([
      'Respondent ID',
      'Start Date',
      'How did you hear of us?: Friend',
      'How did you hear of us?: Advert',
      'How did you hear of us?: Other',
      'Anything else?',
    ]);
    expect(found.rows).toHaveLength(2);
  });

  test('a first row without an id is a row', async () => {
    const found = await read('id,name,sum\n,Ann,5\n2,Ben,6\n');
    expect(found.dialect.extraHeaderRows).toBeUndefined();
    expect(found.rows).toHaveLength(2);
  });
});
