import type { KnownExport } from './known-export';

/** One row a line; what is true of the whole order stands on its first row only. Totals keep cancelled orders. */
export const shopifyOrders: KnownExport = {
  id: 'shopify-orders',
  label: 'Shopify orders',
  kind: 'lines',
  signatures: [
    ['financial status', 'lineitem name'],
    ['lineitem name', 'lineitem price', 'lineitem quantity'],
  ],
  roles: {
    order: 'name|id',
    customer: 'customer id|email|phone|billing phone|shipping phone',
    email: 'email',
    phone: 'phone|billing phone|shipping phone',
    name: 'billing name|shipping name',
    account: 'billing company|shipping company',
    consent: 'accepts marketing',
    time: 'created at|paid at',
    end: 'cancelled at',
    amount: 'total',
    price: 'lineitem price',
    listPrice: 'lineitem compare at price',
    quantity: 'lineitem quantity',
    discount: 'discount amount|lineitem discount',
    shipping: 'shipping',
    tax: 'taxes',
    refunded: 'refunded amount',
    currency: 'currency',
    coupon: 'discount code',
    channel: 'source',
    product: 'lineitem name|lineitem sku',
    category: 'vendor',
    country: 'billing country|shipping country',
    status: 'financial status',
  },
  others: 'guess',
  patterns: [
    [/^tax \d name$|^tax \d value$/, 'ignore'],
    [/^(billing|shipping|lineitem|payment|fulfil?lment|fulfilled|paid) /, 'ignore'],
    [
      /^(subtotal|notes|note attributes|outstanding balance|employee|location|device id|tags|risk level|receipt number|duties|next payment due at|fulfilled at)$/,
      'ignore',
    ],
  ],
  personal: { address: 'billing zip|shipping zip', name: 'employee' },
  carried:
    'email|financial status|paid at|fulfillment status|fulfilled at|fulfillment date|accepts marketing|currency|subtotal|shipping|taxes|total|discount code|discount amount|shipping method|created at|billing name|billing company|billing country|billing phone|shipping name|shipping company|shipping country|shipping phone|cancelled at|refunded amount|source|phone|customer id|payment method|tags|risk level',
};
