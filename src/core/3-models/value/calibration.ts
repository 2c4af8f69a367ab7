import type { PurchaseHistory } from '../../2-features/purchase-history';
import { type Triples, uniqueTriples } from './triples';

export const daysAWeek = 7;

/** What was known of each customer on a day, in weeks; `rows` index the history's customers. */
export type Calibration = {
  lastDay: number;
  rows: Int32Array;
  x: Float64Array;
  tx: Float64Array;
  T: Float64Array;
  triples: Triples;
};

/** The history as it stood at the end of `lastDay`, of everyone who had bought by then. */
export function calibrate({ offsets, day }: PurchaseHistory, lastDay: number): Calibration {
  const nCustomers = offsets.length - 1;
  const rows: number[] = [];
  const [x, tx, T]: [number[], number[], number[]] = [[], [], []];
  for (let c = 0; c < nCustomers; c++) {
    const first = day[offsets[c]!]!;
    if (first > lastDay) continue;
    const end = firstAfter(day, offsets[c]!, offsets[c + 1]!, lastDay);
    rows.push(c);
    x.push(end - offsets[c]! - 1);
    tx.push((day[end - 1]! - first) / daysAWeek);
    T.push((lastDay - first) / daysAWeek);
  }
  const triples = uniqueTriples(x, tx, T);
  const [xs, txs, Ts] = [x, tx, T].map((values) => Float64Array.from(values)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return { lastDay, rows: Int32Array.from(rows), x: xs, tx: txs, T: Ts, triples };
}

/** Place of the first of the rising days `from` to `to - 1` that is after `last`. */
export function firstAfter(day: Int32Array, from: number, to: number, last: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (day[middle]! <= last) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Purchases of each calibrated customer after its last day, up to `until`. */
export const purchasesAfter = (
  { offsets, day }: PurchaseHistory,
  { rows, lastDay }: Calibration,
  until: number,
): Float64Array =>
  Float64Array.from(rows, (c) => {
    const [from, to] = [offsets[c]!, offsets[c + 1]!];
    return firstAfter(day, from, to, until) - firstAfter(day, from, to, lastDay);
  });

export const firstDayOf = ({ day }: PurchaseHistory): number =>
  day.reduce((a, b) => Math.min(a, b), Infinity);
