import type { NumberTransform } from './transform';

/** 1 where the value is missing (NaN), else 0; as scikit-learn's MissingIndicator over all features. */
export const flagGaps: NumberTransform<Record<string, never>, Record<string, never>> = {
  name: 'flagGaps',
  defaults: {},
  fit: () => ({}),
  transform: (_, values) => values.map((value) => (Number.isNaN(value) ? 1 : 0)),
};
