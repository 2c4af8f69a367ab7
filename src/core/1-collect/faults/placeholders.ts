import { dayOf } from '../read-date';
import { plural } from '../wording';
import type { Column } from '../read-table';
import { wordTest } from '../word-test';
import { eachText, type Fault, isCategory, presentRows, quantile, retold } from './fault';

const isWordForNothing = wordTest(
  'unknown|not known|not available|not set|(not set)|undefined|none given|not given|no data|nodata|missing|tbd|tba|xxx|xxxx|#n/a|#value!|#ref!|#name?|#div/0!|nil|(blank)|(empty)|(none)|-|--|---|?|??|.|unbekannt|inconnu|desconocido|onbekend|keine angabe|k.a.'.split(
    '|',
  ),
);
const isNobodyWord = wordTest(
  'guest|gast|anonymous|anonym|nobody|no customer|none|0|00000|000000|-1|999999|9999999|cash customer|barverkauf'.split(
    '|',
  ),
);

/** Whether an id names nobody: "guest", "unknown", "0". */
export const standsForNobody = (text: string): boolean => isWordForNothing(text) || isNobodyWord(text);

const TIMES_USUAL = 3;

export const placeholderWords: Fault = {
  id: 'words for nothing',
  dimension: 'completeness',
  find: (table) =>
    table.columns.flatMap((column) => {
      const isCustomer = column.reading.role === 'customer';
      if (
        column.reading.type !== 'text' ||
        !(isCategory(column) || isCustomer || column.reading.role === 'email')
      )
        return [];
      const texts = new Map<number, string>();
      // An id such as 0 is nobody's when far more rows have it than others.
      const fewest = (TIMES_USUAL * presentRows(column)) / Math.max(1, column.profile.nDistinct);
      eachText(column, (text, code, rows) => {
        const isNobody = isCustomer && isNobodyWord(text) && rows >= (/\d/.test(text) ? fewest : 2);
        if (isNobody || isWordForNothing(text)) texts.set(code, '');
      });
      return retold(column, texts, {
        isSafe: false,
        label: 'Read them as empty',
        says: (n, text) =>
          `${plural(n, 'cell')} ${n === 1 ? 'holds' : 'hold'} a word that stands for nothing, such as "${text}"; ${isCustomer ? 'it names nobody' : 'it counts as a value'}.`,
      });
    }),
};

const stopgaps = new Set([
  999, 9999, 99999, 999999, 9999999, 999.99, 9999.99, 99999.99, 999999.99, -9, -99, -999, -9999,
]);
const FEWEST = 3;
const APART = 5;
/** Whether a number, or a day, is one that stands for nothing where it is far from the others. */
export const isStopgap = (value: number): boolean => stopgaps.has(value);
export const isStopgapDay = (ms: number): boolean => stopgapDays.has(dayOf(ms));

export const placeholderNumbers: Fault = {
  id: 'numbers for nothing',
  dimension: 'completeness',
  find: (table) =>
    table.columns.flatMap((column) => {
      const { numbers, reading, profile } = column;
      if (reading.type !== 'number' || !numbers) return [];
      let most = 0;
      let isSigned = false;
      eachText(column, (_, code) => {
        const value = numbers.values[code]!;
        if (Number.isNaN(value) || isStopgap(value)) return;
        most = Math.max(most, Math.abs(value));
        isSigned ||= value < 0;
      });
      const texts = new Map<number, string>();
      eachText(column, (_, code) => {
        const value = numbers.values[code]!;
        const isApart = value < 0 ? !isSigned : value >= APART * most;
        if (isStopgap(value) && isApart && profile.counts[code]! >= FEWEST) texts.set(code, '');
      });
      return retold(column, texts, {
        isSafe: false,
        label: 'Read them as empty',
        says: (n, text) =>
          `${plural(n, 'cell')} ${n === 1 ? 'holds' : 'hold'} "${text}", far from all others: a stopgap rather than a value.`,
      });
    }),
};

const stopgapDays = new Set(
  [
    '1899-12-30',
    '1899-12-31',
    '1900-01-01',
    '1901-01-01',
    '1753-01-01',
    '1970-01-01',
    '1980-01-01',
    '2099-12-31',
  ].map((day) => dayOf(Date.parse(day))),
);
const noDay = /^(?:0000-00-00|0?0[/.-]0?0[/.-]0000|9999-12-31|31[/.-]12[/.-]9999|12[/.-]31[/.-]9999)/;
const FAR_DAYS = 730;

const farFrom = (column: Column, values: Float64Array) => {
  const usual = values.map((value) => (isStopgapDay(value) ? NaN : value));
  const low = dayOf(quantile(column, usual, 0.001));
  const high = dayOf(quantile(column, usual, 1));
  return (value: number) => dayOf(value) < low - FAR_DAYS || dayOf(value) > high + FAR_DAYS;
};

export const placeholderDates: Fault = {
  id: 'dates for nothing',
  dimension: 'timeliness',
  find: (table) =>
    table.columns.flatMap((column) => {
      const { dates, reading } = column;
      if (reading.type !== 'date' || !dates) return [];
      const candidates: number[] = [];
      eachText(column, (text, code) => {
        const value = dates.values[code]!;
        if (Number.isNaN(value) ? noDay.test(text.trim()) : isStopgapDay(value)) candidates.push(code);
      });
      if (candidates.length === 0) return [];
      const isFar = farFrom(column, dates.values);
      const found = candidates.filter(
        (code) => Number.isNaN(dates.values[code]!) || isFar(dates.values[code]!),
      );
      return retold(column, new Map(found.map((code) => [code, ''])), {
        isSafe: false,
        label: 'Read them as empty',
        says: (n, text) =>
          `${plural(n, 'cell')} ${n === 1 ? 'holds' : 'hold'} "${text}", a stopgap that programs write where there is no date.`,
      });
    }),
};
