import { DAY } from '../history';
import { type OrderMeasure, perCustomer } from './order-measure';

export const recency: OrderMeasure = {
  definition: {
    name: 'recency',
    label: 'days since last order',
    unit: 'days',
    formula: 'calendar days from the day of the last order to the as-of day',
    source: 'order date',
    high: 'long quiet',
    low: 'recent buyers',
  },
  compute: (history) => {
    const asOfDay = Math.floor(history.asOf / DAY);
    return perCustomer(history, (_, __, end) => asOfDay - Math.floor(history.time[end - 1]! / DAY));
  },
};

export const frequency: OrderMeasure = {
  definition: {
    name: 'frequency',
    label: 'number of orders',
    unit: 'orders',
    formula: 'count of orders with a total above zero',
    source: 'order number, amount',
    high: 'frequent buyers',
    low: 'one-time buyers',
  },
  compute: (history) => perCustomer(history, (_, first, end) => end - first),
};

export const monetary: OrderMeasure = {
  definition: {
    name: 'monetary',
    label: 'total spend',
    unit: 'money',
    formula: 'sum of all amounts, refunds taken off',
    source: 'amount',
    high: 'big spenders',
    low: 'small spenders',
  },
  compute: (history) => history.spend.slice(),
};
