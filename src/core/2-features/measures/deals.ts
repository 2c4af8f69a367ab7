import type { Deals } from '../../1-collect/canonical';
import type { FeatureDefinition } from '../feature-table';
import type { Measure } from './measure';
import { countRows, hasRows, perRows, type TableRows } from './table-rows';

export type DealMeasure = Measure<TableRows<Deals>>;
type Outcome = Deals['outcome'][number];

const fromDeals = (
  definition: Omit<FeatureDefinition, 'source'>,
  compute: DealMeasure['compute'],
  isAvailable: (known: TableRows<Deals>) => boolean = hasRows,
): DealMeasure => ({ definition: { ...definition, source: 'deals' }, isAvailable, compute });

const dealsOf = (outcome: Outcome, high: string, low: string): DealMeasure =>
  fromDeals(
    {
      name: `${outcome}Deals`,
      label: `${outcome} deals`,
      unit: 'number',
      formula: `count of ${outcome} deals dated by the as-of day`,
      high,
      low,
    },
    (known) => perRows(known, (own) => countRows(own, (row) => known.table.outcome[row] === outcome)),
  );

const amountOf = (outcome: Outcome, high: string, low: string): DealMeasure =>
  fromDeals(
    {
      name: `${outcome}DealAmount`,
      label: `money in ${outcome} deals`,
      unit: 'money',
      formula: `sum of amounts of ${outcome} deals dated by the as-of day`,
      high,
      low,
    },
    (known) =>
      perRows(known, (own) => {
        let total = 0;
        for (const row of own)
          if (known.table.outcome[row] === outcome) total += known.table.amount![row]! || 0;
        return total;
      }),
    (known) => hasRows(known) && known.table.amount !== null,
  );

export const openDeals = dealsOf('open', 'deals under way', 'no deal under way');
export const wonDeals = dealsOf('won', 'many deals won', 'no deal won');
export const lostDeals = dealsOf('lost', 'many deals lost', 'no deal lost');
export const openDealAmount = amountOf('open', 'much under way', 'little under way');
export const wonDealAmount = amountOf('won', 'much won', 'little won');
