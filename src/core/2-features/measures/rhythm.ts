import { DAY, type OrderHistory } from '../history';
import { orTypical } from './measure';
import { dayOf, type OrderMeasure, orderMeasure, perCustomer } from './order-measure';
import { recency } from './rfm';

export const tenure: OrderMeasure = {
  definition: {
    name: 'tenure',
    label: 'days since first order',
    unit: 'days',
    formula: 'calendar days from the day of the first order to the as-of day',
    source: 'order date',
    high: 'long-standing customers',
    low: 'new customers',
  },
  compute: (history) => {
    const asOfDay = dayOf(history.asOf);
    return perCustomer(history, (_, first) => asOfDay - dayOf(history.time[first]!));
  },
};

export const activeSpan = orderMeasure(
  {
    name: 'activeSpan',
    label: 'days from first to last order',
    unit: 'days',
    formula: 'calendar days from the day of the first order to the day of the last',
    source: 'order date',
    high: 'customers for long',
    low: 'came once or briefly',
  },
  ({ time }, first, end) => dayOf(time[end - 1]!) - dayOf(time[first]!),
);

export const orderDays = orderMeasure(
  {
    name: 'orderDays',
    label: 'different days with an order',
    unit: 'number',
    formula: 'count of calendar days with at least one order',
    source: 'order date',
    high: 'came on many days',
    low: 'came on few days',
  },
  ({ time }, first, end) => {
    let days = 1;
    for (let i = first + 1; i < end; i++) if (dayOf(time[i]!) > dayOf(time[i - 1]!)) days++;
    return days;
  },
);

export const gapMean: OrderMeasure = {
  definition: {
    name: 'gapMean',
    label: 'usual days between orders',
    unit: 'days',
    formula:
      'days from first to last order, divided by orders minus 1; with one order, the median of all customers with two or more',
    source: 'order date',
    high: 'slow rhythm',
    low: 'quick rhythm',
  },
  compute: (history) =>
    fromOrders(history, 2, (first, end) => {
      return (history.time[end - 1]! - history.time[first]!) / DAY / (end - first - 1);
    }),
};

export const gapSpread: OrderMeasure = {
  definition: {
    name: 'gapSpread',
    label: 'unevenness of days between orders',
    unit: 'days',
    formula:
      'standard deviation of the days between orders; with fewer than three orders, the median of all customers with three or more',
    source: 'order date',
    high: 'irregular buyers',
    low: 'steady buyers',
  },
  compute: (history) =>
    fromOrders(history, 3, (first, end) => {
      const { time } = history;
      const mean = (time[end - 1]! - time[first]!) / (end - first - 1);
      let squares = 0;
      for (let i = first + 1; i < end; i++) squares += (time[i]! - time[i - 1]! - mean) ** 2;
      return Math.sqrt(squares / (end - first - 1)) / DAY;
    }),
};

export const gapRatio: OrderMeasure = {
  definition: {
    name: 'gapRatio',
    label: 'silence compared with own rhythm (times)',
    unit: 'ratio',
    formula: 'days since last order, divided by usual days between orders (at least 1 day)',
    source: 'order date',
    high: 'overdue',
    low: 'on schedule',
  },
  compute: (history) => {
    const gaps = gapMean.compute(history);
    return recency.compute(history).map((days, c) => days / Math.max(1, gaps[c]!));
  },
};

/** `value` for customers with at least `needed` orders; the others get the median of those. */
export function fromOrders(
  history: OrderHistory,
  needed: number,
  value: (first: number, end: number) => number,
): Float64Array {
  return orTypical(perCustomer(history, (_, first, end) => (end - first < needed ? NaN : value(first, end))));
}
