import type { Matrix } from '../kit/matrix';
import type { ColumnTransform } from './results/segmentation';

/** Skewness above which a column that is never negative is looked at on a log scale. */
const skewLimit = 1;

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

/** Learns one column's transform: log1p when it is never negative, leans right, and the log makes it lean less. */
export function fitColumn(name: string, values: Float64Array): ColumnTransform {
  const plain = measureMoments(values, (value) => value);
  if (plain.skew > skewLimit && isNeverNegative(values)) {
    const logged = measureMoments(values, Math.log1p);
    if (Math.abs(logged.skew) < plain.skew) return { name, log: true, ...logged, skew: plain.skew };
  }
  return { name, log: false, ...plain };
}

/** A value on the standardised scale; 0, the middle, for missing values and constant columns. */
export function transformValue({ log, mean, sd }: ColumnTransform, value: number): number {
  const z = ((log ? Math.log1p(Math.max(value, 0)) : value) - mean) / sd;
  return Number.isFinite(z) ? z : 0;
}

/** The columns (one for each transform, equally long) as standardised rows. */
export function transformColumns(transforms: ColumnTransform[], columns: Float64Array[]): Matrix {
  const nRows = columns[0]?.length ?? 0;
  const nColumns = transforms.length;
  const data = new Float64Array(nRows * nColumns);
  transforms.forEach((transform, j) => {
    const values = columns[j]!;
    for (let i = 0; i < nRows; i++) data[i * nColumns + j] = transformValue(transform, values[i]!);
  });
  return { data, nRows, nColumns };
}
