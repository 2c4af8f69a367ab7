import { medianOf } from '../../kit/quantiles';
import type { FeatureDefinition } from '../feature-table';
import { DAY, type OrderHistory } from '../history';
import { shared } from './measure';
import type { OrderMeasure } from './order-measure';
import { variation } from './order-value';
import { recency } from './rfm';
import { fromOrders } from './rhythm';

const gapDefinition = (
  name: string,
  label: string,
  what: string,
  high: string,
  low: string,
  needed: 'two' | 'three' = 'two',
): FeatureDefinition => ({
  name,
  label,
  unit: 'days',
  formula: `${what}; with fewer than ${needed} orders, the median of all customers with ${needed} or more`,
  source: 'order date',
  high,
  low,
});

const middleGaps = shared((history: OrderHistory) =>
  fromOrders(history, 2, (first, end) => medianOf(gapsOf(history, first, end))),
);

const longestGaps = shared((history: OrderHistory) =>
  fromOrders(history, 2, (first, end) => gapsOf(history, first, end).reduce((a, b) => Math.max(a, b))),
);

export const gapMedian: OrderMeasure = {
  definition: gapDefinition(
    'gapMedian',
    'middle of days between orders',
    'median of the days between one order and the next',
    'long typical pauses',
    'short typical pauses',
  ),
  compute: (history) => middleGaps(history).slice(),
};

export const gapShortest: OrderMeasure = {
  definition: gapDefinition(
    'gapShortest',
    'shortest pause between orders',
    'fewest days between one order and the next',
    'never back at once',
    'sometimes back at once',
  ),
  compute: (history) =>
    fromOrders(history, 2, (first, end) => gapsOf(history, first, end).reduce((a, b) => Math.min(a, b))),
};

export const gapLongest: OrderMeasure = {
  definition: gapDefinition(
    'gapLongest',
    'longest pause between orders',
    'most days between one order and the next',
    'has come back after long',
    'never long away',
  ),
  compute: (history) => longestGaps(history).slice(),
};

const silenceAgainst = (
  definition: Pick<FeatureDefinition, 'name' | 'label' | 'high' | 'low'>,
  pause: string,
  gapsOfAll: (history: OrderHistory) => Float64Array,
): OrderMeasure => ({
  definition: {
    ...definition,
    unit: 'ratio',
    formula: `days since last order, divided by ${pause} between orders (at least 1 day)`,
    source: 'order date',
  },
  compute: (history) => {
    const gaps = gapsOfAll(history);
    return recency.compute(history).map((days, c) => days / Math.max(1, gaps[c]!));
  },
});

/** Unlike the mean, the middle is not moved by a first month of trying out, nor by one long holiday. */
export const gapRatioMedian = silenceAgainst(
  {
    name: 'gapRatioMedian',
    label: 'silence compared with own middle pause (times)',
    high: 'quiet for many pauses',
    low: 'within a usual pause',
  },
  'middle of days',
  middleGaps,
);

export const gapRatioLongest = silenceAgainst(
  {
    name: 'gapRatioLongest',
    label: 'silence compared with own longest pause (times)',
    high: 'quiet for longer than ever',
    low: 'quiet for as long before',
  },
  'most days',
  longestGaps,
);

export const lastGap: OrderMeasure = {
  definition: gapDefinition(
    'lastGap',
    'days between the last two orders',
    'days from the last order but one to the last',
    'slow to come back last time',
    'quick to come back last time',
  ),
  compute: (history) =>
    fromOrders(history, 2, (_, end) => (history.time[end - 1]! - history.time[end - 2]!) / DAY),
};

export const gapVariation: OrderMeasure = {
  definition: {
    ...gapDefinition(
      'gapVariation',
      'unevenness of pauses for their length',
      'standard deviation of the days between orders, divided by their mean',
      'unpredictable rhythm',
      'predictable rhythm',
      'three',
    ),
    unit: 'ratio',
  },
  compute: (history) => fromOrders(history, 3, (first, end) => variation(gapsOf(history, first, end))),
};

export const gapTrend: OrderMeasure = {
  definition: {
    ...gapDefinition(
      'gapTrend',
      'last pause compared with own usual pause (times)',
      'days between the last two orders, divided by usual days between orders (at least 1 day)',
      'pauses growing',
      'pauses shrinking',
      'three',
    ),
    unit: 'ratio',
  },
  compute: (history) =>
    fromOrders(history, 3, (first, end) => {
      const { time } = history;
      const usual = (time[end - 1]! - time[first]!) / DAY / (end - first - 1);
      return (time[end - 1]! - time[end - 2]!) / DAY / Math.max(1, usual);
    }),
};

export const regularity: OrderMeasure = {
  definition: {
    ...gapDefinition(
      'regularity',
      'share of pauses near the usual one',
      'share of the days between orders that are within a quarter of their median',
      'like clockwork',
      'no fixed rhythm',
      'three',
    ),
    unit: 'share',
  },
  compute: (history) =>
    fromOrders(history, 3, (first, end) => {
      const gaps = gapsOf(history, first, end);
      const usual = medianOf(gaps);
      return gaps.filter((gap) => Math.abs(gap - usual) <= usual / 4).length / gaps.length;
    }),
};

/** Days between each of the orders `first` to `end - 1` and the one before. */
const gapsOf = ({ time }: OrderHistory, first: number, end: number): Float64Array =>
  Float64Array.from({ length: end - first - 1 }, (_, i) => (time[first + i + 1]! - time[first + i]!) / DAY);
