import type { SegmentGrowth } from '../3-models/results/segment-growth';
import { heads, type ChartText } from './chart';
import type { Named } from './segment-charts';
import { closed, formatCount, formatDay, formatExact, formatShare, plural } from './words';

/** A segment one step back and now; `isAbout` = counted so that today's come out nearly, not exactly. */
export type Change = { now: number; then: number; change: number; days: number; isAbout: boolean };

/** Null where it cannot be told of this segment. */
export function changeOf(growth: SegmentGrowth, { id, size }: Pick<Named, 'id' | 'size'>): Change | null {
  if (growth.blocked || !growth.isTold[id]) return null;
  const [then, now] = growth.dates.slice(-2).map(({ counts }) => counts[id]!) as [number, number];
  return { now, then, change: now - then, days: growth.stepDays, isAbout: now !== size };
}

const sign = (value: number) => (value > 0 ? '+' : value < 0 ? '−' : '±');
const signedShare = (change: number, of: number) => `${sign(change)}${formatShare(Math.abs(change) / of)}`;

/** "+616", "−12", "±0". */
export const formatChange = (change: number): string => `${sign(change)}${formatCount(Math.abs(change))}`;

const compare = (change: number, days: number) =>
  change === 0
    ? `as many as ${days} days before`
    : `${plural(Math.abs(change), 'customer')} ${change > 0 ? 'more' : 'fewer'} than ${days} days before`;

/** "616 customers more than 90 days before: 1,846 now, 1,230 then (+50.1%)." */
export function sayChange({ now, then, change, days, isAbout }: Change): string {
  if (then === 0 && now > 0)
    return closed(`Nobody was in it ${days} days before; ${formatCount(now)} are now`);
  const share = then > 0 && change !== 0 ? ` (${signedShare(change, then)})` : '';
  const about = isAbout && change !== 0 ? 'about ' : '';
  return closed(
    `${about}${compare(change, days)}: ${formatCount(now)} now, ${formatCount(then)} then${share}`,
  );
}

/** With less before the earlier day, growth may be no more than that the files got longer. */
const yearMs = 365 * 86_400_000;

type GrowthPoint = { asOf: number; count: number };
export type GrowthChart = { points: GrowthPoint[]; text: ChartText };

export const cannotTellOne =
  'Cannot tell how it grew: the way earlier members are found does not bring back today’s well enough.';

/** Null where it cannot be told of this segment. */
export function growthChart(growth: SegmentGrowth, segment: Named): GrowthChart | null {
  const change = changeOf(growth, segment);
  if (!change) return null;
  const { dates, stepDays, from } = growth;
  const points = dates.map(({ asOf, counts }) => ({ asOf, count: counts[segment.id]! }));
  const [before, today] = dates.slice(-2) as [SegmentGrowth['dates'][number], SegmentGrowth['dates'][number]];
  const all = before.customers
    ? ` Customers in all: ${signedShare(today.customers - before.customers, before.customers)}.`
    : '';
  const say = ({ asOf, customers, counts }: (typeof dates)[number]) =>
    `${formatDay(asOf)}: ${plural(counts[segment.id]!, 'customer')}, ${formatShare(counts[segment.id]! / customers)} of ${formatExact(customers)}`;
  const isShort = before.asOf - from < yearMs;
  const known = isShort
    ? ` Your files begin on ${formatDay(from)}; what came before is not known, so that customers look newer the further one goes back.`
    : '';
  const exact =
    growth.agreement < 1
      ? ` Of today’s customers ${formatShare(growth.agreement)} come out in the segment they are in.`
      : '';
  return {
    points,
    text: {
      title: 'How it grew',
      unit: `dot: customers in ${segment.name}, every ${plural(stepDays, 'day')}`,
      sentence: sayChange(change) + all + known,
      table: {
        columns: heads('As of', 'Customers', 'Share', 'All customers'),
        rows: dates.map(({ asOf, customers, counts }) => [
          formatDay(asOf),
          formatExact(counts[segment.id]!),
          formatShare(counts[segment.id]! / customers),
          formatExact(customers),
        ]),
      },
      how: `The segments stay as they are today; at each earlier date everybody is counted in the one that what was known of them by then fits.${exact} Nothing that came later counts.`,
      readings: dates.map(say),
    },
  };
}
