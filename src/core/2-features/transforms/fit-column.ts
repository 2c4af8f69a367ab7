import { quantileSorted } from '../../kit/quantiles';
import { quantileScale } from './quantile-scale';
import type { NumberTransformName, numberTransforms } from './registry';
import { robustScale } from './robust-scale';
import { sortedKnown } from './transform';
import { winsorise } from './winsorise';

type ModelOf<Name extends NumberTransformName> = ReturnType<(typeof numberTransforms)[Name]['fit']>;

/** What a chosen transform has learnt, as plain data. */
type Fitted =
  | { by: 'winsorise'; model: ModelOf<'winsorise'> }
  | { by: 'robustScale'; model: ModelOf<'robustScale'> }
  | { by: 'quantileScale'; model: ModelOf<'quantileScale'> };

/**
 * How a column is read: as it is, on a log scale or (`fitted`) as a person chose, then less `mean` and over `sd`. `skew`
 * is that of the values as they are.
 */
export type ColumnTransform = {
  name: string;
  log: boolean;
  mean: number;
  sd: number;
  skew: number;
  fitted?: Fitted;
};

/** Skewness above which a column that is never negative is looked at on a log scale. */
const skewLimit = 1;
/** Landmarks of a column read by rank: what is stored stays small. */
const nQuantiles = 100;

type Moments = { mean: number; sd: number; skew: number };

/** Mean, population standard deviation and skewness of the finite values; zeros when there are none or no spread. */
function measureMoments(values: Float64Array, read: (value: number) => number): Moments {
  let n = 0;
  let mean = 0;
  for (const value of values) if (Number.isFinite(value)) mean += (read(value) - mean) / ++n;
  let m2 = 0;
  let m3 = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    const gap = read(value) - mean;
    m2 += gap * gap;
    m3 += gap * gap * gap;
  }
  const variance = n > 0 ? m2 / n : 0;
  const hasSpread = variance > 1e-20 * Math.max(1, mean * mean);
  const sd = hasSpread ? Math.sqrt(variance) : 0;
  return { mean, sd, skew: hasSpread ? m3 / n / sd ** 3 : 0 };
}

const isNeverNegative = (values: Float64Array) => values.every((value) => !(value < 0));
const logOf = (value: number) => Math.log1p(Math.max(value, 0));

/** Learns what a person chose; null where it needs no learning, or the values have no middle half to be measured by. */
function fitChosen(values: Float64Array, by: NumberTransformName): Fitted | null {
  if (by === 'winsorise') return { by, model: winsorise.fit(values, winsorise.defaults) };
  if (by === 'quantileScale') return { by, model: quantileScale.fit(values, { nQuantiles }) };
  return by === 'robustScale' && hasMiddleHalf(values)
    ? { by, model: robustScale.fit(values, robustScale.defaults) }
    : null;
}

/** Whether the quartiles differ, so that values can be told by how far they lie apart. */
export function hasMiddleHalf(values: Float64Array): boolean {
  const sorted = sortedKnown(values);
  return quantileSorted(sorted, 0.75) > quantileSorted(sorted, 0.25);
}

/** The values as read, before the mean is taken off. */
export function readColumn({ log, fitted }: ColumnTransform, values: Float64Array): Float64Array {
  if (log) return values.map(logOf);
  if (fitted?.by === 'winsorise') return winsorise.transform(fitted.model, values);
  if (fitted?.by === 'quantileScale') return quantileScale.transform(fitted.model, values);
  if (fitted?.by === 'robustScale') return robustScale.transform(fitted.model, values);
  return values;
}

/**
 * Learns how one column is read: as wanted, or log1p when it is never negative, leans right, and the log makes it lean
 * less.
 */
export function fitColumn(
  name: string,
  values: Float64Array,
  wanted: NumberTransformName | null = null,
): ColumnTransform {
  const plain = measureMoments(values, (value) => value);
  const asIs: ColumnTransform = { name, log: false, ...plain };
  const mayLog = wanted === 'log' || (!wanted && plain.skew > skewLimit && isNeverNegative(values));
  if (mayLog) {
    const logged = measureMoments(values, logOf);
    if (wanted || Math.abs(logged.skew) < plain.skew) return { name, log: true, ...logged, skew: plain.skew };
  }
  const fitted = wanted && plain.sd > 0 ? fitChosen(values, wanted) : null;
  if (!fitted) return asIs;
  if (fitted.by === 'robustScale') return { ...asIs, mean: 0, sd: 1, fitted };
  const { mean, sd } = measureMoments(readColumn({ ...asIs, fitted }, values), (value) => value);
  return { ...asIs, mean, sd, fitted };
}

const one = new Float64Array(1);

/** A value on the standardised scale; 0, the middle, for missing values and constant columns. */
export function transformValue(transform: ColumnTransform, value: number): number {
  const { log, mean, sd, fitted } = transform;
  one[0] = value;
  const read = fitted ? readColumn(transform, one)[0]! : log ? logOf(value) : value;
  const z = (read - mean) / sd;
  return Number.isFinite(z) ? z : 0;
}
