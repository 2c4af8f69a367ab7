import { dayValue } from './calendar-day';
import type { WrittenDate } from './read-date';

/** The number in `n` digits from `at` on; -1 when one of them is no digit. */
function digits(text: string, at: number, n: number): number {
  let value = 0;
  for (let i = at; i < at + n; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

const isMarked = (text: string): boolean => {
  const { length } = text;
  return (length === 10 || length === 16 || length === 19) && text[4] === '-' && text[7] === '-';
};

const clockOf = (text: string): number => (text.length === 10 ? 0 : plainClock(text, text.length === 19));

/**
 * "2026-11-30", "2026-11-30 08:15" and "2026-11-30T08:15:30", as most exports write time, without patterns: several
 * times as quick. Null for everything else, valid or not.
 */
export function scanPlainDate(text: string): WrittenDate | null {
  if (!isMarked(text)) return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const clockMs = clockOf(text);
  if (year < 0 || month < 0 || day < 0 || clockMs < 0) return null;
  return { order: 'ymd', first: month, second: day, year, clockMs, isInstant: false };
}

/** The same as ms UTC at once, NaN for a day the calendar does not have and for everything else. */
export function plainTime(text: string): number {
  const clockMs = isMarked(text) ? clockOf(text) : -1;
  if (clockMs < 0) return NaN;
  return dayValue(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)) + clockMs;
}

/** ms since midnight of the clock at position 11, or -1. */
function plainClock(text: string, hasSeconds: boolean): number {
  const hasMarks = (text[10] === ' ' || text[10] === 'T') && text[13] === ':';
  if (!hasMarks || (hasSeconds && text[16] !== ':')) return -1;
  const hours = digits(text, 11, 2);
  const minutes = digits(text, 14, 2);
  const seconds = hasSeconds ? digits(text, 17, 2) : 0;
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60) return -1;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
