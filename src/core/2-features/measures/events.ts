import type { Events } from '../../1-collect/canonical';
import type { FeatureDefinition } from '../feature-table';
import { engagementDepth } from './engagement-depth';
import { type Measure, orLongest } from './measure';
import { dayOf } from './order-measure';
import {
  countCodes,
  countDistinct,
  countRows,
  daysSince,
  hasRows,
  isWithin,
  perRows,
  type TableRows,
} from './table-rows';

export type EventMeasure = Measure<TableRows<Events>>;

const fromEvents = (
  definition: Omit<FeatureDefinition, 'source'>,
  compute: EventMeasure['compute'],
): EventMeasure => ({ definition: { ...definition, source: 'events' }, isAvailable: hasRows, compute });

const eventsIn = (days: number, high: string, low: string): EventMeasure =>
  fromEvents(
    {
      name: `events${days}`,
      label: `events in the last ${days} days`,
      unit: 'number',
      formula: `count of events in the ${days} days up to the as-of day`,
      high,
      low,
    },
    (known) =>
      perRows(known, (own) => countRows(own, (row) => isWithin(known.table.time[row]!, known.asOf, days))),
  );

export const events30 = eventsIn(30, 'busy this month', 'quiet this month');
export const events90 = eventsIn(90, 'busy lately', 'quiet lately');

export const eventCount = fromEvents(
  {
    name: 'eventCount',
    label: 'number of events',
    unit: 'number',
    formula: 'count of events',
    high: 'very active',
    low: 'hardly active',
  },
  (known) => perRows(known, (own) => own.length),
);

export const activeDays = fromEvents(
  {
    name: 'activeDays',
    label: 'different days with an event',
    unit: 'number',
    formula: 'count of calendar days with at least one event',
    high: 'there on many days',
    low: 'there on few days',
  },
  (known) => perRows(known, (own) => countDistinct(own, (row) => dayOf(known.table.time[row]!))),
);

export const sessions = fromEvents(
  {
    name: 'sessions',
    label: 'number of sessions',
    unit: 'number',
    formula: 'count of distinct sessions that have begun',
    high: 'many visits',
    low: 'few visits',
  },
  (known) => perRows(known, (own) => countCodes(own, known.table.session)),
);

export const eventVariety = fromEvents(
  {
    name: 'eventVariety',
    label: 'different kinds of event',
    unit: 'number',
    formula: 'count of distinct names of events',
    high: 'use everything',
    low: 'use one thing',
  },
  (known) => perRows(known, (own) => countCodes(own, known.table.name.codes)),
);

export const daysSinceEvent = fromEvents(
  {
    name: 'daysSinceEvent',
    label: 'days since last event',
    unit: 'days',
    formula:
      'calendar days from the day of the last event to the as-of day; without one, the most of all customers',
    high: 'long unseen',
    low: 'seen recently',
  },
  (known) => orLongest(perRows(known, (own) => daysSince(own, known.table.time, known.asOf))),
);

export const depth = fromEvents(
  {
    name: 'engagementDepth',
    label: 'depth of engagement',
    unit: 'number',
    formula:
      '100 times the geometric mean of three percentiles among those with events: kinds of event and days with one in the last 90 days, days since the last (fewer is more); 0 without events',
    high: 'deeply engaged',
    low: 'barely engaged',
  },
  (known) => engagementDepth(known),
);
