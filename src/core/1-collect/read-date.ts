import type { DateOrder } from './collected';

const DAY_MS = 86_400_000;

const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:(?:T|\s+)(\S.*))?$/;
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:(?:T|,?\s+)(\S.*))?$/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const dayMonthName =
  /^(\d{1,2})(?:st|nd|rd|th)?[\s\-./]+([a-z]{3,9})\.?,?[\s\-./]+(\d{4}|\d{2})(?:,?\s+(\S.*))?$/i;
const monthNameDay = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(\S.*))?$/i;
const clock =
  /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/i;
const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august'].concat([
  'september',
  'october',
  'november',
  'december',
]);

/** A date before its order is settled: with `order` 'open', `first` and `second` are day and month or month and day. */
export type WrittenDate = {
  order: 'ymd' | 'open';
  first: number;
  second: number;
  year: number;
  /** ms to add to the day: clock time less the offset. */
  clockMs: number;
};

function clockMs(text: string | undefined): number {
  if (text === undefined) return 0;
  const m = clock.exec(text.trim());
  if (!m) return NaN;
  let hours = Number(m[1]);
  const minutes = Number(m[2]);
  const seconds = Number(m[3] ?? 0);
  const half = m[5]?.[0]?.toLowerCase();
  if (half && (hours < 1 || hours > 12)) return NaN;
  if (half) hours = (hours % 12) + (half === 'p' ? 12 : 0);
  if (hours > 23 || minutes > 59 || seconds > 60) return NaN;
  const ms = m[4] ? Math.floor(Number(`0.${m[4]}`) * 1000) : 0;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms - offsetMs(m[6]);
}

function offsetMs(zone: string | undefined): number {
  const m = zone && /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!m) return 0;
  return (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3] ?? 0)) * 60_000;
}

const fullYear = (text: string): number => {
  const year = Number(text);
  if (text.length === 4) return year;
  return year < 70 ? 2000 + year : 1900 + year;
};

const monthOf = (name: string): number => {
  const low = name.toLowerCase();
  return (low === 'sept' ? 8 : months.findIndex((month) => month === low || month.slice(0, 3) === low)) + 1;
};

/** What is written, or null when it is no date we know; never guesses as `new Date(text)` does. */
export function scanDate(written: string): WrittenDate | null {
  const text = written.trim();
  const head = text.charCodeAt(0);
  const isDigit = head >= 48 && head <= 57;
  if (text.length < 6 || text.length > 45 || !(isDigit || /^[a-z]{3}/i.test(text))) return null;
  const ymd = isDigit ? (yearFirst.exec(text) ?? compactParts(text)) : null;
  if (ymd) return known(Number(ymd[1]), Number(ymd[3]), Number(ymd[4]), ymd[5]);
  const open = isDigit ? yearLast.exec(text) : null;
  if (open) {
    const ms = clockMs(open[5]);
    const date = { order: 'open' as const, first: Number(open[1]), second: Number(open[3]) };
    return Number.isNaN(ms) ? null : { ...date, year: fullYear(open[4]!), clockMs: ms };
  }
  const named = isDigit ? dayMonthName.exec(text) : null;
  if (named) return known(fullYear(named[3]!), monthOf(named[2]!), Number(named[1]), named[4]);
  const monthFirst = isDigit ? null : monthNameDay.exec(text);
  return monthFirst
    ? known(Number(monthFirst[3]), monthOf(monthFirst[1]!), Number(monthFirst[2]), monthFirst[4])
    : null;
}

const compactParts = (text: string): (string | undefined)[] | null => {
  const m = compact.exec(text);
  return m && [m[0], m[1], '', m[2], m[3], undefined];
};

function known(year: number, month: number, day: number, time: string | undefined): WrittenDate | null {
  const ms = clockMs(time);
  return Number.isNaN(ms) ? null : { order: 'ymd', first: month, second: day, year, clockMs: ms };
}

const daysIn = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};

/** ms UTC, or NaN for a day the calendar does not have; `order` settles dates written with the year last. */
export function dateValue(date: WrittenDate, order: DateOrder): number {
  const isDayFirst = date.order === 'open' && order === 'dmy';
  const month = isDayFirst ? date.second : date.first;
  const day = isDayFirst ? date.first : date.second;
  const { year } = date;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || year < 1800 || year > 2200)
    return NaN;
  return Date.UTC(year, month - 1, day) + date.clockMs;
}

export function parseDate(written: string, order: DateOrder): number {
  const date = scanDate(written);
  return date ? dateValue(date, order) : NaN;
}

/** ISO text of an instant: the day alone at midnight UTC, else day and time. */
export function isoText(ms: number): string {
  const text = new Date(ms).toISOString();
  return ms % DAY_MS === 0 ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}
export const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
export const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);
