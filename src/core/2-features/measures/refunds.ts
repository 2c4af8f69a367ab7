import type { OrderHistory } from '../history';
import { orLongest, shared } from './measure';
import { dayOf, type OrderMeasure, perCustomer, sum } from './order-measure';

/** Per customer: orders that something came back of (by the refunds' own numbers), and when last (NaN = never). */
const refundsOf = shared((history: OrderHistory) => {
  const { customers, lineStarts, byCustomer, lines } = history;
  const times = new Float64Array(customers.length).fill(-Infinity);
  const counts = new Float64Array(customers.length);
  const seenBy = new Int32Array(lines.nOrders).fill(-1);
  customers.forEach((customer, c) => {
    for (let i = lineStarts[customer]!; i < lineStarts[customer + 1]!; i++) {
      const line = byCustomer[i]!;
      if (!lines.isRefund[line]) continue;
      times[c] = Math.max(times[c]!, lines.time[line]!);
      const order = lines.order[line]!;
      if (order >= 0 && seenBy[order] === customer) continue;
      if (order >= 0) seenBy[order] = customer;
      counts[c]!++;
    }
  });
  return { counts, last: times.map((time) => (time === -Infinity ? NaN : time)) };
});

const hasRefunds = (history: OrderHistory): boolean => refundsOf(history).counts.some((n) => n > 0);

export const refundShare: OrderMeasure = {
  definition: {
    name: 'refundShare',
    label: 'share of spend sent back',
    unit: 'share',
    formula: 'refunds, divided by what was bought before refunds; at most 1',
    source: 'amount, order status',
    high: 'many returns',
    low: 'no returns',
  },
  compute: (history) =>
    perCustomer(history, (c, first, end) =>
      Math.min(1, history.refunded[c]! / sum(history.gross, first, end)),
    ),
};

export const refundedOrders: OrderMeasure = {
  definition: {
    name: 'refundedOrders',
    label: 'refunds per order',
    unit: 'share',
    formula: 'count of refunds (one for each order number), divided by number of orders; at most 1',
    source: 'order number, order status',
    high: 'send orders back',
    low: 'keep their orders',
  },
  compute: (history) => {
    const { counts } = refundsOf(history);
    return perCustomer(history, (c, first, end) => Math.min(1, counts[c]! / (end - first)));
  },
};

export const daysSinceRefund: OrderMeasure = {
  definition: {
    name: 'daysSinceRefund',
    label: 'days since last refund',
    unit: 'days',
    formula:
      'calendar days from the day of the last refund to the as-of day; without one, the most of all customers',
    source: 'order date, order status',
    high: 'no recent refund',
    low: 'sent something back recently',
  },
  isAvailable: hasRefunds,
  compute: (history) => {
    const today = dayOf(history.asOf);
    return orLongest(refundsOf(history).last.map((time) => today - dayOf(time)));
  },
};

export const hasRefunded: OrderMeasure = {
  definition: {
    name: 'hasRefunded',
    label: 'has sent something back',
    unit: 'flag',
    formula: '1 with at least one refund, else 0',
    source: 'order status',
    high: 'has sent something back',
    low: 'never sent anything back',
  },
  isAvailable: hasRefunds,
  compute: (history) => refundsOf(history).counts.map((n) => (n > 0 ? 1 : 0)),
};
