import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoText, parseDate } from '../../../src/core/1-collect/read-date';
import { parseNumber } from '../../../src/core/1-collect/read-number';

describe('parseNumber reads amounts as people write them', () => {
  const dot: [string, number][] = [
    ['12', 12],
    ['-3', -3],
    ['+3', 3],
    ['1,234.56', 1234.56],
    ['1,234', 1234],
    ['12,34,567.8', 1234567.8],
    ['1 234 567.5', 1234567.5],
    ['1\u00a0234.5', 1234.5],
    ["1'234.5", 1234.5],
    ['(1,234.50)', -1234.5],
    ['5.00-', -5],
    ['−5', -5],
    ['$5', 5],
    ['-$5.10', -5.1],
    ['$-5.10', -5.1],
    ['€ 5', 5],
    ['5 EUR', 5],
    ['US$ 1,000', 1000],
    ['50%', 0.5],
    ['50 %', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    [' 7 ', 7],
  ];
  test.each(dot)('%s', (text, value) => expect(parseNumber(text, '.')).toBe(value));

  const comma: [string, number][] = [
    ['1.234,56', 1234.56],
    ['1.234', 1234],
    ['12,5', 12.5],
    ['1 234,5', 1234.5],
    ['19,90 €', 19.9],
    ['-19,90 €', -19.9],
  ];
  test.each(comma)('%s with a decimal comma', (text, value) => expect(parseNumber(text, ',')).toBe(value));

  test.each([
    '',
    ' ',
    'x',
    '12,5O',
    '17.9O',
    '0x1F',
    '1_000',
    'Infinity',
    'NaN',
    '1e309',
    '1.2.3',
    '12,34',
    '--5',
    '1 2',
    'AGE60',
    '5 apples',
    '1-2',
  ])('"%s" is no number', (text) => expect(parseNumber(text, '.')).toBeNaN());

  test('every number JavaScript prints is read back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e15, max: 1e15 }), (value) => {
        expect(parseNumber(String(value), '.')).toBe(Object.is(value, -0) ? 0 : value);
        expect(parseNumber(String(value).replace('.', ','), ',')).toBe(Object.is(value, -0) ? 0 : value);
      }),
    );
  });
});

describe('parseDate reads days and times, never by guessing', () => {
  const cases: [string, 'dmy' | 'mdy' | 'ymd', string][] = [
    ['2011-12-09 12:50:00', 'ymd', '2011-12-09 12:50:00'],
    ['2011-12-09', 'ymd', '2011-12-09'],
    ['2011/12/9', 'ymd', '2011-12-09'],
    ['20111209', 'ymd', '2011-12-09'],
    ['2024-05-01T09:58:12Z', 'ymd', '2024-05-01 09:58:12'],
    ['2024-05-01T09:58:12.250+02:00', 'ymd', '2024-05-01 07:58:12'],
    ['2024-05-01 09:58:12 +0000', 'ymd', '2024-05-01 09:58:12'],
    ['2024-05-01 01:00 +0530', 'ymd', '2024-04-30 19:30:00'],
    ['12/1/2010 8:26', 'mdy', '2010-12-01 08:26:00'],
    ['12/1/2010 8:26', 'dmy', '2010-01-12 08:26:00'],
    ['31.12.2010', 'dmy', '2010-12-31'],
    ['31.12.10', 'dmy', '2010-12-31'],
    ['12/31/99', 'mdy', '1999-12-31'],
    ['1 Dec 2010', 'dmy', '2010-12-01'],
    ['1-Dec-10', 'dmy', '2010-12-01'],
    ['December 1, 2010', 'dmy', '2010-12-01'],
    ['Sept 1 2010', 'dmy', '2010-09-01'],
    ['29/02/2024', 'dmy', '2024-02-29'],
    ['5/1/2024 12:05 AM', 'mdy', '2024-05-01 00:05:00'],
    ['5/1/2024 1:05 pm', 'mdy', '2024-05-01 13:05:00'],
  ];
  test.each(cases)('%s (%s)', (text, order, iso) => expect(isoText(parseDate(text, order))).toBe(iso));

  test.each([
    '2024-02-30',
    '2023-02-29',
    '31/04/2024',
    '12',
    '2010',
    '12:30',
    '2024-13-01',
    '2024-01-01 25:00',
    '1 Foo 2010',
    '2024-1',
    '10/2010',
    '99999999',
    '2024-01/02',
    'May',
  ])('"%s" is no day', (text) => {
    expect(parseDate(text, 'dmy')).toBeNaN();
  });

  test('every day printed in any order is read back', () => {
    const day = fc.integer({ min: -20_000, max: 80_000 }).map((n) => n * 86_400_000);
    fc.assert(
      fc.property(day, (ms) => {
        const [y, m, d] = new Date(ms).toISOString().slice(0, 10).split('-');
        expect(parseDate(`${y}-${m}-${d}`, 'dmy')).toBe(ms);
        expect(parseDate(`${d}/${m}/${y}`, 'dmy')).toBe(ms);
        expect(parseDate(`${m}/${d}/${y}`, 'mdy')).toBe(ms);
        expect(parseDate(`${y}${m}${d}`, 'mdy')).toBe(ms);
      }),
    );
  });
});
