import type { Coded, Events } from './canonical';
import { UNSAID } from './event-channels';
import { createEventIndexes, type EventIndexes, type EventRows, readEventRows } from './event-rows';
import type { Issue } from './collected';
import type { ReadTable } from './read-table';
import { type Reading, sayOf } from './row-tally';
import { cutSessions, renumberSessions } from './sessions';
import { sortByKey, sortByTime } from './sort-times';
import { type CustomerOf, takeCodes, takeNumbers } from './spread-columns';
import { count, hasHave, plural, wasWere } from './wording';

/** All files of events as one table, oldest first. Visitors nobody knows keep their sessions and have customer -1. */
export function readEvents(tables: ReadTable[], customerOf: CustomerOf): Reading<Events> | null {
  if (tables.length === 0) return null;
  const indexes = createEventIndexes();
  const parts = tables.map((table) => readEventRows(table, customerOf, indexes));
  const { all, nPersons } = joinRows(parts, indexes);
  const byTime = sortByTime(all.time);
  const byPerson = sortByKey(byTime, nPersons, (row) => all.person[row]!);
  const isRepeat = markRepeats(byPerson, all, parts);
  const { session, nSessions } = cutSessions(without(byPerson, isRepeat), all.person, all.time, all.session);
  const rows = without(byTime, isRepeat);
  const sessions = renumberSessions(
    Int32Array.from(rows, (row) => session[row]!),
    nSessions,
  );
  const found: Events = {
    nRows: rows.length,
    customer: takeCodes(all.customer, rows),
    time: takeNumbers(all.time, rows),
    name: { codes: takeCodes(all.name, rows), levels: indexes.name.texts },
    channel: all.channel && nameChannels(all.channel, rows, sessions, nSessions, indexes),
    session: sessions,
    nSessions,
    value: all.value && takeNumbers(all.value, rows),
    nRepeated: byTime.length - rows.length,
  };
  return { found, ...tellRows(parts, all, isRepeat, found) };
}

type Joined = {
  part: Uint16Array;
  row: Uint32Array;
  customer: Int32Array;
  /** A customer, or behind them a visitor nobody knows. */
  person: Int32Array;
  time: Float64Array;
  name: Int32Array;
  channel: Int32Array | null;
  session: Int32Array | null;
  value: Float64Array | null;
};

/** The kept rows of all files behind one another; columns that a file lacks are empty for its rows. */
function joinRows(parts: EventRows[], { visitor }: EventIndexes): { all: Joined; nPersons: number } {
  const n = parts.reduce((sum, { kept }) => sum + kept.length, 0);
  const has = (key: 'channel' | 'session' | 'value') => parts.some((part) => part[key] !== null);
  const all: Joined = {
    part: new Uint16Array(n),
    row: new Uint32Array(n),
    customer: new Int32Array(n),
    person: new Int32Array(n),
    time: new Float64Array(n),
    name: new Int32Array(n),
    channel: has('channel') ? new Int32Array(n).fill(-1) : null,
    session: has('session') ? new Int32Array(n).fill(-1) : null,
    value: has('value') ? new Float64Array(n).fill(NaN) : null,
  };
  const owners = findOwners(parts, visitor.texts.length);
  let nCustomers = 0;
  for (const { customer } of parts)
    for (const index of customer) nCustomers = Math.max(nCustomers, index + 1);
  let at = 0;
  parts.forEach((part, p) => {
    for (const row of part.kept) {
      const seen = part.visitor?.[row] ?? -1;
      const customer =
        part.customer[row]! >= 0 || seen < 0 ? part.customer[row]! : Math.max(-1, owners[seen]!);
      all.part[at] = p;
      all.row[at] = row;
      all.customer[at] = customer;
      all.person[at] = customer >= 0 ? customer : nCustomers + seen;
      all.time[at] = part.time[row]!;
      all.name[at] = part.name[row]!;
      if (part.channel) all.channel![at] = part.channel[row]!;
      if (part.session) all.session![at] = part.session[row]!;
      if (part.value) all.value![at] = part.value[row]!;
      at++;
    }
  });
  return { all, nPersons: nCustomers + visitor.texts.length };
}

/** The only customer a visitor id was ever seen with; -1 none, -2 several: then nobody's visits are given to another. */
function findOwners(parts: EventRows[], nVisitors: number): Int32Array {
  const owners = new Int32Array(nVisitors).fill(-1);
  for (const { kept, customer, visitor } of parts)
    for (const row of kept) {
      const seen = visitor?.[row] ?? -1;
      const who = customer[row]!;
      if (seen < 0 || who < 0) continue;
      owners[seen] = owners[seen] === -1 || owners[seen] === who ? who : -2;
    }
  return owners;
}

