import { fTail, studentQuantile, studentTwoTails } from '../special';

/** Size, mean and squared deviations of the values of one group. */
export type Moments = { n: number; mean: number; squares: number };

/** Moments of each group `labels[i]` = 0..nGroups - 1; missing values (NaN) are passed over. */
export function groupMoments(
  values: ArrayLike<number>,
  labels: ArrayLike<number>,
  nGroups: number,
): Moments[] {
  const n = new Float64Array(nGroups);
  const mean = new Float64Array(nGroups);
  const squares = new Float64Array(nGroups);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const g = labels[i]!;
    if (value !== value) continue;
    const gap = value - mean[g]!;
    n[g]! += 1;
    mean[g]! += gap / n[g]!;
    squares[g]! += gap * (value - mean[g]!);
  }
  return Array.from(n, (size, g) => ({ n: size, mean: mean[g]!, squares: squares[g]! }));
}

/** Two groups taken together (Chan, Golub and LeVeque 1983). */
export function joinMoments(a: Moments, b: Moments): Moments {
  const n = a.n + b.n;
  if (n === 0) return { n: 0, mean: 0, squares: 0 };
  const gap = b.mean - a.mean;
  return { n, mean: a.mean + (gap * b.n) / n, squares: a.squares + b.squares + (gap * gap * a.n * b.n) / n };
}

/** One-way analysis of variance; all measures are 0 and p is 1 when there is nothing to compare. */
export function anova(groups: Moments[]) {
  const used = groups.filter(({ n }) => n > 0);
  const all = used.reduce(joinMoments, { n: 0, mean: 0, squares: 0 });
  const within = used.reduce((sum, { squares }) => sum + squares, 0);
  const between = used.reduce((sum, { n, mean }) => sum + n * (mean - all.mean) ** 2, 0);
  const dfBetween = used.length - 1;
  const dfWithin = all.n - used.length;
  const total = between + within;
  if (dfBetween < 1 || dfWithin < 1 || !(total > 0))
    return { f: 0, p: 1, etaSquared: 0, omegaSquared: 0, epsilonSquared: 0 };
  const noise = within / dfWithin;
  const f = noise > 0 ? between / dfBetween / noise : Infinity;
  return {
    f,
    p: fTail(f, dfBetween, dfWithin),
    /** Share of the spread that lies between the groups, 0..1. */
    etaSquared: between / total,
    omegaSquared: (between - dfBetween * noise) / (total + noise),
    epsilonSquared: (between - dfBetween * noise) / total,
  };
}

/** Welch's test of two means: their difference, its interval at `level` and p; null when a group has fewer than two. */
export function welchTest(a: Moments, b: Moments, level = 0.95) {
  if (a.n < 2 || b.n < 2) return null;
  const [va, vb] = [a.squares / (a.n - 1) / a.n, b.squares / (b.n - 1) / b.n];
  const difference = a.mean - b.mean;
  const error = Math.sqrt(va + vb);
  if (error === 0)
    return { difference, low: difference, high: difference, t: 0, p: difference === 0 ? 1 : 0 };
  const df = (va + vb) ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1));
  const t = difference / error;
  const half = studentQuantile((1 + level) / 2, df) * error;
  return { difference, low: difference - half, high: difference + half, t, p: studentTwoTails(t, df) };
}

/** Student's interval for one mean at `level`; null when there are fewer than two values. */
export function meanInterval({ n, mean, squares }: Moments, level = 0.95): [number, number] | null {
  if (n < 2) return null;
  const half = studentQuantile((1 + level) / 2, n - 1) * Math.sqrt(squares / (n - 1) / n);
  return [mean - half, mean + half];
}
