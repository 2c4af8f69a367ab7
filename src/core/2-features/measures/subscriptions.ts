import type { Subscriptions } from '../../1-collect/canonical';
import type { FeatureDefinition } from '../feature-table';
import { DAY } from '../history';
import { type Measure, orLongest } from './measure';
import { dayOf } from './order-measure';
import { countRows, hasRows, perRows, type TableRows } from './table-rows';

export type SubscriptionMeasure = Measure<TableRows<Subscriptions>>;
type Known = TableRows<Subscriptions>;

const monthDays = 365.25 / 12;

const fromSubscriptions = (
  definition: Omit<FeatureDefinition, 'source'>,
  value: (known: Known, own: Int32Array) => number,
  isAvailable: (known: Known) => boolean = hasRows,
): SubscriptionMeasure => ({
  definition: { ...definition, source: 'subscriptions' },
  isAvailable,
  compute: (known) => perRows(known, (own) => value(known, own)),
});

/** Whether it had ended by then; an end that lay ahead was not yet known. */
const hasEnded = ({ table, asOf }: Known, row: number): boolean =>
  table.end !== null && table.end[row]! <= asOf;

const isOnTrial = ({ table, asOf }: Known, row: number): boolean =>
  !hasEnded({ table, asOf } as Known, row) && table.trialEnd !== null && table.trialEnd[row]! > asOf;

export const activeSubscriptions = fromSubscriptions(
  {
    name: 'activeSubscriptions',
    label: 'running subscriptions',
    unit: 'number',
    formula: 'count of subscriptions begun and not ended by the as-of day',
    high: 'subscribed',
    low: 'not subscribed',
  },
  (known, own) => countRows(own, (row) => !hasEnded(known, row)),
);

export const planAge = fromSubscriptions(
  {
    name: 'planAge',
    label: 'days subscribed without a break',
    unit: 'days',
    formula:
      'calendar days from the start of the longest running subscription to the as-of day; 0 where none runs',
    high: 'long subscribed',
    low: 'newly subscribed or not at all',
  },
  (known, own) => {
    let earliest = Infinity;
    for (const row of own) if (!hasEnded(known, row)) earliest = Math.min(earliest, known.table.start[row]!);
    return earliest === Infinity ? 0 : dayOf(known.asOf) - dayOf(earliest);
  },
);

/** Days to the next whole interval after the first bill, which comes when a trial ends; below 0 = not known. */
function daysToBill({ table, asOf }: Known, row: number): number {
  const interval = table.intervalDays![row]! * DAY;
  const trialEnd = table.trialEnd?.[row] ?? NaN;
  const billed = Number.isNaN(trialEnd) ? table.start[row]! : trialEnd;
  if (!(interval > 0) || asOf < billed) return (billed - asOf) / DAY;
  return (interval - ((asOf - billed) % interval)) / DAY;
}

const renewalMeasure = fromSubscriptions(
  {
    name: 'daysToRenewal',
    label: 'days to next renewal',
    unit: 'days',
    formula:
      'days from the as-of day until the soonest running subscription, counted in whole intervals from its first bill, is renewed; where none runs, the most of all customers',
    high: 'bound for longer',
    low: 'soon to renew',
  },
  (known, own) => {
    let soonest = NaN;
    for (const row of own) {
      const days = hasEnded(known, row) ? NaN : daysToBill(known, row);
      if (days >= 0 && !(soonest <= days)) soonest = days;
    }
    return soonest;
  },
  (known) => hasRows(known) && known.table.intervalDays !== null,
);

export const daysToRenewal: SubscriptionMeasure = {
  ...renewalMeasure,
  compute: (known) => orLongest(renewalMeasure.compute(known)),
};

export const onTrial = fromSubscriptions(
  {
    name: 'onTrial',
    label: 'on trial',
    unit: 'flag',
    formula: '1 while the trial of a running subscription has not ended, else 0',
    high: 'on trial',
    low: 'not on trial',
  },
  (known, own) => (own.some((row) => isOnTrial(known, row)) ? 1 : 0),
  (known) => hasRows(known) && known.table.trialEnd !== null,
);

export const monthlyRevenue = fromSubscriptions(
  {
    name: 'monthlyRevenue',
    label: 'subscription money a month',
    unit: 'money',
    formula:
      'amounts of running subscriptions, trials apart, brought to a month (365.25 / 12 days); without an interval they are monthly',
    high: 'big plans',
    low: 'small plans',
  },
  (known, own) => {
    const { amount, intervalDays } = known.table;
    let total = 0;
    for (const row of own) {
      if (hasEnded(known, row) || isOnTrial(known, row)) continue;
      const days = intervalDays?.[row];
      total += (amount![row]! || 0) * (days && days > 0 ? monthDays / days : 1);
    }
    return total;
  },
  (known) => hasRows(known) && known.table.amount !== null,
);

export const cancellations = fromSubscriptions(
  {
    name: 'cancellations',
    label: 'subscriptions ended',
    unit: 'number',
    formula: 'count of subscriptions that ended by the as-of day',
    high: 'have cancelled before',
    low: 'never cancelled',
  },
  (known, own) => countRows(own, (row) => hasEnded(known, row)),
);

const endedMeasure = fromSubscriptions(
  {
    name: 'daysSinceCancellation',
    label: 'days since last subscription ended',
    unit: 'days',
    formula: 'calendar days from the last end to the as-of day; without one, the most of all customers',
    high: 'no recent cancellation',
    low: 'cancelled recently',
  },
  (known, own) => {
    let last = NaN;
    for (const row of own)
      if (hasEnded(known, row) && !(known.table.end![row]! <= last)) last = known.table.end![row]!;
    return Math.floor((known.asOf - last) / DAY);
  },
  (known) => known.rows.some((row) => hasEnded(known, row)),
);

export const daysSinceCancellation: SubscriptionMeasure = {
  ...endedMeasure,
  compute: (known) => orLongest(endedMeasure.compute(known)),
};
