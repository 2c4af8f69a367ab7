import { quantileSorted } from '../../kit/quantiles';
import { type NumberTransform, sortedKnown } from './transform';

/** Minus the median, over the distance of the quartiles; as scikit-learn's RobustScaler, without distance only moved. */
export const robustScale: NumberTransform<Record<string, never>, { middle: number; scale: number }> = {
  name: 'robustScale',
  defaults: {},
  fit(values) {
    const sorted = sortedKnown(values);
    const distance = quantileSorted(sorted, 0.75) - quantileSorted(sorted, 0.25);
    const scale = distance < 10 * Number.EPSILON ? 1 : distance;
    return { middle: quantileSorted(sorted, 0.5), scale };
  },
  transform: ({ middle, scale }, values) => values.map((value) => (value - middle) / scale),
};
