/** Up to this many pairs the exact likelihood is counted. */
const exactPairs = 10_000;

/** P(K > x) of Kolmogorov's distribution, the limit for large samples. */
export function kolmogorovTail(x: number): number {
  if (x <= 0) return 1;
  if (x < 1) {
    const factor = Math.sqrt(2 * Math.PI) / x;
    let below = 0;
    for (let k = 1; k < 40; k += 2) below += Math.exp((-(k * k) * Math.PI * Math.PI) / (8 * x * x));
    return 1 - factor * below;
  }
  let tail = 0;
  for (let k = 1; k < 20; k++) tail += 2 * (k % 2 ? 1 : -1) * Math.exp(-2 * k * k * x * x);
  return Math.min(1, tail);
}

/** P(D >= d) for samples of m and n without ties: the share of lattice paths that leave the band (Schröer and Trenkler 1995). */
function exactTail(d: number, m: number, n: number): number {
  const limit = (0.5 + Math.floor(d * m * n - 1e-7)) / (m * n);
  // Shares of the paths to each point that have left, not 1 less those that have not: a tiny p keeps its digits.
  const left = new Float64Array(n + 1);
  for (let i = 0; i <= m; i++)
    for (let j = 0; j <= n; j++) {
      const isOut = Math.abs(i / m - j / n) > limit;
      const fromLeft = j > 0 ? (left[j - 1]! * j) / (i + j) : 0;
      const fromBelow = i > 0 ? (left[j]! * i) / (i + j) : 0;
      left[j] = isOut ? 1 : fromLeft + fromBelow;
    }
  return Math.min(1, left[n]!);
}

/**
 * The two-sample test of Kolmogorov and Smirnov. `pAsymptotic` is the classical limit (R's), not the one-sample form;
 * `pExact` counts paths as if no values were equal, and is null above 10,000 pairs.
 */
export function kolmogorovSmirnov(a: ArrayLike<number>, b: ArrayLike<number>) {
  const sort = (values: ArrayLike<number>) =>
    Float64Array.from(values)
      .filter((value) => value === value)
      .sort();
  const [x, y] = [sort(a), sort(b)];
  const [m, n] = [x.length, y.length];
  if (m === 0 || n === 0) return { statistic: 0, pExact: null, pAsymptotic: 1 };
  let statistic = 0;
  for (let i = 0, j = 0; i < m && j < n;) {
    const value = Math.min(x[i]!, y[j]!);
    while (i < m && x[i] === value) i++;
    while (j < n && y[j] === value) j++;
    statistic = Math.max(statistic, Math.abs(i / m - j / n));
  }
  const pExact = m * n <= exactPairs ? exactTail(statistic, m, n) : null;
  return { statistic, pExact, pAsymptotic: kolmogorovTail(statistic * Math.sqrt((m * n) / (m + n))) };
}
