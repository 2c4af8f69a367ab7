import { describe, expect, test } from 'vitest';
import type { CollectSettings } from '../../../src/core/1-collect/collected';
import type { Dialect } from '../../../src/core/1-collect/raw-table';
import { checkFiles, checkTexts, readBytes } from './read-text';

const day = (i: number) => `2025-0${1 + (i % 9)}-1${i % 10}`;
const orders = (row: (i: number) => string, columns = 'order_id,customer_id,order_date,amount') =>
  `${columns}\n${Array.from({ length: 1200 }, (_, i) => row(i)).join('\n')}\n`;
const good = orders((i) => `${i},C${i % 30},${day(i)},${i}.50`);

type How = { dialect?: Partial<Dialect>; settings?: Partial<CollectSettings> };
const check = async (text: string, { dialect, settings }: How = {}) =>
  checkFiles([await readBytes(text, 'bad.csv', dialect)], settings).check;

describe('data that cannot serve gets one clear sentence, which is also the verdict', () => {
  const cases: [string, string, string, RegExp, How?][] = [
    ['header only', 'customer,date,total\n', 'header only', /^bad\.csv: need rows below the column names; got no rows, row 1 is all there is\. Export it again/],
    ['no customer column', orders((i) => `${day(i)},${i}.5`, 'date,total'), 'no customer column', /^bad\.csv: need a column that says who the customer is; found none among date, total\./],
    ['a customer column without a value', orders((i) => `${i},,${day(i)},5.5`), 'no customer column', /^bad\.csv, column customer_id: need to know who the customer is; every cell is empty\. Choose another/],
    ['no date column', orders((i) => `c${i % 9},${i},5.5`, 'customer_id,order_id,total'), 'no date column', /^bad\.csv: need a column with the date of each order; found none among customer_id, order_id, total/],
    ['dates that are none', orders((i) => `${i},C${i % 30},${i % 2 ? 'soon' : day(i)},5.5`), 'no date column', /^bad\.csv, column order_date: need dates; 600 of 1,200 values are something else, the first is "soon" in row 3\. Export dates as/],
    ['amounts all text', orders((i) => `${i},C${i % 30},${day(i)},lots`), 'amounts are text', /^bad\.csv, column amount: need numbers; 1,200 of 1,200 values are something else, the first is "lots" in row 2\. Export it as plain numbers/],
    ['amounts half text', orders((i) => `${i},C${i % 30},${day(i)},${i % 2 ? 'lots' : '5.5'}`), 'amounts are text', /600 of 1,200 values are something else, the first is "lots" in row 3/],
    ['prices all text', orders((i) => `${i},C${i % 30},${day(i)},2,dear`, 'order_id,customer_id,order_date,quantity,unit_price'), 'amounts are text', /^bad\.csv, column unit_price: need numbers; .* "dear" in row 2/],
    ['text chosen as the amount', orders((i) => `${i},C${i % 30},${day(i)},lots`), 'amounts are text', /column amount: need numbers/, { settings: { answers: [{ role: 'amount', column: 'amount' }] } }],
    ['one customer', orders((i) => `${i},C1,${day(i)},5.5`), 'too few customers', /^bad\.csv: need at least 2 customers to compare; got 1 customer\. Check/],
    ['nothing but cancelled orders, which are dropped', orders((i) => `${i},C${i % 30},${day(i)},5.5,cancelled`, 'order_id,customer_id,order_date,amount,status'), 'no orders left', /^bad\.csv, column status: need orders of at least 2 customers; none of 1,200 rows counts, all of them belong to cancelled orders.* Choose/, { settings: { refunds: 'drop' } }],
    ['most rows short', orders((i) => (i % 3 ? `${i},C${i % 30}` : `${i},C${i % 30},${day(i)},5.5`)), 'refused rows', /^bad\.csv: .*800 of 1,200 rows were set aside, not cut into 4 columns; row 3: the row has 2 cells where the table has 4\. The separator, comma \(,\), is probably wrong: choose another/],
    ['all rows short', orders((i) => `${i},C${i % 30}`), 'refused rows', /1,200 of 1,200 rows were set aside/],
    ['the wrong separator chosen', good, 'wrong separator', /^bad\.csv: the separator looks wrong: need at least 2 columns, got 1; it is set to semicolon \(;\) while the rows are written with comma \(,\)\. Choose comma/, { dialect: { delimiter: ';' } }],
    ['the wrong separator chosen where it also cuts decimals', good.replaceAll('.', '~').replaceAll(',', ';').replaceAll('~', ','), 'wrong separator', /set to comma \(,\) while the rows are written with semicolon \(;\)\. Choose semicolon/, { dialect: { delimiter: ',' } }],
    ['the wrong separator chosen and no header', good.slice(good.indexOf('\n') + 1), 'wrong separator', /set to tab while the rows are written with comma/, { dialect: { delimiter: '\t' } }],
    ['nothing but amounts of zero', orders((i) => `${i},C${i % 30},${day(i)},0.00`), 'no orders left', /^bad\.csv, column amount: need orders worth more than zero; got none in 1,200 rows, .* Check the columns/],
    ['no amount anywhere', orders((i) => `x${i},C${i % 30},${day(i)}`, 'order_id,customer_id,order_date'), 'no amount column', /^bad\.csv: need a column that says how much they paid; found none among order_id, customer_id, order_date\./],
    ['the only amount left out', good, 'no amount column', /^bad\.csv: need a column that says how much they paid; amount is left out, as you chose\. Give it/, { settings: { decisions: [{ file: 0, column: 3, role: 'ignore' }] } }],
    ['the only date left out', good, 'no date column', /^bad\.csv: need a column with the date of each order; order_date is left out, as you chose\. Give it/, { settings: { decisions: [{ file: 0, column: 2, role: 'ignore' }] } }],
  ]; // prettier-ignore
  test.each(cases)('%s', async (_, text, kind, sentence, how) => {
    const { issues, verdict } = await check(text, how);
    const blocking = issues.filter((i) => i.severity === 'blocking');
    expect(blocking).toMatchObject([{ kind }]);
    expect(blocking[0]!.sentence).toMatch(sentence);
    expect(verdict).toBe(blocking[0]!.brief ?? `Not ready yet. ${blocking[0]!.sentence}`);
  });

  test('a wrong separator is one short sentence and no question', async () => {
    const one = await check(good, { dialect: { delimiter: ';' } });
    expect(one.verdict).toBe('bad.csv: the separator looks wrong: choose comma (,).');
    expect(one.questions).toEqual([]);
    const cut = await check(orders((i) => `${i},C${i % 30}`));
    expect(cut.verdict).toBe('bad.csv: the separator looks wrong: choose another than comma (,).');
    expect(cut.questions).toEqual([]);
  });

  test('one file of several with amounts that are text is named, with row, column and value', async () => {
    const { check } = await checkTexts([['jan.csv', good], ['feb.csv', good.replaceAll('.50', ' EURO!').replace('0 EURO!', '0')]]); // prettier-ignore
    const blocking = check.issues.find((i) => i.severity === 'blocking')!;
    expect(blocking.sentence).toMatch(/^feb\.csv, column amount: need numbers; 1,199 of 1,200 values/);
    expect(blocking.example).toEqual({ file: 'feb.csv', row: 3, column: 'amount', value: '1 EURO!' });
  });
});

