import { type OrderMeasure, perCustomer, sum } from './order-measure';

export const discountShare: OrderMeasure = {
  definition: {
    name: 'discountShare',
    label: 'discount share',
    unit: 'share',
    formula: 'discounts, divided by amounts bought plus discounts',
    source: 'discount, amount',
    high: 'discount hunters',
    low: 'full-price buyers',
  },
  isAvailable: (lines) => lines.discount !== null,
  compute: (history) =>
    perCustomer(history, (_, first, end) => {
      const discount = sum(history.discount, first, end);
      return discount / (discount + sum(history.gross, first, end));
    }),
};

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
