import type { KnownExport } from './known-export';

export const stripeSubscriptions: KnownExport = {
  id: 'stripe-subscriptions',
  label: 'Stripe subscriptions',
  kind: 'subscriptions',
  signatures: [
    ['current period start utc', 'customer id'],
    ['current period end utc', 'trial end utc'],
    ['cancellation reason', 'canceled at utc'],
  ],
  roles: {
    order: 'id',
    customer: 'customer id|customer email',
    email: 'customer email',
    name: 'customer name',
    start: 'start date utc|start utc|created utc',
    trialEnd: 'trial end utc',
    end: 'ended at utc|canceled at utc',
    plan: 'plan|product|plan name',
    interval: 'interval|billing interval',
    amount: 'amount',
    quantity: 'quantity',
    currency: 'currency',
    reason: 'cancellation reason',
    status: 'status',
    ignore: 'current period start utc|current period end utc|trial start utc|customer description',
  },
  patterns: [[/ metadata$/, 'ignore']],
  others: 'ignore',
};
