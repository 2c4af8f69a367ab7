import { quantileSorted } from '../kit/quantiles';

/** `histogram`: counts in 20 equally wide bins from min to max; all in the first when there is one value only. */
export type FeatureSummary = {
  n: number;
  missing: number;
  zeros: number;
  min: number;
  q25: number;
  median: number;
  q75: number;
  max: number;
  mean: number;
  histogram: number[];
};

const nBins = 20;

/** What a column of values looks like; `missing` counts those that are no finite number, and all figures leave them out. NaN of nothing. */
export function summariseFeature(values: Float64Array): FeatureSummary {
  const sorted = values.filter(Number.isFinite).sort();
  const n = sorted.length;
  const min = sorted[0] ?? NaN;
  const max = sorted[n - 1] ?? NaN;
  const histogram = new Array<number>(nBins).fill(0);
  let total = 0;
  let zeros = 0;
  for (const value of sorted) {
    total += value;
    if (value === 0) zeros++;
    const share = max > min ? (value - min) / (max - min) : 0;
    histogram[Math.min(nBins - 1, Math.floor(share * nBins))]!++;
  }
  const at = (share: number) => quantileSorted(sorted, share);
  return {
    n,
    missing: values.length - n,
    zeros,
    min,
    q25: at(0.25),
    median: at(0.5),
    q75: at(0.75),
    max,
    mean: total / n,
    histogram,
  };
}
