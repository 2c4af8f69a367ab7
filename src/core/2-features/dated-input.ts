import type { Collected } from '../1-collect/collected';
import type { Subscriptions } from '../1-collect/canonical';
import { AppError } from '../kit/errors';
import type { FeatureTable, Target } from './feature-table';
import { groupRows, type Grouped } from './group-rows';
import { DAY } from './history';

export type DatedTarget = Extract<Target, { kind: 'cancel' | 'upgrade' | 'event' }>;

/** What a target needs: when its data begin and end (ms), who can have the event at a date, and who did within `until`. */
export type Labeller = {
  target: DatedTarget;
  from: number;
  to: number;
  isIn(customer: number, asOf: number): boolean;
  happens(customer: number, asOf: number, until: number): boolean;
};

const monthDays = 365.25 / 12;
/** Prices are told to the cent; a month's worth of another interval is not. */
const sameMoney = 1.005;

/** First and last of the times there are, whoever they belong to. */
function rangeOf(columns: (Float64Array | null)[]): [number, number] {
  let [from, to] = [Infinity, -Infinity];
  for (const times of columns)
    times?.forEach((time) => {
      if (time < from) from = time;
      if (time > to) to = time;
    });
  return [from, to];
}

const ownRows = ({ starts, rows }: Grouped, customer: number): Int32Array =>
  rows.subarray(starts[customer]!, starts[customer + 1]!);

/** Whether a subscription has begun by `time` and not ended by then. */
const runsAt = ({ start, end }: Subscriptions, row: number, time: number): boolean =>
  start[row]! <= time && !(end !== null && end[row]! <= time);

/** Money a month of what runs at `time`. */
function moneyAt(table: Subscriptions, own: Int32Array, time: number): number {
  let total = 0;
  for (const row of own) {
    if (!runsAt(table, row, time)) continue;
    const days = table.intervalDays?.[row];
    total += (table.amount![row]! || 0) * (days && days > 0 ? monthDays / days : 1);
  }
  return total;
}

/** Contracts: whose subscriptions run at the date, and all have ended, or cost more, within the horizon. */
function labelSubscriptions(
  { subscriptions: table, customerIds, ...rest }: Collected,
  target: Extract<DatedTarget, { kind: 'cancel' | 'upgrade' }>,
): Labeller {
  if (!table || (target.kind === 'cancel' && !table.end?.some(Number.isFinite)))
    throw new AppError('NoSubscriptions', target.kind);
  if (target.kind === 'upgrade' && !table.amount) throw new AppError('NoSubscriptionPrices');
  const grouped = groupRows(table.customer, table.start, Infinity, customerIds.length);
  const [from, last] = rangeOf([table.start]);
  // Ends that are agreed for later have not been seen: the books end with the last thing that happened elsewhere.
  const [, seen] = rangeOf([rest.events?.time ?? null, rest.lines?.time ?? null, rest.touches?.time ?? null]);
  const [, ended] = rangeOf([table.end]);
  const to = Math.max(last, seen > -Infinity ? seen : ended);
  const isIn = (customer: number, asOf: number) =>
    ownRows(grouped, customer).some((row) => runsAt(table, row, asOf));
  const cancels = (own: Int32Array, _: number, until: number) =>
    !own.some((row) => runsAt(table, row, until));
  const movesUp = (own: Int32Array, asOf: number, until: number) => {
    const before = moneyAt(table, own, asOf) * sameMoney;
    return own.some((row) => {
      const time = table.start[row]!;
      return time > asOf && time <= until && moneyAt(table, own, time) > before;
    });
  };
  const judge = target.kind === 'cancel' ? cancels : movesUp;
  const happens: Labeller['happens'] = (customer, asOf, until) =>
    judge(ownRows(grouped, customer), asOf, until);
  return { target, from, to, isIn, happens };
}

/** When each customer was first seen in any table, ms; Infinity = never. */
function firstSeen({ customerIds, lines, events, touches, subscriptions }: Collected): Float64Array {
  const first = new Float64Array(customerIds.length).fill(Infinity);
  const see = (customers: Int32Array, times: Float64Array) =>
    customers.forEach((customer, row) => {
      if (customer >= 0 && times[row]! < first[customer]!) first[customer] = times[row]!;
    });
  for (const table of [lines, events, touches]) if (table) see(table.customer, table.time);
  if (subscriptions) see(subscriptions.customer, subscriptions.start);
  return first;
}

/** Any event: customers seen by the date, and whether one of that name came within the horizon. */
function labelEvents(collected: Collected, target: Extract<DatedTarget, { kind: 'event' }>): Labeller {
  const { events, customerIds } = collected;
  const wanted = target.name.trim().toLowerCase();
  const code = events?.name.levels.findIndex((level) => level.trim().toLowerCase() === wanted) ?? -1;
  if (!events || code < 0) throw new AppError('NoSuchEvent', target.name, events?.name.levels ?? []);
  const [from, to] = rangeOf([events.time]);
  const times = events.time.map((time, row) => (events.name.codes[row] === code ? time : NaN));
  const grouped = groupRows(events.customer, times, Infinity, customerIds.length);
  const first = firstSeen(collected);
  return {
    target: { kind: 'event', name: events.name.levels[code]! },
    from,
    to,
    isIn: (customer, asOf) => first[customer]! <= asOf,
    happens: (customer, asOf, until) =>
      ownRows(grouped, customer).some((row) => times[row]! > asOf && times[row]! <= until),
  };
}

export const createDatedLabeller = (collected: Collected, target: DatedTarget): Labeller =>
  target.kind === 'event' ? labelEvents(collected, target) : labelSubscriptions(collected, target);

/** The rows of the table that the event can come to, and whether it came in (asOf, asOf + horizon]. */
export function labelTable(
  table: FeatureTable,
  { isIn, happens }: Labeller,
  asOf: number,
  horizonDays: number,
) {
  const kept = keepCustomers(table, (customer) => isIn(customer, asOf));
  const until = asOf + horizonDays * DAY;
  const label = Uint8Array.from(kept.customers, (customer) => Number(happens(customer, asOf, until)));
  return { table: kept, label };
}

/** The rows of these customers alone. */
export function keepCustomers(table: FeatureTable, isKept: (customer: number) => boolean): FeatureTable {
  const rows = Int32Array.from(table.customers.keys()).filter((row) => isKept(table.customers[row]!));
  return {
    ...table,
    customers: rows.map((row) => table.customers[row]!),
    features: table.features.map(({ definition, values }) => ({
      definition,
      values: Float64Array.from(rows, (row) => values[row]!),
    })),
  };
}
