import type { RfmResult } from '../3-models/results/rfm-result';
import type { Segmentation } from '../3-models/results/segmentation';
import type { NextOrder, PriceSensitivity, ValueResult } from '../3-models/results/value-result';
import { heads, type ChartText } from './chart';
import { nameSegments } from './segment-charts';
import { formatWorth, sayAhead, worthOf } from './value-charts';
import { formatCount, formatShare, formatTimes, plural } from './words';

/** Customers parted in groups; `group[i]` is the place in `groups` of the i-th of `customers`, -1 = in none. */
export type Parting = {
  what: string;
  customers: Int32Array;
  group: ArrayLike<number>;
  groups: { name: string; slot: number | null }[];
};

/** By segment, under the person's names; null before there are any. */
export function bySegment(segmentation: Segmentation | null, names: string[]): Parting | null {
  if (!segmentation) return null;
  const named = nameSegments(segmentation, names);
  const places = new Map(named.map(({ id }, place) => [id, place]));
  return {
    what: 'segment',
    customers: segmentation.customers,
    group: Int32Array.from(segmentation.labels, (label) => places.get(label) ?? -1),
    groups: named.map(({ name, slot }) => ({ name, slot })),
  };
}

/** By stage of the customer's life; null without orders. */
export const byStage = (rfm: RfmResult | null): Parting | null =>
  rfm && {
    what: 'stage',
    customers: rfm.customers,
    group: rfm.lifecycle,
    groups: rfm.groups.map(({ name }) => ({ name, slot: null })),
  };

export type GroupBar = { name: string; slot: number | null; customers: number; total: number; mean: number };

/** What the members of each group add up to, most first; groups without anybody are left out. */
function addUp(of: Int32Array, figure: Float64Array, { customers, group, groups }: Parting): GroupBar[] {
  const bars = groups.map((one) => ({ ...one, customers: 0, total: 0, mean: 0 }));
  const places = new Map(Array.from(customers, (customer, i) => [customer, group[i]!]));
  of.forEach((customer, i) => {
    const bar = bars[places.get(customer) ?? -1];
    if (!bar) return;
    bar.customers++;
    bar.total += figure[i]!;
  });
  for (const bar of bars) bar.mean = bar.total / Math.max(1, bar.customers);
  return bars.filter(({ customers }) => customers > 0);
}

export function valueByGroup(value: ValueResult, parting: Parting): { bars: GroupBar[]; text: ChartText } {
  const bars = addUp(value.customers, worthOf(value), parting).sort((a, b) => b.total - a.total);
  const all = bars.reduce((sum, { total }) => sum + total, 0);
  const mean = all / Math.max(1, value.customers.length);
  const say = (worth: number) => formatWorth(value, worth);
  const top = bars[0];
  const what = value.hasMoney ? 'value' : 'orders to come';
  return {
    bars,
    text: {
      title: `${value.hasMoney ? 'Value' : 'Orders to come'} by ${parting.what}`,
      unit: `${what} in ${sayAhead(value.horizonDays)}: left of all together, right for each customer`,
      sentence:
        top && all > 0
          ? `${top.name}: ${formatShare(top.total / all)} of all ${what} from ${formatCount(top.customers)} of ${plural(value.customers.length, 'customer')}, ${say(top.mean)} each (${formatTimes(top.mean / mean)} the average).`
          : 'Nothing to come from anybody.',
      table: {
        columns: heads(
          parting.what === 'stage' ? 'Stage' : 'Segment',
          'Customers',
          'Together',
          'Share',
          'Each',
        ),
        rows: bars.map((bar) => [
          bar.name,
          formatCount(bar.customers),
          say(bar.total),
          formatShare(all > 0 ? bar.total / all : NaN),
          say(bar.mean),
        ]),
      },
      how: 'Each customer’s expected value, added up over the group, and divided by its customers.',
      readings: bars.map(
        (bar) =>
          `${bar.name}: ${say(bar.total)} together, ${say(bar.mean)} each, ${plural(bar.customers, 'customer')}`,
      ),
    },
  };
}

