import { firstSince, type OrderMeasure, orderMeasure, sum } from './order-measure';

const ordersIn = (days: number, high: string, low: string): OrderMeasure =>
  orderMeasure(
    {
      name: `orders${days}`,
      label: `orders in the last ${days} days`,
      unit: 'orders',
      formula: `count of orders in the ${days} days up to the as-of day`,
      source: 'order date, order number',
      high,
      low,
    },
    (history, first, end) => end - firstSince(history, first, end, days),
  );

const spendIn = (days: number, high: string, low: string): OrderMeasure =>
  orderMeasure(
    {
      name: `spend${days}`,
      label: `spend in the last ${days} days`,
      unit: 'money',
      formula: `sum of what was bought in the ${days} days up to the as-of day, before refunds`,
      source: 'order date, amount',
      high,
      low,
    },
    (history, first, end) => sum(history.gross, firstSince(history, first, end, days), end),
  );

/** Plus one on both sides, so that silence on both is 1: as many as before. */
const trendOver = (days: number, name: string, label: string, high: string, low: string): OrderMeasure =>
  orderMeasure(
    {
      name,
      label,
      unit: 'ratio',
      formula: `(orders in the last ${days} days + 1) / (orders in the ${days} days before + 1)`,
      source: 'order date',
      high,
      low,
    },
    (history, first, end) => {
      const now = firstSince(history, first, end, days);
      const before = firstSince(history, first, now, 2 * days);
      return (end - now + 1) / (now - before + 1);
    },
  );

export const orders30 = ordersIn(30, 'active this month', 'inactive this month');
export const orders60 = ordersIn(60, 'active these two months', 'inactive for two months');
export const orders90 = ordersIn(90, 'active lately', 'inactive lately');
export const orders180 = ordersIn(180, 'active this half-year', 'inactive for half a year');
export const orders365 = ordersIn(365, 'active this year', 'inactive for a year');

export const spend30 = spendIn(30, 'spending this month', 'not spending this month');
export const spend60 = spendIn(60, 'spending these two months', 'not spending for two months');
export const spend90 = spendIn(90, 'spending lately', 'not spending lately');
export const spend180 = spendIn(180, 'spending this half-year', 'not spending for half a year');
export const spend365 = spendIn(365, 'spending this year', 'not spending for a year');

export const trend = trendOver(90, 'trend', 'orders now against before', 'picking up', 'slowing down');
export const trendMonth = trendOver(
  30,
  'trendMonth',
  'orders this month against the month before',
  'picking up this month',
  'slowing down this month',
);
export const trendYear = trendOver(
  365,
  'trendYear',
  'orders this year against the year before',
  'growing year on year',
  'shrinking year on year',
);

export const spendTrend = orderMeasure(
  {
    name: 'spendTrend',
    label: 'share of half-year spend in its last 90 days',
    unit: 'share',
    formula:
      'spend in the last 90 days, divided by spend in the last 180 days; one half where nothing was spent in either',
    source: 'order date, amount',
    high: 'spending more than before',
    low: 'spending less than before',
  },
  (history, first, end) => {
    const start = firstSince(history, first, end, 180);
    if (start === end) return 0.5;
    const late = sum(history.gross, firstSince(history, first, end, 90), end);
    return late / sum(history.gross, start, end);
  },
);
