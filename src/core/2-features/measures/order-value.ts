import { medianOf } from '../../kit/quantiles';
import type { FeatureDefinition } from '../feature-table';
import { orTypical } from './measure';
import { type OrderMeasure, orderMeasure, perCustomer, sum } from './order-measure';

const money = (
  definition: Pick<FeatureDefinition, 'name' | 'label' | 'formula' | 'high' | 'low'>,
): FeatureDefinition => ({ unit: 'money', source: 'amount, order number', ...definition });

export const medianOrder = orderMeasure(
  money({
    name: 'medianOrder',
    label: 'middle order value',
    formula: 'median of the values of orders, before refunds',
    high: 'big usual basket',
    low: 'small usual basket',
  }),
  ({ gross }, first, end) => medianOf(gross.subarray(first, end)),
);

export const largestOrder = orderMeasure(
  money({
    name: 'largestOrder',
    label: 'largest order value',
    formula: 'largest value of an order, before refunds',
    high: 'has placed big orders',
    low: 'never placed a big order',
  }),
  ({ gross }, first, end) => gross.subarray(first, end).reduce((a, b) => Math.max(a, b)),
);

export const smallestOrder = orderMeasure(
  money({
    name: 'smallestOrder',
    label: 'smallest order value',
    formula: 'smallest value of an order, before refunds',
    high: 'never a small order',
    low: 'has placed small orders',
  }),
  ({ gross }, first, end) => gross.subarray(first, end).reduce((a, b) => Math.min(a, b)),
);

export const firstOrder = orderMeasure(
  money({
    name: 'firstOrder',
    label: 'first order value',
    formula: 'value of the first order, before refunds',
    high: 'began with a big order',
    low: 'began with a small order',
  }),
  ({ gross }, first) => gross[first]!,
);

export const lastOrder = orderMeasure(
  money({
    name: 'lastOrder',
    label: 'last order value',
    formula: 'value of the latest order, before refunds',
    high: 'last order was big',
    low: 'last order was small',
  }),
  ({ gross }, _, end) => gross[end - 1]!,
);

export const lastOrderRatio = orderMeasure(
  {
    ...money({
      name: 'lastOrderRatio',
      label: 'last order compared with own average (times)',
      formula: 'value of the latest order, divided by average order value',
      high: 'baskets growing',
      low: 'baskets shrinking',
    }),
    unit: 'ratio',
  },
  ({ gross }, first, end) => (gross[end - 1]! * (end - first)) / sum(gross, first, end),
);

export const orderSpread: OrderMeasure = {
  definition: {
    ...money({
      name: 'orderSpread',
      label: 'unevenness of order values',
      formula:
        'standard deviation of order values, divided by their mean; with one order, the median of all customers with two or more',
      high: 'baskets of all sizes',
      low: 'baskets of one size',
    }),
    unit: 'ratio',
  },
  compute: (history) =>
    orTypical(
      perCustomer(history, (_, first, end) =>
        end - first < 2 ? NaN : variation(history.gross.subarray(first, end)),
      ),
    ),
};

/** Population standard deviation over mean; 0 of equal values. */
export function variation(values: Float64Array): number {
  const mean = sum(values, 0, values.length) / values.length;
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return mean > 0 ? Math.sqrt(squares / values.length) / mean : 0;
}
