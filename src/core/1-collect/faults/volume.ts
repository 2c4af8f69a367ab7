import { dayOf, isoDay } from '../read-date';
import { columnOf, type ReadTable } from '../read-table';
import { count, plural } from '../wording';
import { countDays } from './dates';
import { type Fault, type Scene, unwanted } from './fault';

const DAY_MS = 86_400_000;

/** Rows on each day of all order files together, the days in order. */
function rowsByDay({ sorted }: Scene): [number, number][] {
  const rowsOf = new Map<number, number>();
  for (const table of sorted.lines) {
    const column = columnOf(table, 'time');
    for (const [day, rows] of column?.dates ? countDays(column, column.dates.values) : [])
      rowsOf.set(day, (rowsOf.get(day) ?? 0) + rows);
  }
  return [...rowsOf].sort((a, b) => a[0] - b[0]);
}

/** The rows of a table whose day the test picks. */
function rowsOn(table: ReadTable, holds: (day: number) => boolean): Uint8Array {
  const { dates, profile } = columnOf(table, 'time')!;
  const isOn = dates!.values.map((value) => (holds(dayOf(value)) ? 1 : 0));
  return Uint8Array.from(profile.codes, (code) => isOn[code]!);
}

const day = (at: number): string => isoDay(at * DAY_MS);
const isDated = (table: ReadTable, { sorted }: Scene): boolean =>
  sorted.lines.includes(table) && Boolean(columnOf(table, 'time')?.dates);

const SILENT_DAYS = 25;
const TIMES_USUAL = 4;

export const silentWeeks: Fault = {
  id: 'weeks without orders',
  dimension: 'volume',
  find(table, scene) {
    if (!isDated(table, scene)) return [];
    const days = rowsByDay(scene);
    const most = days.reduce((sum, [, rows]) => sum + rows, 0) * 0.02;
    const gaps = days.slice(1).map(([at], i) => ({ from: days[i]![0] + 1, length: at - days[i]![0] - 1 }));
    gaps.sort((a, b) => b.length - a.length);
    const [gap, next] = gaps;
    if (!gap || !next || days.length < 60) return [];
    const usual = gaps.reduce((sum, { length }) => sum + length, 0) - gap.length;
    const isDense = usual < days.length * 2;
    if (!isDense || gap.length < SILENT_DAYS || gap.length < TIMES_USUAL * (next.length + 1)) return [];
    const before = days.filter(([at]) => at < gap.from).reduce((sum, [, rows]) => sum + rows, 0);
    const after = days.filter(([at]) => at >= gap.from).reduce((sum, [, rows]) => sum + rows, 0);
    if (Math.min(before, after) < most) return [];
    const isLater = after >= before;
    const marks = rowsOn(table, (at) => (isLater ? at < gap.from : at >= gap.from));
    return unwanted(columnOf(table, 'time')!, marks, {
      isSafe: false,
      label: `Use only the orders ${isLater ? 'after' : 'before'} the gap`,
      says: (n) =>
        `no orders for ${plural(gap.length, 'day')} from ${day(gap.from)} on, where ${plural(next.length, 'day')} ${next.length === 1 ? 'was' : 'were'} the longest silence otherwise: a part of the export may be missing. ${plural(n, 'row')} lie ${isLater ? 'before' : 'after'} it.`,
    });
  },
};

const TIMES_MEDIAN = 15;
const TIMES_NEXT = 4;
const FEWEST = 50;

export const crowdedDays: Fault = {
  id: 'a day with too many orders',
  dimension: 'volume',
  find(table, scene) {
    if (!isDated(table, scene)) return [];
    const days = rowsByDay(scene).sort((a, b) => b[1] - a[1]);
    const [top, next] = days;
    if (!top || !next || days.length < 30) return [];
    const median = days[days.length >> 1]![1];
    if (top[1] < Math.max(FEWEST, TIMES_MEDIAN * median) || top[1] < TIMES_NEXT * next[1]) return [];
    return unwanted(
      columnOf(table, 'time')!,
      rowsOn(table, (at) => at === top[0]),
      {
        isSafe: false,
        label: 'Leave the rows of this day out',
        says: (n) =>
          `${plural(n, 'row')} on ${day(top[0])} alone, where ${count(median)} a day are usual: orders may have been carried over from another system under one date.`,
      },
    );
  },
};
