import type { TouchKind, Touches } from './canonical';
import type { Issue } from './collected';
import { createIndex, type Index } from './customer-ids';
import { type Column, columnOf, type ReadTable } from './read-table';
import { hashRows } from './row-hashes';
import { createTally, type Reading, type Reason, sayOf } from './row-tally';
import { sortByTime } from './sort-times';
import { claim, type CustomerOf, findColumn, spreadTimes } from './spread-columns';
import { isTouchWord, touchChannelOf, touchKindOf } from './touch-kinds';
import { hasHave, isAre, plural, wasWere } from './wording';

type Touch = { customer: number; time: number; kind: TouchKind; channel: number; key: string };

const noPerson: Reason = {
  kind: 'touches without a customer',
  severity: 'warning',
  role: 'customer',
  sentence: (n) => `${hasHave(n)} no customer of the other files and ${isAre(n)} not used.`,
};
const noTime: Reason = {
  kind: 'touches without a time',
  severity: 'warning',
  role: 'time',
  sentence: (n) => `${hasHave(n)} no readable time and ${isAre(n)} not used.`,
};
const noKind: Reason = {
  kind: 'touches of another kind',
  severity: 'info',
  role: 'event',
  sentence: (n) =>
    `${isAre(n)} neither sent, opened, clicked, answered, called nor unsubscribed and ${wasWere(n)} left out.`,
};
const repeated: Reason = {
  kind: 'touches twice',
  severity: 'warning',
  role: null,
  sentence: (n) => `repeat${n === 1 ? 's' : ''} an earlier touch in every column and ${wasWere(n)} left out.`,
};

/**
 * What was sent to people and what came of it, oldest first: from files of touches, and from events named after
 * messages ("Opened Email"), whose rows are counted as used with the events.
 */
export function readTouches(
  tables: ReadTable[],
  eventTables: ReadTable[],
  customerOf: CustomerOf,
): Reading<Touches> | null {
  const channels = createIndex();
  const used = new Map<number, number>();
  const issues: Issue[] = [];
  const seen = new Set<string>();
  const touches: Touch[] = [];
  for (const table of [...tables, ...eventTables.filter(namesTouches)]) {
    const isMessage = tables.includes(table);
    const tally = createTally(table);
    const before = touches.length;
    const rowTouches = touchesByRow(table, customerOf, channels, isMessage);
    for (let row = 0; row < table.profile.nRows; row++) {
      const found = rowTouches(row);
      const fresh = Array.isArray(found) ? found.filter(({ key }) => !seen.has(key)) : [];
      if (!Array.isArray(found)) tally.leaveOut(found, row);
      else if (fresh.length === 0) tally.leaveOut(repeated, row);
      for (const touch of fresh) {
        seen.add(touch.key);
        touches.push(touch);
      }
    }
    if (!isMessage) continue;
    const n = touches.length - before;
    used.set(table.index, tally.used());
    issues.push(...tally.issues(), sayOf(table, 'touches read', n, `${plural(n, 'touch', 'touches')} read.`));
  }
  if (tables.length === 0 && touches.length === 0) return null;
  return { found: sortTouches(touches, channels), used, issues };
}

const namesTouches = (table: ReadTable): boolean =>
  columnOf(table, 'event')?.profile.levels.some((text) => touchKindOf(text) !== null) ?? false;

type RowTouches = (row: number) => Touch[] | Reason;

/** How the rows of a file tell of touches: by a column of kinds, or by one date column for each kind. */
function touchesByRow(
  table: ReadTable,
  customerOf: CustomerOf,
  channels: Index,
  isMessage: boolean,
): RowTouches {
  const customer = customerOf(table);
  const { low, high } = hashRows(table);
  const named = columnOf(table, 'channel');
  const channelOf = (row: number, text: string) =>
    channels.of(touchChannelOf(named ? `${levelOf(named, row)} ${text}` : text));
  const make = (row: number, time: number, kind: TouchKind, text: string): Touch => ({
    customer: customer[row]!,
    time,
    kind,
    channel: channelOf(row, text),
    key: `${customer[row]}|${time}|${kind}|${low[row]}|${high[row]}`,
  });
  const kinds = kindColumn(table, isMessage);
  const dated = kinds || !isMessage ? [] : datedKinds(table);
  const time = kinds && spreadTimes(findColumn(table, 'time', /\b(time|date|timestamp|at)$/));
  const byLevel = kinds?.profile.levels.map((text) => touchKindOf(text, isMessage));
  return (row) => {
    if (customer[row]! < 0) return noPerson;
    if (!kinds) {
      const found = dated.filter(({ times }) => !Number.isNaN(times[row]!));
      return found.length > 0
        ? found.map(({ times, kind, words }) => make(row, times[row]!, kind, words))
        : noTime;
    }
    const kind = byLevel![kinds.profile.codes[row]!];
    if (!kind) return noKind;
    const at = time?.[row] ?? NaN;
    return Number.isNaN(at) ? noTime : [make(row, at, kind, levelOf(kinds, row))];
  };
}

const levelOf = ({ profile }: Column, row: number): string => profile.levels[profile.codes[row]!]!;

function kindColumn(table: ReadTable, isMessage: boolean): Column | undefined {
  const named = columnOf(table, 'event');
  if (named || !isMessage) return named;
  const found = table.columns.find(
    ({ profile, dates, numbers }) =>
      !dates && !numbers && profile.nDistinct <= 50 && profile.levels.some((text) => isTouchWord(text)),
  );
  if (found) claim(found, 'event', 'its values are kinds of touches');
  return found;
}

/** "Sent at", "Opened at": a date for each kind of touch. */
function datedKinds(table: ReadTable) {
  return table.columns.flatMap((column) => {
    const kind = touchKindOf(column.reading.name, true);
    const times = kind && spreadTimes(column);
    return times ? [{ kind, times, words: column.words }] : [];
  });
}

function sortTouches(touches: Touch[], channels: Index): Touches {
  const rows = sortByTime(Float64Array.from(touches, ({ time }) => time));
  const at = (row: number) => touches[row]!;
  return {
    nRows: rows.length,
    customer: Int32Array.from(rows, (row) => at(row).customer),
    time: Float64Array.from(rows, (row) => at(row).time),
    channel: { codes: Int32Array.from(rows, (row) => at(row).channel), levels: channels.texts },
    kinds: Array.from(rows, (row) => at(row).kind),
  };
}
