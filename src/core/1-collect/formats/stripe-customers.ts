import type { KnownExport } from './known-export';

export const stripeCustomers: KnownExport = {
  id: 'stripe-customers',
  label: 'Stripe customers',
  kind: 'customers',
  signatures: [
    ['delinquent', 'payment count'],
    ['refunded volume', 'payment count'],
    ['delinquent', 'created utc'],
  ],
  roles: {
    customer: 'id|customer id|email',
    email: 'email',
    name: 'name',
    start: 'created utc|created',
    ignore: 'description',
  },
  others: 'attribute',
  personal: { card: 'card id|card last4|card brand|card funding|card exp month|card exp year|card name|card issue country|card fingerprint' }, // prettier-ignore
};
