import type { Touches, TouchKind } from '../../1-collect/canonical';
import type { FeatureDefinition } from '../feature-table';
import { type Measure, orLongest, orTypical } from './measure';
import { countRows, daysSince, hasRows, isWithin, perRows, type TableRows } from './table-rows';

export type TouchMeasure = Measure<TableRows<Touches>>;

const has = ({ table, rows }: TableRows<Touches>, kind: TouchKind): boolean =>
  rows.some((row) => table.kinds[row] === kind);

const fromTouches = (
  definition: Omit<FeatureDefinition, 'source'>,
  needs: TouchKind[],
  compute: TouchMeasure['compute'],
): TouchMeasure => ({
  definition: { ...definition, source: 'messages' },
  isAvailable: (known) => hasRows(known) && needs.every((kind) => has(known, kind)),
  compute,
});

const countOf = (known: TableRows<Touches>, own: Int32Array, kind: TouchKind): number =>
  countRows(own, (row) => known.table.kinds[row] === kind);

const rateOf = (kind: TouchKind, name: string, label: string, high: string, low: string): TouchMeasure =>
  fromTouches(
    {
      name,
      label,
      unit: 'share',
      formula: `${kind}s divided by messages sent, at most 1; where nothing was sent, the median of all customers`,
      high,
      low,
    },
    ['sent', kind],
    (known) =>
      orTypical(
        perRows(known, (own) => {
          const sent = countOf(known, own, 'sent');
          return sent > 0 ? Math.min(1, countOf(known, own, kind) / sent) : NaN;
        }),
      ),
  );

export const openRate = rateOf(
  'open',
  'openRate',
  'share of messages opened',
  'open messages',
  'leave messages unopened',
);
export const clickRate = rateOf(
  'click',
  'clickRate',
  'share of messages clicked',
  'click messages',
  'never click',
);

export const messagesSent = fromTouches(
  {
    name: 'messagesSent',
    label: 'number of messages sent',
    unit: 'number',
    formula: 'count of messages sent',
    high: 'written to often',
    low: 'hardly written to',
  },
  ['sent'],
  (known) => perRows(known, (own) => countOf(known, own, 'sent')),
);

export const messages30 = fromTouches(
  {
    name: 'messages30',
    label: 'messages sent in the last 30 days',
    unit: 'number',
    formula: 'count of messages sent in the 30 days up to the as-of day',
    high: 'written to lately',
    low: 'not written to lately',
  },
  ['sent'],
  (known) =>
    perRows(known, (own) =>
      countRows(
        own,
        (row) => known.table.kinds[row] === 'sent' && isWithin(known.table.time[row]!, known.asOf, 30),
      ),
    ),
);

export const daysSinceOpen = fromTouches(
  {
    name: 'daysSinceOpen',
    label: 'days since last opened message',
    unit: 'days',
    formula:
      'calendar days from the day of the last open to the as-of day; without one, the most of all customers',
    high: 'messages long unopened',
    low: 'opened a message recently',
  },
  ['open'],
  (known) =>
    orLongest(
      perRows(known, (own) =>
        daysSince(own, known.table.time, known.asOf, (row) => known.table.kinds[row] === 'open'),
      ),
    ),
);

export const hasUnsubscribed = fromTouches(
  {
    name: 'hasUnsubscribed',
    label: 'has unsubscribed',
    unit: 'flag',
    formula: '1 with at least one unsubscribing, else 0',
    high: 'has unsubscribed',
    low: 'has not unsubscribed',
  },
  ['unsubscribe'],
  (known) => perRows(known, (own) => (countOf(known, own, 'unsubscribe') > 0 ? 1 : 0)),
);