describe('data that can serve for something is let through with a warning', () => {
  test('all orders on the same day', async () => {
    const { issues, verdict, can, cannot } = await check(orders((i) => `${i},C${i % 30},2025-03-03 1${i % 9}:00,5.5`)); // prettier-ignore
    expect(issues).toMatchObject([{ kind: 'one day only', severity: 'warning', rows: 1200, example: { file: 'bad.csv', row: 2, column: 'order_date' } }]); // prettier-ignore
    expect(issues[0]!.sentence).toMatch(/^bad\.csv, column order_date: .*all 1,200 orders are from the same day, 2025-03-03\. .*add orders/); // prettier-ignore
    expect(verdict).not.toMatch(/Not ready/);
    expect(can.join()).not.toMatch(/recently/);
    expect(cannot[0]).toMatch(/same day, 2025-03-03/);
  });

  test('a few short rows are counted and shown', async () => {
    const { issues, refused, totals, files } = await check(orders((i) => (i % 4 ? `${i},C${i % 30},${day(i)},5.5` : `${i}`))); // prettier-ignore
    expect(issues).toMatchObject([{ kind: 'refused rows', severity: 'warning', rows: 300, example: { row: 2, value: '0' } }]); // prettier-ignore
    expect(refused).toHaveLength(300);
    expect(totals.orders).toBe(900);
    expect(files[0]).toMatchObject({ rowsRead: 1200, rowsUsed: 900, rowsReported: 300 });
  });

  test('a few amounts that are text are left out', async () => {
    const { issues } = await check(orders((i) => `${i},C${i % 30},${day(i)},${i % 40 ? '5.5' : 'lots'}`));
    expect(issues).toMatchObject([{ kind: 'rows without an amount', rows: 30, example: { row: 2, value: 'lots' } }]); // prettier-ignore
  });
});
