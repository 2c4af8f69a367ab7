import { AppError } from '../kit/errors';
import { exampleReadings } from './column-types';
import type { ReadTable } from './read-table';
import { epochMs, isEpoch } from './spread-columns';

/** Zones change their clocks at a quarter of an hour at the earliest. */
const QUARTER_MS = 900_000;

/** True for an IANA name this machine knows, such as Europe/Berlin. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** From an instant (ms UTC) to the wall clock of the zone written as if UTC; summer time as it was on that day. */
export function createClock(timeZone: string): (instant: number) => number {
  if (timeZone === 'UTC') return (instant) => instant;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    era: 'short',
  });
  const offsets = new Map<number, number>();
  const offsetAt = (quarter: number): number => {
    const at = quarter * QUARTER_MS;
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
    const wall = Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    );
    return wall - at;
  };
  return (instant) => {
    if (Number.isNaN(instant)) return NaN;
    const quarter = Math.floor(instant / QUARTER_MS);
    let offset = offsets.get(quarter);
    if (offset === undefined) offsets.set(quarter, (offset = offsetAt(quarter)));
    return instant + offset;
  };
}

/** Moves what was written with an offset or counted from 1970 onto the project's clock; times without one are on it already. */
export function setClock(tables: ReadTable[], timeZone: string | undefined): void {
  if (timeZone === undefined || timeZone === 'UTC') return;
  if (!isTimeZone(timeZone)) throw new AppError('NoSuchTimeZone', timeZone);
  const clock = createClock(timeZone);
  for (const column of tables.flatMap((table) => table.columns)) {
    const { dates, numbers, reading, profile } = column;
    if (!dates && numbers && isEpoch(column))
      column.epochTimes = numbers.values.map((value) => clock(epochMs(value)));
    if (!dates?.isInstant) continue;
    const { isInstant } = dates;
    const values = dates.values.map((value, code) => (isInstant[code] ? clock(value) : value));
    column.dates = { ...dates, values };
    if (reading.type === 'date') reading.examples = exampleReadings(profile, 'date', values);
  }
}
