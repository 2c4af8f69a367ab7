import { dayValue } from './calendar-day';
import type { DateOrder } from './collected';
import { monthNumber } from './month-names';
import { scanPlainDate } from './scan-plain-date';

const DAY_MS = 86_400_000;

const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:(?:T|\s+)(\S.*))?$/;
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:(?:T|,?\s+)(\S.*))?$/;
const compact = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z?))?$/;
const dayMonthName =
  /^(\d{1,2})(?:st|nd|rd|th|er|º)?[\s\-./]+(?:de\s+)?(\p{L}{3,12})\.?,?[\s\-./]+(?:del?\s+)?(\d{4}|\d{2})(?:,?\s+(\S.*))?$/iu;
const monthNameDay = /^(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(\S.*))?$/iu;
const weekday =
  /^(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mie|mié|jue|vie|sab|sáb|dom|ma|wo|vr|za|zo)\p{L}{0,8}\.?,?\s+(?=\S)/iu;
const connector = /^(?:at|um|à|a las?|om)\s+/i;
const clock =
  /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?\s?m\.?)?\s*(Z|(?:UTC|GMT)?[+-]\d{2}:?\d{2}|[+-]\d{2}|UTC|GMT)?(?:\s+\(.*\))?$/i;

/** A date before its order is settled: with `order` 'open', `first` and `second` are day and month or month and day. */
export type WrittenDate = {
  order: 'ymd' | 'open';
  first: number;
  second: number;
  year: number;
  /** ms to add to the day: clock time less the offset. */
  clockMs: number;
  /** Written with an offset, so true wherever it is read; else it is told by the clock of the place. */
  isInstant: boolean;
};

type ClockTime = { clockMs: number; isInstant: boolean };
const midnight: ClockTime = { clockMs: 0, isInstant: false };

function clockTime(text: string | undefined): ClockTime | null {
  if (text === undefined) return midnight;
  const m = clock.exec(text.trim().replace(connector, ''));
  if (!m) return null;
  let hours = Number(m[1]);
  const minutes = Number(m[2]);
  const seconds = Number(m[3] ?? 0);
  const half = m[5]?.[0]?.toLowerCase();
  if (half && (hours < 1 || hours > 12)) return null;
  if (half) hours = (hours % 12) + (half === 'p' ? 12 : 0);
  if (hours > 23 || minutes > 59 || seconds > 60) return null;
  const ms = m[4] ? Math.floor(Number(`0.${m[4]}`) * 1000) : 0;
  const sinceMidnight = ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
  return { clockMs: sinceMidnight - offsetMs(m[6]), isInstant: m[6] !== undefined };
}

/** ms since midnight of a bare time of day such as "9:15 pm"; NaN for anything else. */
export function parseClock(text: string): number {
  const time = clockTime(text);
  return time && !time.isInstant ? time.clockMs : NaN;
}

function offsetMs(zone: string | undefined): number {
  const m = zone && /([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!m) return 0;
  return (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3] ?? 0)) * 60_000;
}

const fullYear = (text: string): number => {
  const year = Number(text);
  if (text.length === 4) return year;
  return year < 70 ? 2000 + year : 1900 + year;
};

/** What is written, or null when it is no date we know; never guesses as `new Date(text)` does. */
export function scanDate(written: string): WrittenDate | null {
  if (written.length < 6 || written.length > 64) return null;
  const plain = scanPlainDate(written);
  if (plain) return plain;
  const text = written.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
  if (isDigitFirst(text)) return scanDigitFirst(text);
  const m = monthNameDay.exec(text);
  if (m) return known(Number(m[3]), monthNumber(m[1]!), Number(m[2]), clockTime(m[4]));
  const rest = text.replace(weekday, '');
  return rest.length < text.length ? scanDate(rest) : null;
}

function scanDigitFirst(text: string): WrittenDate | null {
  const ymd = yearFirst.exec(text);
  if (ymd) return known(Number(ymd[1]), Number(ymd[3]), Number(ymd[4]), clockTime(ymd[5]));
  const open = yearLast.exec(text);
  if (open) {
    const time = clockTime(open[5]);
    const first = Number(open[1]);
    return time && { order: 'open', first, second: Number(open[3]), year: fullYear(open[4]!), ...time };
  }
  const digits = compact.exec(text);
  if (digits) {
    const [, year, month, day, hours, minutes, seconds = '00', zone = ''] = digits;
    const time = hours === undefined ? midnight : clockTime(`${hours}:${minutes}:${seconds}${zone}`);
    return known(Number(year), Number(month), Number(day), time);
  }
  const m = dayMonthName.exec(text);
  return m && known(fullYear(m[3]!), monthNumber(m[2]!), Number(m[1]), clockTime(m[4]));
}

const isDigitFirst = (text: string): boolean => {
  const head = text.charCodeAt(0);
  return head >= 48 && head <= 57;
};

const known = (year: number, month: number, day: number, time: ClockTime | null): WrittenDate | null =>
  time && { order: 'ymd', first: month, second: day, year, ...time };

/** ms UTC, or NaN for a day the calendar does not have; `order` settles dates written with the year last. */
export function dateValue(date: WrittenDate, order: DateOrder): number {
  const isDayFirst = date.order === 'open' && order === 'dmy';
  const month = isDayFirst ? date.second : date.first;
  const day = isDayFirst ? date.first : date.second;
  return dayValue(date.year, month, day) + date.clockMs;
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
