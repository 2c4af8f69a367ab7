import type { KnownExport } from './known-export';

/** Times in microseconds; `user_id` where people are signed in, else the browser's `user_pseudo_id`. */
export const ga4Events: KnownExport = {
  id: 'ga4-events',
  label: 'Google Analytics 4 events',
  kind: 'events',
  signatures: [['event name', 'user pseudo id']],
  roles: {
    customer: 'user id|user pseudo id',
    time: 'event timestamp|event date',
    event: 'event name',
    session: 'event params ga session id|ga session id',
    amount: 'ecommerce purchase revenue|ecommerce purchase revenue in usd|event value in usd',
    refunded: 'ecommerce refund value',
    shipping: 'ecommerce shipping value',
    tax: 'ecommerce tax value',
    quantity: 'ecommerce total item quantity',
    order: 'ecommerce transaction id|event params transaction id|transaction id',
    channel: 'traffic source medium|collected traffic source manual medium',
    country: 'geo country',
    consent: 'privacy info analytics storage|privacy info ads storage',
    currency: 'event params currency',
  },
  patterns: [
    [
      /^(event|user|privacy info|device|geo|app info|traffic source|collected traffic source|session traffic source|ecommerce|items?|stream|platform|is active|batch)\b/,
      'ignore',
    ],
  ],
  others: 'ignore',
};
