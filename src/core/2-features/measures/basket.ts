import { orTypical } from './measure';
import { type OrderMeasure, orderMeasure, perCustomer, sum } from './order-measure';

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
  isAvailable: ({ lines }) => lines.quantity !== null,
  compute: (history) =>
    perCustomer(history, (_, first, end) => sum(history.items, first, end) / (end - first)),
};

export const linesPerOrder = orderMeasure(
  {
    name: 'linesPerOrder',
    label: 'lines per order',
    unit: 'number',
    formula: 'count of lines bought, divided by number of orders',
    source: 'order number',
    high: 'many things at once',
    low: 'one thing at a time',
  },
  ({ nLines }, first, end) => sum(nLines, first, end) / (end - first),
);

export const itemPrice: OrderMeasure = {
  definition: {
    name: 'itemPrice',
    label: 'average price of an item',
    unit: 'money',
    formula:
      'sum of what was bought, divided by the quantities bought; without quantities, the median of all customers',
    source: 'amount, quantity',
    high: 'dear items',
    low: 'cheap items',
  },
  isAvailable: ({ lines }) => lines.quantity !== null,
  compute: (history) =>
    orTypical(
      perCustomer(history, (_, first, end) => {
        const items = sum(history.items, first, end);
        return items > 0 ? sum(history.gross, first, end) / items : NaN;
      }),
    ),
};
