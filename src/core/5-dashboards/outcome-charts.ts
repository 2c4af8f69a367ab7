import type { Estimated, OutcomeSegments } from '../3-models/results/outcome-segments';
import { heads, type ChartText } from './chart';
import { formatCount, formatDay, formatDecimal, formatMoney, formatShare, nothing, plural } from './words';

/** A row of the forest: where the estimate lies and between what. Letters stand for the groups, nothing for the rest. */
export type ForestRow = {
  letter: string;
  name: string;
  sentence: string;
  size: number;
  share: number;
  estimate: Estimated;
};

export const letterOf = (place: number): string => String.fromCharCode(65 + (place % 26));

/** A value of the outcome in its unit. */
export function formatOutcome(value: number, unit: OutcomeSegments['unit']): string {
  if (unit === 'money') return formatMoney(value);
  return unit === 'share' ? formatShare(value) : formatDecimal(value);
}

/** "120 (95 to 148)". */
export const sayEstimate = ({ value, low, high }: Estimated, unit: OutcomeSegments['unit']): string =>
  `${formatOutcome(value, unit)} (${formatOutcome(low, unit)} to ${formatOutcome(high, unit)})`;

const signed = (value: number, unit: OutcomeSegments['unit']): string =>
  `${value >= 0 ? '+' : '−'}${formatOutcome(Math.abs(value), unit)}`;

/** How far a group is from everybody else: "+60 (+35 to +85)". */
export const sayDifference = ({ value, low, high }: Estimated, unit: OutcomeSegments['unit']): string =>
  `${signed(value, unit)} (${signed(low, unit)} to ${signed(high, unit)})`;

/** Groups from the highest outcome down, then everybody else; null when no groups differ. */
export function outcomeForest(found: OutcomeSegments): {
  rows: ForestRow[];
  overall: Estimated;
  domain: [number, number];
  text: ChartText;
} | null {
  const { groups, others, overall, unit, outcome, asOf, nCustomers } = found;
  if (!overall || groups.length === 0) return null;
  const rows: ForestRow[] = groups.map(({ sentence, size, share, estimate }, place) => ({
    letter: letterOf(place),
    name: `Group ${letterOf(place)}`,
    sentence,
    size,
    share,
    estimate,
  }));
  if (others) rows.push({ ...others, letter: '', name: 'No clear difference', sentence: 'Everybody else' });
  const ends = [0, overall.value, ...rows.flatMap(({ estimate }) => [estimate.low, estimate.high])];
  const domain: [number, number] = [Math.min(...ends), Math.max(...ends)];
  const [best] = rows as [ForestRow];
  const say = (row: ForestRow) =>
    `${row.name}, ${plural(row.size, 'customer')}: ${sayEstimate(row.estimate, unit)}; ${row.sentence}`;
  const since = asOf === null ? '' : ` Groups are made from what was known on ${formatDay(asOf)}; the outcome is from the days after.`; // prettier-ignore
  return {
    rows,
    overall,
    domain,
    text: {
      title: `${capital(outcome)}, group by group`,
      unit: 'mark: estimate · line: where it lies, 95% sure · dashed line: all customers',
      sentence: `${best.name} has the highest: ${sayEstimate(best.estimate, unit)} against ${formatOutcome(overall.value, unit)} of all ${formatCount(nCustomers)} customers.`,
      table: {
        columns: heads('Group', 'Customers', 'Share', 'Estimate', 'From', 'To').concat({
          label: 'Who they are',
          isNumber: false,
        }),
        rows: [
          ...rows.map((row) => [
            row.name,
            formatCount(row.size),
            formatShare(row.share),
            formatOutcome(row.estimate.value, unit),
            formatOutcome(row.estimate.low, unit),
            formatOutcome(row.estimate.high, unit),
            row.sentence,
          ]),
          ['All customers', formatCount(nCustomers), formatShare(1), formatOutcome(overall.value, unit), formatOutcome(overall.low, unit), formatOutcome(overall.high, unit), nothing], // prettier-ignore
        ],
      },
      how: `A tree that is honest: one half of the customers shapes the groups, the other half (${formatCount(overall.n)} of ${formatCount(nCustomers)}) is asked for the figures, so that no group looks good only because it was picked for it. A group is shown when its difference from everybody else stays on one side of zero, with the limit made stricter for each group looked at.${since}`,
      readings: rows.map(say),
    },
  };
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
