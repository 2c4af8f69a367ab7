import { DAY } from '../history';
import { type OrderMeasure, perCustomer, sum } from './order-measure';

export const averageOrder: OrderMeasure = {
  definition: {
    name: 'averageOrder',
    label: 'average order value',
    unit: 'money',
    formula: 'sum of what was bought, before refunds, divided by number of orders',
    source: 'amount, order number',
    high: 'big baskets',
    low: 'small baskets',
  },
  compute: (history) =>
    perCustomer(history, (_, first, end) => sum(history.gross, first, end) / (end - first)),
};

export const itemsPerOrder: OrderMeasure = {
  definition: {
    name: 'itemsPerOrder',
    label: 'items per order',
    unit: 'items',
    formula: 'sum of quantities bought, divided by number of orders',
    source: 'quantity, order number',
    high: 'many items at once',
    low: 'few items at once',
  },
  isAvailable: (lines) => lines.quantity !== null,
  compute: (history) =>
    perCustomer(history, (_, first, end) => sum(history.items, first, end) / (end - first)),
};

export const weekendShare: OrderMeasure = {
  definition: {
    name: 'weekendShare',
    label: 'share of orders at weekends',
    unit: 'share',
    formula: '(orders on a Saturday or Sunday + 2/7) / (number of orders + 1), so that one order says little',
    source: 'order date',
    high: 'weekend shoppers',
    low: 'weekday shoppers',
  },
  compute: (history) =>
    perCustomer(history, (_, first, end) => {
      let nWeekend = 0;
      for (let i = first; i < end; i++) if (isWeekend(history.time[i]!)) nWeekend++;
      return (nWeekend + 2 / 7) / (end - first + 1);
    }),
};

/** Day 0 of the clock, 1 January 1970, was a Thursday; the outer remainder serves the days before it. */
function isWeekend(time: number): boolean {
  const weekday = (((Math.floor(time / DAY) + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}
