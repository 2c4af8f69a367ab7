import { quantileSorted } from '../../kit/quantiles';

const nQuantiles = 48;

/** The nearest of 1, 5, 10, 50 … at or below `size`. */
function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  return size / power >= 5 ? 5 * power : power;
}

type Scale = { spread: number; isWhole: boolean; isSigned: boolean };

/**
 * A number a person would say near `value`: within a tenth of it, finer only when the column's spread asks for it. Where
 * values lie on both sides of 0, numbers near 0 are no finer than the others.
 */
function roundReadably(value: number, { spread, isWhole, isSigned }: Scale): number {
  if (value === 0) return 0;
  const step = roundStep(isSigned ? spread / 50 : Math.min(Math.abs(value) / 10, spread / 50));
  const usable = isWhole ? Math.max(1, step) : step;
  // The + 0 turns -0 into 0.
  return Number((Math.round(value / usable) * usable).toPrecision(12)) + 0;
}

export const isWholeNumbers = (values: Float64Array): boolean => values.every(Number.isInteger);

/** Readable thresholds for a column, rising, each with values on both sides: none for a constant. */
export function chooseCuts(values: Float64Array): number[] {
  const sorted = values.filter(Number.isFinite).sort();
  const lowest = sorted[0] ?? 0;
  const highest = sorted[sorted.length - 1] ?? 0;
  if (!(highest > lowest)) return [];
  const usual = quantileSorted(sorted, 0.95) - quantileSorted(sorted, 0.05);
  const spread = usual > 0 ? usual : highest - lowest;
  const isWhole = isWholeNumbers(values);
  const scale = { spread, isWhole, isSigned: lowest < 0 && highest > 0 };
  const cuts = new Set<number>();
  for (let q = 1; q < nQuantiles; q++) {
    const at = quantileSorted(sorted, q / nQuantiles);
    cuts.add(roundReadably(isWhole ? Math.floor(at) : at, scale));
  }
  if (isWhole) for (let t = Math.floor(lowest); t < lowest + 5; t++) cuts.add(t);
  else if (lowest === 0) cuts.add(0);
  return [...cuts].filter((cut) => cut >= lowest && cut < highest).sort((a, b) => a - b);
}
