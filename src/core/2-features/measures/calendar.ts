import { DAY, type OrderHistory } from '../history';
import { dayOf, type OrderMeasure, orderMeasure } from './order-measure';

const hour = DAY / 24;

export const weekendShare = orderMeasure(
  {
    name: 'weekendShare',
    label: 'share of orders at weekends',
    unit: 'share',
    formula: '(orders on a Saturday or Sunday + 2/7) / (number of orders + 1), so that one order says little',
    source: 'order date',
    high: 'weekend shoppers',
    low: 'weekday shoppers',
  },
  ({ time }, first, end) => {
    let nWeekend = 0;
    for (let i = first; i < end; i++) if (weekdayOf(time[i]!) % 6 === 0) nWeekend++;
    return (nWeekend + 2 / 7) / (end - first + 1);
  },
);

export const favouriteDayShare = orderMeasure(
  {
    name: 'favouriteDayShare',
    label: 'share of orders on the favourite weekday',
    unit: 'share',
    formula:
      '(orders on the weekday with most of them + 1/7) / (number of orders + 1), so that one order says little',
    source: 'order date',
    high: 'shop on one weekday',
    low: 'shop on any weekday',
  },
  ({ time }, first, end) => {
    const counts = new Int32Array(7);
    for (let i = first; i < end; i++) counts[weekdayOf(time[i]!)]!++;
    return (Math.max(...counts) + 1 / 7) / (end - first + 1);
  },
);

const partOfDay = (name: string, label: string, from: number, to: number): OrderMeasure =>
  orderMeasure(
    {
      name,
      label: `share of orders ${label}`,
      unit: 'share',
      formula: `(orders from ${from}:00 to before ${to}:00 + 1/4) / (number of orders + 1), so that one order says little`,
      source: 'order date with hours',
      high: `shop ${label}`,
      low: `do not shop ${label}`,
    },
    ({ time }, first, end) => {
      let n = 0;
      for (let i = first; i < end; i++) {
        const at = (time[i]! - dayOf(time[i]!) * DAY) / hour;
        if (at >= from && at < to) n++;
      }
      return (n + 1 / 4) / (end - first + 1);
    },
    hasHours,
  );

/** Whether most orders are told by more than their day: midnight is how a mere day is read. */
function hasHours({ time }: OrderHistory): boolean {
  const atMidnight = time.reduce((n, each) => n + (each % DAY === 0 ? 1 : 0), 0);
  return atMidnight < time.length / 2;
}

export const nightShare = partOfDay('nightShare', 'at night', 0, 6);
export const morningShare = partOfDay('morningShare', 'in the morning', 6, 12);
export const afternoonShare = partOfDay('afternoonShare', 'in the afternoon', 12, 18);
export const eveningShare = partOfDay('eveningShare', 'in the evening', 18, 24);

/** 0 = Sunday. Day 0 of the clock, 1 January 1970, was a Thursday; the outer remainder serves the days before it. */
const weekdayOf = (time: number): number => (((dayOf(time) + 4) % 7) + 7) % 7;
