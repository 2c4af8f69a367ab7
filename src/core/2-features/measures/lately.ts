import { DAY, type OrderHistory } from '../history';
import { type OrderMeasure, perCustomer, sum } from './order-measure';

const windowDays = 90;

export const trend: OrderMeasure = {
  definition: {
    name: 'trend',
    label: 'orders now against before',
    unit: 'ratio',
    formula: '(orders in the last 90 days + 1) / (orders in the 90 days before + 1)',
    source: 'order date',
    high: 'picking up',
    low: 'slowing down',
  },
  compute: (history) =>
    perCustomer(history, (_, first, end) => {
      const now = firstSince(history, first, end, windowDays);
      const before = firstSince(history, first, now, 2 * windowDays);
      return (end - now + 1) / (now - before + 1);
    }),
};

export const orders90: OrderMeasure = {
  definition: {
    name: 'orders90',
    label: 'orders in the last 90 days',
    unit: 'orders',
    formula: 'count of orders in the 90 days up to the as-of day',
    source: 'order date, order number',
    high: 'active lately',
    low: 'inactive lately',
  },
  compute: (history) =>
    perCustomer(history, (_, first, end) => end - firstSince(history, first, end, windowDays)),
};

export const spend90: OrderMeasure = {
  definition: {
    name: 'spend90',
    label: 'spend in the last 90 days',
    unit: 'money',
    formula: 'sum of what was bought in the 90 days up to the as-of day, before refunds',
    source: 'order date, amount',
    high: 'spending lately',
    low: 'not spending lately',
  },
  compute: (history) =>
    perCustomer(history, (_, first, end) =>
      sum(history.gross, firstSince(history, first, end, windowDays), end),
    ),
};

/** The first of the orders `first` to `end - 1` in the last `days` days; `end` when there is none. */
function firstSince({ time, asOf }: OrderHistory, first: number, end: number, days: number): number {
  let i = end;
  while (i > first && time[i - 1]! > asOf - days * DAY) i--;
  return i;
}
