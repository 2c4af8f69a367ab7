import type { KnownExport } from './known-export';

const counts =
  'active users|new users|total users|sessions|engaged sessions|views|event count|key events|conversions|total revenue|engagement rate|bounce rate|average engagement time|average engagement time per session|events per session|returning users';

/** A report of the interface: sums over everybody, no row of which is anybody's. */
export const ga4Totals: KnownExport = {
  id: 'ga4-totals',
  label: 'Google Analytics 4 report',
  kind: 'other',
  signatures: [
    ['active users', 'new users|sessions|engaged sessions|event count|total users|engagement rate'],
    ['sessions', 'engaged sessions|engagement rate|events per session'],
    ['views', 'active users|event count|views per active user'],
    ['total users', 'new users', counts],
  ],
  roles: {},
  others: 'ignore',
  refusal:
    'a report of totals, with no customer in this file. Export the events themselves (BigQuery export, with user_pseudo_id) or orders with a customer',
};
