import type { NumberTransform } from './transform';

/** log(1 + x), as numpy.log1p in scikit-learn's FunctionTransformer; -1 and below are missing. */
export const log: NumberTransform<Record<string, never>, Record<string, never>> = {
  name: 'log',
  defaults: {},
  fit: () => ({}),
  transform: (_, values) => values.map((value) => (value > -1 ? Math.log1p(value) : NaN)),
};
