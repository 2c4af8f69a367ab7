import type { KnownExport } from './known-export';

const nobody = '!user pseudo id|customer id|user id|client id|email|record id|distinct id';

/** A report of the interface: sums over everybody, no row of which is anybody's. */
export const ga4Totals: KnownExport = {
  id: 'ga4-totals',
  label: 'Google Analytics 4 report',
  kind: 'other',
  signatures: [
    ['active users', 'new users|sessions|engaged sessions|event count|total users|engagement rate', nobody],
    ['sessions', 'engaged sessions|engagement rate|events per session', nobody],
    ['views', 'active users|event count|views per active user', nobody],
    ['total users', 'new users', nobody],
  ],
  roles: {},
  others: 'ignore',
  refusal:
    'a report of totals, with no customer in this file. Export the events themselves (BigQuery export, with user_pseudo_id) or orders with a customer',
};
