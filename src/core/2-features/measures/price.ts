import { type OrderMeasure, orderMeasure, perCustomer, sum } from './order-measure';

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
  isAvailable: ({ lines }) => lines.discount !== null,
  compute: (history) =>
    perCustomer(history, (_, first, end) => {
      const discount = sum(history.discount, first, end);
      return discount / (discount + sum(history.gross, first, end));
    }),
};

export const discountedOrders = orderMeasure(
  {
    name: 'discountedOrders',
    label: 'share of orders with a discount',
    unit: 'share',
    formula: 'orders with a discount above zero, divided by number of orders',
    source: 'discount, order number',
    high: 'buy when there is a discount',
    low: 'buy without discounts',
  },
  ({ discount }, first, end) => shareOf(discount, first, end),
  ({ lines }) => lines.discount !== null,
);

export const couponOrders = orderMeasure(
  {
    name: 'couponOrders',
    label: 'share of orders with a coupon',
    unit: 'share',
    formula: 'orders with a coupon, divided by number of orders',
    source: 'coupon, order number',
    high: 'use coupons',
    low: 'use no coupons',
  },
  ({ coupon }, first, end) => shareOf(coupon, first, end),
  ({ lines }) => lines.coupon !== undefined,
);

export const listPaidShare = orderMeasure(
  {
    name: 'listPaidShare',
    label: 'share of the list price paid',
    unit: 'share',
    formula: 'what was bought, divided by what it would have cost at list prices; where nothing is listed, 1',
    source: 'amount, list price',
    high: 'pay list prices',
    low: 'pay well below list prices',
  },
  ({ gross, list }, first, end) => {
    const listed = sum(list, first, end);
    return listed > 0 ? sum(gross, first, end) / listed : 1;
  },
  ({ lines }) => lines.listAmount !== undefined,
);

/** Share of the orders `first` to `end - 1` with more than zero. */
function shareOf(column: Float64Array, first: number, end: number): number {
  let n = 0;
  for (let i = first; i < end; i++) if (column[i]! > 0) n++;
  return n / (end - first);
}
