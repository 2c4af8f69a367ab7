import { quantileSorted } from '../../kit/quantiles';
import { type NumberTransform, sortedKnown } from './transform';

type Bounds = { low: number; high: number };

/** Pulls what lies beyond two quantiles (shares 0..1, linear between neighbours as in numpy.quantile) back to them. */
export const winsorise: NumberTransform<Bounds, Bounds> = {
  name: 'winsorise',
  defaults: { low: 0.01, high: 0.99 },
  fit(values, { low, high }) {
    const sorted = sortedKnown(values);
    return { low: quantileSorted(sorted, low), high: quantileSorted(sorted, high) };
  },
  transform: ({ low, high }, values) => values.map((value) => Math.min(high, Math.max(low, value))),
};