/** Mean price sensitivity of each group, most first. */
export function sensitivityByGroup(
  { index }: PriceSensitivity,
  customers: Int32Array,
  parting: Parting,
): { bars: GroupBar[]; text: ChartText } {
  const bars = addUp(customers, index, parting).sort((a, b) => b.mean - a.mean);
  const [top, least] = [bars[0], bars.at(-1)];
  const say = (bar: GroupBar) => formatCount(Math.round(bar.mean));
  return {
    bars,
    text: {
      title: `Price sensitivity by ${parting.what}`,
      unit: 'mean index of the group, from 0 (prices hardly matter) to 100 (buys by price)',
      sentence:
        top && least && top !== least
          ? `${top.name} minds prices most (${say(top)} of 100 on average), ${least.name} least (${say(least)}).`
          : '',
      table: {
        columns: heads('Segment', 'Customers', 'Mean index'),
        rows: bars.map((bar) => [bar.name, formatCount(bar.customers), say(bar)]),
      },
      how: 'The mean of the customers’ own indices. A low mean of a group with few orders each says that little is known, as an unknown customer stands in the middle.',
      readings: bars.map((bar) => `${bar.name}: ${say(bar)} of 100, ${plural(bar.customers, 'customer')}`),
    },
  };
}

/** How many customers stand where on the index, in tens. */
export function sensitivityChart({ index, words }: PriceSensitivity): { counts: number[]; text: ChartText } {
  const counts = new Array<number>(10).fill(0);
  for (const one of index) counts[Math.min(9, Math.floor(one / 10))]!++;
  const high = counts.slice(7).reduce((sum, n) => sum + n, 0);
  const name = (i: number) => `${10 * i}–${10 * i + 10}`;
  return {
    counts,
    text: {
      title: 'Who minds prices',
      unit: 'across: index from 0 (prices hardly matter) to 100 (buys by price) · up: customers',
      sentence: `${formatCount(high)} of ${plural(index.length, 'customer')} (${formatShare(high / Math.max(1, index.length))}) stand at 70 or more: they buy mostly when something is off.`,
      table: {
        columns: heads('Index', 'Customers', 'Share'),
        rows: counts.map((n, i) => [name(i), formatCount(n), formatShare(n / Math.max(1, index.length))]),
      },
      how: `${words} The index compares the customers of this data with one another; one with few orders is drawn to the middle. It says what they did, not what they would pay.`,
      readings: counts.map((n, i) => `index ${name(i)}: ${plural(n, 'customer')}`),
    },
  };
}

const nWeeks = 12;

/** By week ahead, for how many customers the window of their next order opens; the last bar is all that is later. */
export function nextOrderChart(
  { from, coverage }: NextOrder,
  { asOf, soon }: Pick<ValueResult, 'asOf' | 'soon'>,
): { counts: number[]; text: ChartText } {
  const counts = new Array<number>(nWeeks + 1).fill(0);
  const today = Math.ceil((asOf ?? 0) / 86_400_000);
  let overdue = 0;
  for (const first of from) {
    if (first === -1) overdue++;
    else counts[Math.min(nWeeks, Math.max(0, Math.floor((first - today) / 7)))]!++;
  }
  const n = plural(from.length, 'customer');
  const told = (soon ?? []).map(
    ({ days, customers }) => `${formatCount(Math.round(customers))} within ${days} days`,
  );
  const expected = told.length
    ? `Of ${n}, expected to order: ${told.join(', ')}; a bar counts all whose usual time begins then, whether or not they still come. `
    : '';
  const name = (i: number) => (i === nWeeks ? 'later' : `week ${i + 1}`);
  return {
    counts,
    text: {
      title: 'From when to expect the next orders',
      unit: 'across: week ahead from which an order of theirs is to be expected, if they order at all · up: customers',
      sentence: `${expected}${formatCount(overdue)} of ${n} are so long past their usual pause that no next order can be told.`,
      table: {
        columns: heads('From', 'Customers', 'Share'),
        rows: [
          ...counts.map((count, i) => [
            name(i),
            formatCount(count),
            formatShare(count / Math.max(1, from.length)),
          ]),
          ['cannot be told: overdue', formatCount(overdue), formatShare(overdue / Math.max(1, from.length))],
        ],
      },
      how: `Each customer’s own pauses between orders, drawn to those of all where there are few, and how long the present one has lasted. A window is meant to hold ${Math.round(coverage.level * 100)} of 100 orders that come within ${plural(coverage.days, 'day')}; of those that come later fewer fall inside. How many will order is told by the value model, which also knows that some have left.`,
      readings: counts.map((count, i) => `${name(i)}: ${plural(count, 'customer')}`),
    },
  };
}