/** Marks rows that say the same as an earlier one in every column: same person, same time, same file or another. */
function markRepeats(byPerson: Uint32Array, all: Joined, parts: EventRows[]): Uint8Array {
  const isRepeat = new Uint8Array(byPerson.length);
  const seen = new Map<number, number>();
  for (let i = 1; i < byPerson.length; i++) {
    const row = byPerson[i]!;
    const before = byPerson[i - 1]!;
    if (all.person[row] !== all.person[before] || all.time[row] !== all.time[before]) {
      if (seen.size > 0) seen.clear();
      continue;
    }
    if (seen.size === 0) seen.set(keyOf(before, all, parts), all.part[before]!);
    const key = keyOf(row, all, parts);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, all.part[row]!);
    else if (first !== all.part[row] || parts[first]!.hasClock) isRepeat[row] = 1;
  }
  return isRepeat;
}

function keyOf(at: number, all: Joined, parts: EventRows[]): number {
  const { low, high } = parts[all.part[at]!]!.hashes;
  const row = all.row[at]!;
  return (low[row]! >>> 0) * 0x200000 + (high[row]! >>> 11);
}

/** Rows that do not say where the visit came from take it from the visit's first row that does; else it is direct. */
function nameChannels(
  channel: Int32Array,
  rows: Uint32Array,
  session: Int32Array,
  nSessions: number,
  { channel: channels }: EventIndexes,
): Coded {
  const first = new Int32Array(nSessions).fill(-1);
  const codes = takeCodes(channel, rows);
  for (let i = 0; i < codes.length; i++)
    if (codes[i]! >= 0 && first[session[i]!] === -1) first[session[i]!] = codes[i]!;
  for (let i = 0; i < codes.length; i++) {
    if (codes[i]! >= 0) continue;
    const inherited = first[session[i]!]!;
    codes[i] = inherited === -1 && codes[i] === UNSAID ? channels.of('direct') : inherited;
  }
  return { codes, levels: channels.texts };
}

/** The rows that are no repeats, in their order. */
function without(rows: Uint32Array, isRepeat: Uint8Array): Uint32Array {
  const kept = new Uint32Array(rows.length);
  let n = 0;
  for (let i = 0; i < rows.length; i++) if (!isRepeat[rows[i]!]) kept[n++] = rows[i]!;
  return kept.subarray(0, n);
}

function tellRows(parts: EventRows[], all: Joined, isRepeat: Uint8Array, events: Events) {
  const repeats = new Array<number>(parts.length).fill(0);
  const anonymous = repeats.slice();
  for (let at = 0; at < isRepeat.length; at++) {
    if (isRepeat[at]) repeats[all.part[at]!]!++;
    else if (all.customer[at]! < 0) anonymous[all.part[at]!]!++;
  }
  const used = new Map(parts.map(({ table, tally }, p) => [table.index, tally.used() - repeats[p]!]));
  const issues: Issue[] = parts.flatMap(({ table, tally }, p) => [
    ...tally.issues(),
    ...tellRepeats(table, repeats[p]!),
    ...tellAnonymous(table, anonymous[p]!),
  ]);
  const [first] = parts;
  const sentence = `${plural(events.nRows, 'event')} in ${plural(events.nSessions, 'visit')}; a visit ends after 30 minutes of silence.`;
  issues.push(sayOf(first!.table, 'events read', events.nRows, sentence));
  return { used, issues };
}

function tellRepeats(table: ReadTable, n: number): Issue[] {
  if (n === 0) return [];
  const verb = n === 1 ? 'repeats' : 'repeat';
  const sentence = `${plural(n, 'event')} ${verb} an earlier one in person, time and every other column and ${wasWere(n)} left out; the same event counts once.`;
  return [{ ...sayOf(table, 'events twice', n, sentence), severity: 'warning' }];
}

function tellAnonymous(table: ReadTable, n: number): Issue[] {
  if (n === 0) return [];
  const sentence = `${count(n)} of ${plural(table.profile.nRows, 'event')} ${hasHave(n)} a visitor nobody knows; they count as visits and for no customer.`;
  return [sayOf(table, 'events of unknown visitors', n, sentence)];
}
