import type { Collected } from '../../1-collect/collected';
import { AppError } from '../../kit/errors';
import { type Grouped, groupRows } from '../group-rows';
import { buildHistory, type OrderHistory } from '../history';
import type { Deed } from './rule';

/** Every time somebody did something by the as-of instant: those of customer k of the file are `starts[k]` on, in no order. */
export type Doings = { starts: Int32Array; time: Float64Array; amount: Float64Array | null };

/** Doings of one data set as of an instant; each kind is gathered when first asked for, and kept. */
export type Behaviour = { doingsOf(what: Deed): Doings };

const mostKept = 40;

export function createBehaviour(collected: Collected, asOf: number, history: OrderHistory | null): Behaviour {
  const kept = new Map<string, Doings>();
  const nCustomers = collected.customerIds.length;
  let orders = history;
  const groupOnce = (table: { customer: Int32Array; time: Float64Array } | undefined) => {
    let grouped: Grouped | null = null;
    return () => (grouped ??= groupRows(table!.customer, table!.time, asOf, nCustomers));
  };
  const groupEvents = groupOnce(collected.events);
  const groupMessages = groupOnce(collected.touches);
  const gather = (what: Deed): Doings => {
    if (what.kind === 'event') return gatherEvents(collected, groupEvents, what.name);
    if (what.kind === 'message') return gatherMessages(collected, groupMessages, what.name);
    if (!collected.lines) throw new AppError('RuleLacks', 'orders', 'orders');
    orders ??= buildHistory(collected.lines, asOf);
    if (what.kind === 'order') return pickOrders(orders, nCustomers, null);
    if (what.kind === 'channel') {
      const code = codeOf(collected.lines.channel?.levels, 'a channel', what.name);
      return pickOrders(orders, nCustomers, code);
    }
    return gatherLines(orders, nCustomers, what);
  };
  const doingsOf = (what: Deed): Doings => {
    const key = JSON.stringify([what.kind, 'name' in what ? what.name : null]);
    const found = kept.get(key) ?? gather(what);
    kept.delete(key);
    kept.set(key, found);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
    return found;
  };
  return { doingsOf };
}

function codeOf(levels: string[] | undefined, what: string, name: string): number {
  const code = levels?.indexOf(name) ?? -1;
  if (code < 0) throw new AppError('RuleLacks', what, name);
  return code;
}

/** Orders by what they cost before anything came back; those of one channel, or all. */
function pickOrders(history: OrderHistory, nCustomers: number, channel: number | null): Doings {
  const { customers, offsets } = history;
  const starts = new Int32Array(nCustomers + 1);
  const time = new Float64Array(history.time.length);
  const amount = new Float64Array(history.time.length);
  let n = 0;
  for (let c = 0, k = 0; k < nCustomers; k++) {
    starts[k] = n;
    if (customers[c] !== k) continue;
    for (let i = offsets[c]!; i < offsets[c + 1]!; i++) {
      if (channel !== null && history.channel[i] !== channel) continue;
      time[n] = history.time[i]!;
      amount[n++] = history.gross[i]!;
    }
    c++;
  }
  starts[nCustomers] = n;
  return { starts, time: time.slice(0, n), amount: amount.slice(0, n) };
}

/** Orders with a product or category in them: when its first line was bought, and what its lines cost together. */
function gatherLines(
  { lines, lineStarts, byCustomer }: OrderHistory,
  nCustomers: number,
  what: { kind: 'product' | 'category'; name: string },
): Doings {
  const codes = lines[what.kind];
  const wanted = codeOf(what.kind === 'product' ? lines.productNames : lines.categoryNames, `a ${what.kind}`, what.name); // prettier-ignore
  const starts = new Int32Array(nCustomers + 1);
  const slotOf = new Int32Array(lines.nOrders).fill(-1);
  const time: number[] = [];
  const amount: number[] = [];
  for (let k = 0; k < nCustomers; k++) {
    const first = (starts[k] = time.length);
    for (let i = lineStarts[k] ?? 0; i < (lineStarts[k + 1] ?? 0); i++) {
      const line = byCustomer[i]!;
      if (codes![line] !== wanted || lines.isRefund[line]) continue;
      const order = lines.order[line]!;
      const slot = order >= 0 && slotOf[order]! >= first ? slotOf[order]! : time.length;
      if (order >= 0) slotOf[order] = slot;
      time[slot] = Math.min(time[slot] ?? Infinity, lines.time[line]!);
      amount[slot] = (amount[slot] ?? 0) + lines.amount[line]!;
    }
  }
  starts[nCustomers] = time.length;
  return { starts, time: Float64Array.from(time), amount: Float64Array.from(amount) };
}

function gatherEvents({ events }: Collected, group: () => Grouped, name: string | null): Doings {
  if (!events) throw new AppError('RuleLacks', 'events', name ?? 'events');
  const code = name === null ? null : codeOf(events.name.levels, 'an event', name);
  return pickRows(
    events.time,
    events.value,
    group(),
    (row) => code === null || events.name.codes[row] === code,
  );
}

function gatherMessages({ touches }: Collected, group: () => Grouped, kind: string): Doings {
  if (!touches) throw new AppError('RuleLacks', 'messages', kind);
  return pickRows(touches.time, null, group(), (row) => touches.kinds[row] === kind);
}

function pickRows(
  times: Float64Array,
  values: Float64Array | null,
  grouped: Grouped,
  isWanted: (row: number) => boolean,
): Doings {
  const nCustomers = grouped.starts.length - 1;
  const starts = new Int32Array(nCustomers + 1);
  const time = new Float64Array(grouped.rows.length);
  const amount = values && new Float64Array(grouped.rows.length);
  let n = 0;
  for (let k = 0; k < nCustomers; k++) {
    for (let i = grouped.starts[k]!; i < grouped.starts[k + 1]!; i++) {
      const row = grouped.rows[i]!;
      if (!isWanted(row)) continue;
      time[n] = times[row]!;
      if (amount) amount[n] = values![row]!;
      n++;
    }
    starts[k + 1] = n;
  }
  return { starts, time: time.slice(0, n), amount: amount && amount.slice(0, n) };
}
