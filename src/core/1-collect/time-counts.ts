import { visitUntilHopeless } from './column-types';
import { headerWords } from './role-words';
import type { ColumnProfile } from './table-profile';

/** A way to write a time as one number; `isInstant`: true everywhere (UTC), else told by a wall clock. */
type TimeCount = { why: string; isInstant: boolean; read(text: string): number };

const DAY_MS = 86_400_000;
/** Days from the spreadsheets' day 0 (30 December 1899) to 1970. */
const SERIAL_EPOCH = 25_569;

const within =
  (low: number, high: number, toMs: (value: number) => number) =>
  (text: string): number => {
    const trimmed = text.trim();
    const value = /^\d{1,19}(?:\.\d{1,12})?$/.test(trimmed) ? Number(trimmed) : NaN;
    return value >= low && value < high ? toMs(value) : NaN;
  };
const since1970 = (unit: string, perMs: number): TimeCount => ({
  why: `dates counted in ${unit} since 1970`,
  isInstant: true,
  read: within(5e11 * perMs, 4.2e12 * perMs, (value) => Math.floor(value / perMs)),
});
const clocks: TimeCount[] = [
  since1970('seconds', 1e-3),
  since1970('milliseconds', 1),
  since1970('microseconds', 1e3),
  since1970('nanoseconds', 1e6),
];
const serials: TimeCount = {
  why: 'dates as a spreadsheet counts them, in days since 1900',
  isInstant: false,
  read: within(20_000, 80_000, (value) => Math.round(((value - SERIAL_EPOCH) * DAY_MS) / 1000) * 1000),
};

const timeWords =
  /\b(time|timestamp|ts|date|datetime|datum|fecha|day|created|updated|at|when|epoch|zeit|zeitpunkt|zeitstempel|heure|hora|tijd)\b|(date|datum|zeit|fecha|time|tijd)$/;
const dayWords = /\b(date|datum|fecha|day|created|at)\b|(date|datum|fecha)$/;
const lengthWords = /\b(duration|seconds?|secs?|minutes?|hours?|ms|elapsed|spent|total|number|count)\b/;

/** How a column of bare numbers counts time; null where its name speaks of none, unless dates were asked for. */
export function findTimeCount(column: ColumnProfile, isForced: boolean): TimeCount | null {
  const words = headerWords(column.name);
  const isNamed = (pattern: RegExp) => isForced || (pattern.test(words) && !lengthWords.test(words));
  const candidates = [...(isNamed(timeWords) ? clocks : []), ...(isNamed(dayWords) ? [serials] : [])];
  return (
    candidates.find(({ read }) => {
      let n = 0;
      const isFit = visitUntilHopeless(column, false, (code) => {
        const isRead = !Number.isNaN(read(column.levels[code]!));
        if (isRead) n++;
        return isRead;
      });
      return isFit && n > 0;
    }) ?? null
  );
}
