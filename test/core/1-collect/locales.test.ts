import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoText, parseDate, scanDate } from '../../../src/core/1-collect/read-date';
import { parseNumber } from '../../../src/core/1-collect/read-number';

/** How each locale writes, by the browser's own formatter: the peer that these readers are held against. */
const locales = [
  ['en-US', '.', 'mdy', 'USD'],
  ['de-DE', ',', 'dmy', 'EUR'],
  ['fr-FR', ',', 'dmy', 'EUR'],
  ['es-ES', ',', 'dmy', 'EUR'],
  ['nl-NL', ',', 'dmy', 'EUR'],
  ['de-CH', '.', 'dmy', 'CHF'],
] as const;
const cents = fc.integer({ min: -1e11, max: 1e11 }).map((n) => n / 100);
const day = fc.integer({ min: 0, max: 24_000 }).map((n) => n * 86_400_000);
const instant = fc.integer({ min: 0, max: 2_000_000_000 }).map((n) => n * 1000);

describe.each(locales)('%s', (locale, decimal, order, currency) => {
  test('numbers round-trip, plain, as money before and after, and in parentheses', () => {
    const plain = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    const money = (currencyDisplay: 'symbol' | 'code', currencySign: 'standard' | 'accounting') =>
      new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay, currencySign });
    const formats = [plain, money('symbol', 'standard'), money('code', 'standard'), money('symbol', 'accounting')]; // prettier-ignore
    fc.assert(
      fc.property(cents, (value) => {
        for (const format of formats)
          expect(parseNumber(format.format(value), decimal)).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  test('per cent round-trip', () => {
    const format = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
    fc.assert(
      fc.property(fc.integer({ min: -9999, max: 9999 }), (n) => {
        expect(parseNumber(format.format(n / 1e4), decimal)).toBeCloseTo(n / 1e4, 12);
      }),
    );
  });

  test('days round-trip, in numbers and with the month and the weekday by name', () => {
    const styles = (['short', 'medium', 'long', 'full'] as const).map(
      (dateStyle) => new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' }),
    );
    fc.assert(
      fc.property(day, (ms) => {
        for (const style of styles) expect(parseDate(style.format(ms), order), style.format(ms)).toBe(ms);
      }),
    );
  });

  test('times round-trip to the second', () => {
    const styles = (['short', 'medium', 'long'] as const).map(
      (dateStyle) => new Intl.DateTimeFormat(locale, { dateStyle, timeStyle: 'medium', timeZone: 'UTC' }),
    );
    fc.assert(
      fc.property(instant, (ms) => {
        for (const style of styles) expect(parseDate(style.format(ms), order), style.format(ms)).toBe(ms);
      }),
    );
  });
});

test('an ISO text of any offset is the same instant, and knows that it is one', () => {
  const offset = fc.integer({ min: -14 * 4, max: 14 * 4 }).map((quarters) => quarters * 15);
  fc.assert(
    fc.property(instant, offset, (ms, minutes) => {
      const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
      const zone = `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
      const written = `${isoText(ms + minutes * 60_000)
        .padEnd(19, ' 00:00:00')
        .slice(0, 19)} ${zone}`;
      expect(parseDate(written, 'dmy'), written).toBe(ms);
      expect(scanDate(written)!.isInstant).toBe(true);
    }),
  );
});

describe('what other scripts and programs write', () => {
  const numbers: [string, '.' | ',', number][] = [
    ['٣', '.', 3],
    ['١٬٢٣٤٫٥٠', '.', 1234.5],
    ['۱۲۳', '.', 123],
    ['1’234.50', '.', 1234.5],
    ['CHF 1’234.50', '.', 1234.5],
    ['1\u202f234,50 €', ',', 1234.5],
    ['(€1,234.50)', '.', -1234.5],
    ['1.234,50-', ',', -1234.5],
    ['EUR 12', '.', 12],
    ['12 EUR', '.', 12],
    ['12 kr', ',', 12],
  ];
  test.each(numbers)('%s', (text, decimal, value) => expect(parseNumber(text, decimal)).toBe(value));

  const dates: [string, string][] = [
    ['Wed, 01 May 2024 09:58:12 GMT', '2024-05-01 09:58:12'],
    ['Wed May 01 2024', '2024-05-01'],
    ['1er mai 2024', '2024-05-01'],
    ['1 de mayo de 2024', '2024-05-01'],
    ['Mittwoch, 1. Mai 2024 um 09:58', '2024-05-01 09:58:00'],
    ['3 août 2024', '2024-08-03'],
    ['12. März 2024', '2024-03-12'],
    ['1 mrt 2024', '2024-03-01'],
    ['20240501T095812Z', '2024-05-01 09:58:12'],
    ['5/1/2024, 9:58:12\u202fPM', '2024-05-01 21:58:12'],
    ['2024-05-01T09:58:12.123456+0200', '2024-05-01 07:58:12'],
    ['2024-05-01 09:58:12 UTC', '2024-05-01 09:58:12'],
  ];
  test.each(dates)('%s', (text, iso) => expect(isoText(parseDate(text, 'mdy'))).toBe(iso));

  test.each([
    '30 février 2024',
    '32. Mai 2024',
    '1 Foo 2024',
    'Freitag',
    '2024-05-01 +25:00',
    'Mon',
    '13:00 PM 1 May 2024',
  ])('"%s" is no day', (text) => {
    expect(parseDate(text, 'dmy')).toBeNaN();
  });
});
