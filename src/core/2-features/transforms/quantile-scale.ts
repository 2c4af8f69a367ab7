import { quantileSorted } from '../../kit/quantiles';
import { type NumberTransform, sortedKnown } from './transform';

/** Landmarks: values in rising order, the share of rows at each evenly spaced from 0 to 1. */
type Landmarks = { quantiles: number[] };

/**
 * The share of training rows below a value, 0..1; as scikit-learn's QuantileTransformer to the uniform distribution, but
 * learnt from all rows where that one draws 100,000. Between landmarks linear; among equal ones the middle.
 */
export const quantileScale: NumberTransform<{ nQuantiles: number }, Landmarks> = {
  name: 'quantileScale',
  defaults: { nQuantiles: 1000 },
  fit(values, { nQuantiles }) {
    const sorted = sortedKnown(values);
    const n = Math.max(1, Math.min(nQuantiles, values.length));
    return {
      quantiles: Array.from({ length: n }, (_, i) => quantileSorted(sorted, shareOf(i, n))),
    };
  },
  transform({ quantiles }, values) {
    const first = quantiles[0]!;
    const last = quantiles[quantiles.length - 1]!;
    return values.map((value) => {
      if (Number.isNaN(value)) return NaN;
      if (value <= first) return 0;
      if (value >= last) return 1;
      return (shareAt(quantiles, value, true) + shareAt(quantiles, value, false)) / 2;
    });
  },
};

/** numpy.linspace in percent: where values tie, rounding decides whether a landmark lies on the value or just below it. */
const shareOf = (i: number, n: number) =>
  i + 1 === n && n > 1 ? 1 : (i * (1 / Math.max(1, n - 1)) * 100) / 100;

/** Interpolated between the landmarks around the value: after the last one equal to it, or before the first. */
function shareAt(quantiles: number[], value: number, isAfter: boolean): number {
  let low = 0;
  let high = quantiles.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isAfter ? quantiles[middle]! <= value : quantiles[middle]! < value) low = middle;
    else high = middle;
  }
  const step = quantiles[high]! - quantiles[low]!;
  return (low + (step > 0 ? (value - quantiles[low]!) / step : 0)) / (quantiles.length - 1);
}
