import { type NumberTransform, sortedKnown } from './transform';

/** Minus the mean, over the population standard deviation; as scikit-learn's StandardScaler, constants only move. */
export const standardScale: NumberTransform<Record<string, never>, { mean: number; scale: number }> = {
  name: 'standardScale',
  defaults: {},
  fit(values) {
    const known = sortedKnown(values);
    const n = known.length;
    const mean = known.reduce((sum, value) => sum + value, 0) / n;
    const gap = known.reduce((sum, value) => sum + (value - mean), 0);
    const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const variance = (squares - (gap * gap) / n) / n;
    // What rounding alone can make of a constant.
    const noise = n * Number.EPSILON * variance + (n * mean * Number.EPSILON) ** 2;
    // The gap that is left makes up for what rounding took from the sum.
    return { mean: mean + gap / n, scale: variance > noise ? Math.sqrt(variance) : 1 };
  },
  transform: ({ mean, scale }, values) => values.map((value) => (value - mean) / scale),
};
