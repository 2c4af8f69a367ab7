import { findFarDates } from '../far-dates';
import { dateValue, dayOf, isoText, scanDate } from '../read-date';
import type { Column, ReadTable } from '../read-table';
import { spreadValues } from '../spread-columns';
import { hasHave, isAre, plural, wasWere } from '../wording';
import { eachText, type Fault, presentRows, retold, rowsWith, unwanted } from './fault';

const dateColumns = (columns: Column[]) =>
  columns.flatMap((column) =>
    column.reading.type === 'date' && column.dates ? [{ column, dates: column.dates }] : [],
  );

export const otherDateOrder: Fault = {
  id: 'day and month swapped',
  dimension: 'consistency',
  find: ({ columns }) =>
    dateColumns(columns).flatMap(({ column, dates }) => {
      if (dates.nUnreadable === 0) return [];
      const other = dates.order === 'mdy' ? 'dmy' : 'mdy';
      const texts = new Map<number, string>();
      eachText(column, (text, code) => {
        const date = Number.isNaN(dates.values[code]!) ? scanDate(text) : null;
        const value = date ? dateValue(date, other) : NaN;
        if (!Number.isNaN(value)) texts.set(code, isoText(value));
      });
      const usual = dates.order === 'mdy' ? 'month' : 'day';
      return retold(column, texts, {
        isSafe: false,
        label: 'Read them the other way round',
        says: (n, text) =>
          `${plural(n, 'date')} cannot begin with the ${usual} as the others do, such as "${text}"; left empty. More may be swapped without showing it.`,
      });
    }),
};

/** The last day of the month that a day such as the 30th of February was meant to be in; '' for anything else. */
function lastDayOf(text: string, isMonthFirst: boolean): string {
  const date = scanDate(text);
  if (!date) return '';
  const isDayFirst = date.order === 'open' && !isMonthFirst;
  const [month, day] = isDayFirst ? [date.second, date.first] : [date.first, date.second];
  if (month < 1 || month > 12 || day < 29 || day > 31) return '';
  for (let last = day - 1; last >= 28; last--) {
    const value = dateValue({ ...date, order: 'ymd', first: month, second: last }, 'ymd');
    if (!Number.isNaN(value)) return isoText(value);
  }
  return '';
}

export const impossibleDays: Fault = {
  id: 'days that do not exist',
  dimension: 'validity',
  find: ({ columns }) =>
    dateColumns(columns).flatMap(({ column, dates }) => {
      if (dates.nUnreadable === 0) return [];
      const texts = new Map<number, string>();
      eachText(column, (text, code) => {
        const date = Number.isNaN(dates.values[code]!) ? scanDate(text) : null;
        if (!date || !Number.isNaN(dateValue(date, 'dmy')) || !Number.isNaN(dateValue(date, 'mdy'))) return;
        const day = lastDayOf(text, dates.order === 'mdy');
        if (day) texts.set(code, day);
      });
      return retold(column, texts, {
        isSafe: false,
        label: 'Read them as the last day of the month',
        says: (n, text) =>
          `${plural(n, 'date')} ${isAre(n)} not in the calendar, such as "${text}"; left empty.`,
      });
    }),
};

const shortYear = /^\s*\d{1,2}([-/.])\d{1,2}\1\d{2}(?:\D|$)/;

export const shortYears: Fault = {
  id: 'years of two digits',
  dimension: 'consistency',
  find: ({ columns }) =>
    dateColumns(columns).flatMap(({ column, dates }) => {
      const texts = new Map<number, string>();
      let rows = 0;
      eachText(column, (text, code, n) => {
        if (Number.isNaN(dates.values[code]!) || !shortYear.test(text)) return;
        texts.set(code, isoText(dates.values[code]!));
        rows += n;
      });
      if (rows > presentRows(column) / 2) return [];
      const [full] = texts.values();
      return retold(column, texts, {
        severity: 'info',
        isSafe: true,
        label: 'Write the years in full',
        says: (n, text) =>
          `${plural(n, 'date')} with a year of two digits among years of four, such as "${text}", read as ${full}.`,
      });
    }),
};

const timeColumns = (table: ReadTable) =>
  dateColumns(table.columns).filter(({ column }) => column.reading.role === 'time');

/** Rows on each day that a column names, the days in order. */
export function countDays(column: Column, values: Float64Array): [number, number][] {
  const rowsOf = new Map<number, number>();
  eachText(column, (_, code, rows) => {
    const day = dayOf(values[code]!);
    if (!Number.isNaN(day)) rowsOf.set(day, (rowsOf.get(day) ?? 0) + rows);
  });
  return [...rowsOf].sort((a, b) => a[0] - b[0]);
}

const hasGap = (days: [number, number][], longerThan: number): boolean =>
  days.some(([day], i) => i > 0 && day - days[i - 1]![0] > longerThan);

const YEAR_DAYS = 366;

export const farDates: Fault = {
  id: 'dates far from the rest',
  dimension: 'timeliness',
  find: (table, { sorted }) =>
    timeColumns(table).flatMap(({ column, dates }) => {
      if (!sorted.lines.includes(table) || !hasGap(countDays(column, dates.values), YEAR_DAYS)) return [];
      const isFar = findFarDates(spreadValues(column.profile.codes, dates.values));
      const codes: number[] = [];
      eachText(column, (_, code) => {
        if (isFar(dates.values[code]!)) codes.push(code);
      });
      if (codes.length === 0) return [];
      return unwanted(column, rowsWith(column, codes), {
        isSafe: true,
        label: 'Leave these rows out',
        says: (n, text) =>
          `${plural(n, 'row')} ${isAre(n)} dated more than a year away from all others, such as "${text}", and ${wasWere(n)} set aside.`,
      });
    }),
};

const MOST_AFTER = 0.005;
const GAP_DAYS = 45;

/** The first day of the few that come long after all others, though not years after; Infinity where none do. */
function firstStray(days: [number, number][], nRows: number): number {
  let after = 0;
  let stray = Infinity;
  for (let i = days.length - 1; i > 0 && after + days[i]![1] <= MOST_AFTER * nRows; i--) {
    after += days[i]![1];
    if (days[i]![0] - days[i - 1]![0] > GAP_DAYS) stray = days[i]![0];
  }
  return stray;
}

export const futureDates: Fault = {
  id: 'dates after all others',
  dimension: 'timeliness',
  find: (table, { sorted }) =>
    timeColumns(table).flatMap(({ column, dates }) => {
      const days = countDays(column, dates.values);
      if (!sorted.lines.includes(table) || !hasGap(days, GAP_DAYS)) return [];
      const isFar = hasGap(days, YEAR_DAYS)
        ? findFarDates(spreadValues(column.profile.codes, dates.values))
        : () => false;
      const near = dates.values.map((value) => (isFar(value) ? NaN : value));
      const stray = firstStray(countDays(column, near), presentRows(column));
      const codes: number[] = [];
      eachText(column, (_, code) => {
        if (dayOf(near[code]!) >= stray) codes.push(code);
      });
      if (codes.length === 0) return [];
      return unwanted(column, rowsWith(column, codes), {
        isSafe: false,
        label: 'Leave these rows out',
        says: (n, text) =>
          `${plural(n, 'row')} ${hasHave(n)} a date more than ${GAP_DAYS} days after all others, such as "${text}": probably in the future when the file was written.`,
      });
    }),
};
