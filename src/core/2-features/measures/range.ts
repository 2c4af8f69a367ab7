import type { OrderMeasure } from './order-measure';

export const breadth: OrderMeasure = {
  definition: {
    name: 'breadth',
    label: 'different products bought',
    unit: 'products',
    formula: 'count of distinct products among what was bought',
    source: 'product',
    high: 'wide range',
    low: 'narrow range',
  },
  isAvailable: (lines) => lines.product !== null,
  compute: (history) => Float64Array.from(history.nProducts),
};

export const categories: OrderMeasure = {
  definition: {
    name: 'categories',
    label: 'different categories bought',
    unit: 'number',
    formula: 'count of distinct categories among what was bought',
    source: 'category',
    high: 'many categories',
    low: 'one category',
  },
  isAvailable: (lines) => lines.category !== null,
  compute: (history) => Float64Array.from(history.nCategories),
};
