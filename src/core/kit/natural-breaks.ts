/** Values are first gathered into at most this many weighted points, equally many values each. */
const mostPoints = 512;

type Points = { upper: number[]; sums: Float64Array; squares: Float64Array; counts: Float64Array };

/** Rising distinct values (or runs of them) with running sums, so that any run's spread is had at once. */
function gather(sorted: Float64Array): Points {
  const n = sorted.length;
  const perPoint = Math.max(1, Math.ceil(n / mostPoints));
  const points: { upper: number; sum: number; square: number; count: number }[] = [];
  for (let i = 0; i < n;) {
    let end = Math.min(n, i + perPoint);
    // Equal values stay together.
    while (end < n && sorted[end] === sorted[end - 1]) end++;
    const run = sorted.subarray(i, end);
    points.push({
      upper: run[run.length - 1]!,
      sum: run.reduce((sum, value) => sum + value, 0),
      square: run.reduce((sum, value) => sum + value * value, 0),
      count: run.length,
    });
    i = end;
  }
  const running = (read: (point: (typeof points)[number]) => number) => {
    const all = new Float64Array(points.length + 1);
    points.forEach((point, p) => (all[p + 1] = all[p]! + read(point)));
    return all;
  };
  return {
    upper: points.map(({ upper }) => upper),
    sums: running(({ sum }) => sum),
    squares: running(({ square }) => square),
    counts: running(({ count }) => count),
  };
}

/**
 * The upper ends of all but the last of `nClasses` classes with the least spread within (Fisher 1958, "natural breaks"), by
 * dynamic programming; exact up to 512 distinct values, else over runs of equally many. Fewer where fewer values differ.
 */
export function findNaturalBreaks(values: Float64Array, nClasses: number): number[] {
  const known = values.filter(Number.isFinite);
  const middle = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  // About the mean: squares of large numbers that differ little would cancel out.
  const points = gather(known.map((value) => value - middle).sort());
  const n = points.upper.length;
  const k = Math.min(nClasses, n);
  if (k < 2) return [];
  const spread = (from: number, to: number) => {
    const count = points.counts[to]! - points.counts[from]!;
    const sum = points.sums[to]! - points.sums[from]!;
    return Math.max(0, points.squares[to]! - points.squares[from]! - (sum * sum) / count);
  };
  let least = Float64Array.from({ length: n + 1 }, (_, to) => (to ? spread(0, to) : Infinity));
  const starts: Int32Array[] = [];
  for (let c = 1; c < k; c++) {
    const next = new Float64Array(n + 1).fill(Infinity);
    const start = new Int32Array(n + 1);
    for (let to = c + 1; to <= n; to++)
      for (let from = c; from < to; from++) {
        const total = least[from]! + spread(from, to);
        if (total < next[to]!) [next[to], start[to]] = [total, from];
      }
    least = next;
    starts.push(start);
  }
  const breaks: number[] = [];
  for (let c = k - 2, to = n; c >= 0; c--) {
    to = starts[c]![to]!;
    breaks.unshift(points.upper[to - 1]! + middle);
  }
  return breaks;
}
