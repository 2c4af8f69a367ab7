import type { KnownExport } from './known-export';

export const squareItems: KnownExport = {
  id: 'square-items',
  label: 'Square item sales',
  kind: 'lines',
  signatures: [
    ['price point name', 'gross sales'],
    ['modifiers applied', 'transaction id'],
  ],
  roles: {
    order: 'transaction id',
    customer: 'customer id|customer reference id',
    name: 'customer name',
    time: 'date',
    amount: 'net sales',
    quantity: 'qty',
    discount: 'discounts',
    tax: 'tax',
    product: 'item',
    category: 'category',
    channel: 'channel',
    ignore:
      'time|time zone|price point name|sku|modifiers applied|gross sales|payment id|payment method|device name|notes|details|event type|location|dining option|unit|count|itemization type|commission|employee|card brand|pan suffix',
  },
  others: 'guess',
  personal: { name: 'customer name|employee', card: 'pan suffix|card brand' },
};
