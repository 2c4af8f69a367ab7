import type { KnownExport } from './known-export';

/** Failed payments are among them (`Status`), and so are those of the test mode. */
export const stripePayments: KnownExport = {
  id: 'stripe-payments',
  label: 'Stripe payments',
  kind: 'lines',
  signatures: [
    ['created utc', 'amount refunded'],
    ['seller message', 'amount refunded'],
    ['paymentintent id|payment intent id', 'converted amount'],
  ],
  roles: {
    order: 'id',
    customer: 'customer id|customer email',
    email: 'customer email',
    time: 'created utc|created date utc|created',
    amount: 'amount',
    tax: 'tax',
    refunded: 'amount refunded',
    currency: 'currency',
    status: 'status',
    ignore:
      'description|seller message|converted amount|converted amount refunded|fee|converted currency|mode|statement descriptor|customer description|captured|invoice id|payment source type|destination|transfer|interchange costs|merchant service charge|transfer group|payment intent id',
  },
  patterns: [
    [/^card /, 'ignore'],
    [/^disput/, 'ignore'],
    [/ metadata$/, 'ignore'],
  ],
  others: 'ignore',
  personal: {
    card: 'card id|card last4|card brand|card funding|card exp month|card exp year|card name|card address line1|card address line2|card address city|card address state|card address country|card address zip|card issue country|card fingerprint|card cvc status|card avs zip status|card avs line1 status|card tokenization method',
  },
};
