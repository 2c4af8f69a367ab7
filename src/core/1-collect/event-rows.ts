import { createIndex } from './customer-ids';
import { spreadChannels } from './event-channels';
import { findFarDates } from './far-dates';
import { type Column, columnOf, type ReadTable } from './read-table';
import { hashRows, type RowHashes } from './row-hashes';
import { createTally, type Reason } from './row-tally';
import {
  type CustomerOf,
  findColumn,
  isEpoch,
  spreadCodes,
  spreadNumbers,
  spreadTimes,
} from './spread-columns';
import { touchKindOf } from './touch-kinds';
import { hasHave, isAre, wasWere } from './wording';

export const createEventIndexes = () => ({
  name: createIndex(),
  channel: createIndex(),
  session: createIndex(),
  visitor: createIndex(),
});
export type EventIndexes = ReturnType<typeof createEventIndexes>;

/** One file of events, row by row; `kept` are the rows that say who did something and when. */
export type EventRows = {
  table: ReadTable;
  kept: Uint32Array;
  customer: Int32Array;
  visitor: Int32Array | null;
  time: Float64Array;
  name: Int32Array;
  channel: Int32Array | null;
  session: Int32Array | null;
  value: Float64Array | null;
  hashes: RowHashes;
  /** False when the file tells days only: then what stands in it twice may well have happened twice. */
  hasClock: boolean;
  tally: ReturnType<typeof createTally>;
};

const DAY_MS = 86_400_000;
const times =
  /^(event )?(timestamp|time|date|datetime)( micros| ms| utc)?$|^(sent|received|created|occurred) at$/;
const visitors =
  /\b(user pseudo id|anonymous ?id|anon id|visitor ?id|distinct id|client id|device id|cookie( id)?|full visitor id)$/;
const sessions = /\b(ga session id|session ?id|session|visit ?id)$/;

const noPerson: Reason = {
  kind: 'events without a person',
  severity: 'warning',
  role: 'customer',
  sentence: (n) => `${hasHave(n)} neither a customer nor a visitor id and ${isAre(n)} not used.`,
};
const noTime: Reason = {
  kind: 'events without a time',
  severity: 'warning',
  role: 'time',
  sentence: (n) => `${hasHave(n)} no readable time and ${isAre(n)} not used.`,
};
const farTime: Reason = {
  kind: 'events far from the rest',
  severity: 'warning',
  role: 'time',
  sentence: (n) => `${isAre(n)} dated more than a year away from all others and ${wasWere(n)} set aside.`,
};

/** The clock of an event: to the microsecond where the file has that beside a day. */
const timeColumn = (table: ReadTable): Column | undefined =>
  table.columns.find((column) => column.words === 'event timestamp' && (column.dates ?? isEpoch(column))) ??
  findColumn(table, 'time', times);

export function readEventRows(table: ReadTable, customerOf: CustomerOf, indexes: EventIndexes): EventRows {
  const { nRows } = table.profile;
  const tally = createTally(table);
  const time = spreadTimes(timeColumn(table)) ?? new Float64Array(nRows).fill(NaN);
  const known = columnOf(table, 'customer');
  const visitorColumn = findColumn(table, null, visitors) ?? known;
  const event = findColumn(table, 'event', /^(event( name| type)?|action|activity|interaction|type|name)$/);
  const session = findColumn(table, 'session', sessions);
  const value = findColumn(table, 'amount', /\b(value|revenue|amount)\b/, ({ numbers }) => numbers !== null);
  const rows: EventRows = {
    table,
    kept: new Uint32Array(0),
    customer: known ? customerOf(table) : new Int32Array(nRows).fill(-1),
    visitor: visitorColumn ? spreadCodes(visitorColumn, indexes.visitor) : null,
    time,
    name: event ? spreadCodes(event, indexes.name) : new Int32Array(nRows).fill(indexes.name.of('event')),
    channel: spreadChannels(table, indexes.channel),
    session: session ? spreadCodes(session, indexes.session) : null,
    value: value ? spreadNumbers(value) : null,
    hashes: hashRows(table),
    hasClock: time.some((ms) => ms % DAY_MS !== 0 && !Number.isNaN(ms)),
    tally,
  };
  rows.kept = keepRows(rows, indexes);
  return rows;
}

/** What was merely sent to somebody is no doing of theirs: it is used as a touch and is no event. */
function keepRows(
  { table, customer, visitor, time, name, tally }: EventRows,
  indexes: EventIndexes,
): Uint32Array {
  const isSent = Uint8Array.from(indexes.name.texts, (text) => (touchKindOf(text) === 'sent' ? 1 : 0));
  const isFar = findFarDates(time);
  const kept = new Uint32Array(table.profile.nRows);
  let n = 0;
  for (let i = 0; i < kept.length; i++) {
    if (customer[i]! < 0 && (visitor?.[i] ?? -1) < 0) tally.leaveOut(noPerson, i);
    else if (Number.isNaN(time[i]!)) tally.leaveOut(noTime, i);
    else if (isFar(time[i]!)) tally.leaveOut(farTime, i);
    else if (name[i]! < 0 || !isSent[name[i]!]) kept[n++] = i;
  }
  return kept.slice(0, n);
}
