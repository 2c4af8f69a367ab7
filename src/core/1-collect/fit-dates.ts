import type { DateOrder } from './collected';
import {
  collectUnreadable,
  LevelValues,
  NEEDED_SHARE,
  presentReadable,
  type Unreadable,
  visitUntilHopeless,
} from './column-types';
import { dateValue, scanDate, type WrittenDate } from './read-date';
import { plainTime } from './scan-plain-date';
import { findTimeCount } from './time-counts';
import type { ColumnProfile } from './table-profile';

/** A column read as dates: one instant for each distinct text, NaN where missing or unreadable. */
export type DateFit = {
  order: DateOrder;
  isSettled: boolean;
  why: string;
  values: Float64Array;
  /** By distinct text: 1 = an instant (UTC) that the project's clock has yet to tell; null = none is. */
  isInstant: Uint8Array | null;
  unreadable: Unreadable;
  nUnreadable: number;
};

/** By distinct text: the instant where the order of day and month is settled, else what is written. */
type Dates = { settled: Float64Array; open: Map<number, WrittenDate>; isInstant: Uint8Array };

/** The column as dates, one order of day and month for all of it; null when too many values are no dates. */
export function fitDates(
  column: ColumnProfile,
  decided: DateOrder | undefined,
  isForced: boolean,
): DateFit | null {
  const settled = new LevelValues(column.levels.length);
  const open: Dates['open'] = new Map();
  const isInstant = new Uint8Array(column.levels.length);
  let nDates = 0;
  const isFit = visitUntilHopeless(column, isForced, (code) => {
    const plain = plainTime(column.levels[code]!);
    if (!Number.isNaN(plain)) {
      settled.set(code, plain);
      nDates++;
      return true;
    }
    const date = scanDate(column.levels[code]!);
    const isDay =
      date !== null && !(Number.isNaN(dateValue(date, 'dmy')) && Number.isNaN(dateValue(date, 'mdy')));
    if (isDay) {
      if (date.order === 'open') open.set(code, date);
      else settled.set(code, dateValue(date, 'ymd'));
      isInstant[code] = date.isInstant ? 1 : 0;
      nDates++;
    }
    return isDay;
  });
  if (!isFit || nDates === 0) return fitCounts(column, isForced);
  const dates: Dates = { settled: settled.all(), open, isInstant };
  const natural = chooseOrder(column, dates);
  const choice = decided ? takeDecided(column, dates, natural, decided) : natural;
  const values = valuesBy(dates, choice.order);
  const found = collectUnreadable(column, values);
  if (!isForced && !decided && found.nUnreadable > presentReadable(column) * (1 - NEEDED_SHARE)) return null;
  return { ...choice, values, isInstant: dates.isInstant.includes(1) ? dates.isInstant : null, ...found };
}

/** Times as bare numbers: seconds and smaller since 1970, or a spreadsheet's days since 1900. */
function fitCounts(column: ColumnProfile, isForced: boolean): DateFit | null {
  const count = findTimeCount(column, isForced);
  if (!count) return null;
  const values = Float64Array.from(column.levels, (text, code) =>
    column.isMissing[code] ? NaN : count.read(text),
  );
  const isInstant = count.isInstant ? new Uint8Array(values.length).fill(1) : null;
  const found = collectUnreadable(column, values);
  return { order: 'ymd', isSettled: true, why: count.why, values, isInstant, ...found };
}

const firstPart = (order: DateOrder): string =>
  ({ ymd: 'the year first', dmy: 'the day first', mdy: 'the month first' })[order];

function valuesBy({ settled, open }: Dates, order: DateOrder): Float64Array {
  if (open.size === 0) return settled;
  const values = settled.slice();
  for (const [code, date] of open) values[code] = dateValue(date, order);
  return values;
}

/** The person's order of day and month, unless the values cannot be read by it: then they keep their own. */
function takeDecided(
  column: ColumnProfile,
  dates: Dates,
  natural: OrderChoice,
  decided: DateOrder,
): OrderChoice {
  const lost = (order: DateOrder) => collectUnreadable(column, valuesBy(dates, order)).nUnreadable;
  const isYearLast = dates.open.size > 0;
  const isReadable =
    isYearLast === (decided !== 'ymd') &&
    lost(decided) - lost(natural.order) <= presentReadable(column) * (1 - NEEDED_SHARE);
  return isReadable
    ? { order: decided, isSettled: true, why: `dates with ${firstPart(decided)}, as you chose` }
    : { ...natural, why: `${natural.why}; the choice of ${firstPart(decided)} does not apply` };
}

type OrderChoice = { order: DateOrder; isSettled: boolean; why: string };

function chooseOrder(column: ColumnProfile, dates: Dates): OrderChoice {
  let dayFirst = 0;
  let monthFirst = 0;
  let nOpen = 0;
  let decisive = '';
  for (const [code, date] of dates.open) {
    const isDayFirst = !Number.isNaN(dateValue(date, 'dmy'));
    const isMonthFirst = !Number.isNaN(dateValue(date, 'mdy'));
    const rows = column.counts[code]!;
    nOpen += rows;
    if (isDayFirst !== isMonthFirst) {
      if (isDayFirst) dayFirst += rows;
      else monthFirst += rows;
      if (isDayFirst === dayFirst >= monthFirst) decisive = column.levels[code]!;
    }
  }
  if (nOpen === 0)
    return { order: 'ymd', isSettled: true, why: 'dates with the year first or the month by name' };
  if (dayFirst !== monthFirst) {
    const order = dayFirst > monthFirst ? 'dmy' : 'mdy';
    return {
      order,
      isSettled: true,
      why: `dates with ${firstPart(order)}: "${decisive}" reads no other way`,
    };
  }
  return orderByRows(column, dates);
}

/** No date settles it alone: files are mostly written in order of time, so the order with few steps back is the right one. */
function orderByRows(column: ColumnProfile, dates: Dates): OrderChoice {
  const stepsBack = (order: DateOrder): number => {
    const values = valuesBy(dates, order);
    let previous = NaN;
    let back = 0;
    let forward = 0;
    for (let i = 0; i < column.codes.length; i++) {
      const value = values[column.codes[i]!]!;
      if (value < previous) back++;
      if (value > previous) forward++;
      if (!Number.isNaN(value)) previous = value;
    }
    return back + forward < 4 ? NaN : Math.min(back, forward) / (back + forward);
  };
  const dmy = stepsBack('dmy');
  const mdy = stepsBack('mdy');
  const order = mdy < dmy ? 'mdy' : 'dmy';
  const isSettled = Math.min(dmy, mdy) < 0.02 && Math.max(dmy, mdy) > 0.05;
  const why = isSettled ? 'only then are the rows in order of time' : 'nothing in the file settles it';
  return { order, isSettled, why: `dates with ${firstPart(order)}: ${why}` };
}
