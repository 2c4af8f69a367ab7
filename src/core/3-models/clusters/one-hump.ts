import type { Random } from '../../kit/random';

/** A rising, piecewise linear curve from shares (0..1) to values. */
type Curve = { shares: Float64Array; values: Float64Array };

/** A column's distribution with one hump: as wide, as skewed and as heaped as the column, but without a second top. */
export type Hump = { curve: Curve; heaps: Heaps | null };

/** Values that many rows share, rising, and how far the room of each reaches down and up. */
type Heaps = { values: Float64Array; low: Float64Array; high: Float64Array };

/** Tops that are tried: the hump whose curve stays nearest to the column's own is taken. */
const nTops = 25;
/** The room of a heaped value ends half-way to the next one, but is never wider than this many times the other side. */
const widest = 2;

/** The distinct values of a column where they repeat: half of the rows or more share theirs. */
function findHeaps(sorted: Float64Array): Heaps | null {
  const values = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (values.length > sorted.length / 2 || values.length < 2) return null;
  const n = values.length;
  const gap = (i: number) => (i >= 0 && i + 1 < n ? values[i + 1]! - values[i]! : Infinity);
  const room = (i: number, side: number) => {
    const [own, other] = side < 0 ? [gap(i - 1), gap(i)] : [gap(i), gap(i - 1)];
    const further = side < 0 ? gap(i - 2) : gap(i + 1);
    const limit = widest * Math.min(other, further);
    return Math.min(Number.isFinite(own) ? own : other, Number.isFinite(limit) ? limit : Infinity) / 2;
  };
  return {
    values,
    low: values.map((value, i) => value - room(i, -1)),
    high: values.map((value, i) => value + room(i, 1)),
  };
}

/** Where in rising `values` the last one at or below `value` stands; 0 when all are larger. */
function findBelow(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (values[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The column with every heaped value spread evenly over its room. */
export function spreadHeaps(
  column: Float64Array,
  random: Random,
): { spread: Float64Array; heaps: Heaps | null } {
  const heaps = findHeaps(column.slice().sort());
  if (!heaps) return { spread: column, heaps };
  const spread = column.map((value) => {
    const i = findBelow(heaps.values, value);
    return heaps.low[i]! + random.next() * (heaps.high[i]! - heaps.low[i]!);
  });
  return { spread, heaps };
}

/** Indices of the hull of the points (x[i], i) from..to: the greatest convex curve below (side 1) or concave above (-1). */
function findHull(x: Float64Array, from: number, to: number, side: 1 | -1): number[] {
  const hull: number[] = [];
  for (let i = from; i <= to; i++) {
    while (hull.length > 1) {
      const b = hull.at(-1)!;
      const a = hull.at(-2)!;
      const turn = (x[b]! - x[a]!) * (i - a) - (b - a) * (x[i]! - x[a]!);
      if (side * turn > 0) break;
      hull.pop();
    }
    hull.push(i);
  }
  return hull;
}

/** The largest distance, in rows, between the curve through `hull` and the column's own. */
function measureGap(x: Float64Array, hull: number[]): number {
  let most = 0;
  for (let h = 1; h < hull.length; h++) {
    const a = hull[h - 1]!;
    const b = hull[h]!;
    const slope = (b - a) / Math.max(x[b]! - x[a]!, 1e-12);
    for (let i = a + 1; i < b; i++) most = Math.max(most, Math.abs(a + slope * (x[i]! - x[a]!) - i));
  }
  return most;
}

/**
 * The nearest distribution with one top, by its cumulative curve: convex up to the top, concave after it (Hartigan and
 * Hartigan 1985). `column` must be finite and free of heaps, see `spreadHeaps`.
 */
export function fitHump(column: Float64Array, heaps: Heaps | null): Hump {
  const x = column.slice().sort();
  const last = x.length - 1;
  let best: number[] = [];
  let least = Infinity;
  for (let t = 0; t <= nTops; t++) {
    const top = Math.round((t / nTops) * last);
    const hull = [...findHull(x, 0, top, 1), ...findHull(x, top, last, -1).slice(1)];
    const gap = measureGap(x, hull);
    if (gap < least) {
      least = gap;
      best = hull;
    }
  }
  const curve = {
    shares: Float64Array.from(best, (i) => i / last),
    values: Float64Array.from(best, (i) => x[i]!),
  };
  return { curve, heaps };
}

/** The value below which `share` of the hump lies, on a heap when it falls into the room of one. */
export function readHump({ curve, heaps }: Hump, share: number): number {
  const i = Math.min(findBelow(curve.shares, share), Math.max(0, curve.shares.length - 2));
  const j = Math.min(i + 1, curve.shares.length - 1);
  const width = curve.shares[j]! - curve.shares[i]!;
  const value =
    curve.values[i]! +
    (width > 0 ? (share - curve.shares[i]!) / width : 0) * (curve.values[j]! - curve.values[i]!);
  if (!heaps) return value;
  const below = findBelow(heaps.low, value);
  return value <= heaps.high[below]! ? heaps.values[below]! : value;
}
