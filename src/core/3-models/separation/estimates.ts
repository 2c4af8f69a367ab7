import type { Random } from '../../kit/random';
import { anova, groupMoments, meanInterval, welchTest } from '../../kit/statistics/group-means';
import { newcombeInterval, wilsonInterval } from '../../kit/statistics/proportions';
import type { Estimated } from '../results/outcome-segments';

const nPermutations = 499;

/** Whether these outcomes are all 0 or 1, so that their mean is a share. */
export function isShares(y: Float64Array, rows: Int32Array): boolean {
  for (const row of rows) if (y[row] !== 0 && y[row] !== 1) return false;
  return true;
}

const momentsOf = (y: Float64Array, rows: Int32Array) =>
  groupMoments(
    Float64Array.from(rows, (row) => y[row]!),
    new Uint8Array(rows.length),
    1,
  )[0]!;

const countOf = (y: Float64Array, rows: Int32Array) => rows.reduce((sum, row) => sum + y[row]!, 0);

/** The mean outcome of these rows with its 95% interval: Student's, or Wilson's of a share. */
export function intervalOf(y: Float64Array, rows: Int32Array): Estimated {
  const moments = momentsOf(y, rows);
  const { n, mean } = moments;
  const [low, high] = isShares(y, rows)
    ? wilsonInterval(countOf(y, rows), n)
    : (meanInterval(moments) ?? [mean, mean]);
  return { value: mean, low, high, n };
}

/** Mean of `a` less mean of `b`; the interval fails with likelihood `level`: Welch's, or Newcombe's of shares. */
export function differenceOf(y: Float64Array, a: Int32Array, b: Int32Array, level: number): Estimated {
  const n = a.length;
  if (isShares(y, a) && isShares(y, b)) {
    const [first, second] = [[countOf(y, a), a.length] as const, [countOf(y, b), b.length] as const];
    const [low, high] = newcombeInterval(first, second, 1 - level);
    return { value: first[0] / first[1] - second[0] / second[1], low, high, n };
  }
  const [first, second] = [momentsOf(y, a), momentsOf(y, b)];
  const found = welchTest(first, second, 1 - level);
  const value = first.mean - second.mean;
  return found
    ? { value, low: found.low, high: found.high, n }
    : { value, low: -Infinity, high: Infinity, n };
}

/** Puts the values in another order, in place (Fisher and Yates). */
export function shuffle(values: Float64Array | Int32Array, random: Random): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const swap = values[i]!;
    values[i] = values[j]!;
    values[j] = swap;
  }
}

/** Sum of squared group sums over group sizes: what alone moves when values change groups. */
function spreadBetween(values: Float64Array, labels: Int32Array, sizes: Float64Array): number {
  const sums = new Float64Array(sizes.length);
  for (let i = 0; i < values.length; i++) sums[labels[i]!]! += values[i]!;
  return sums.reduce((total, sum, g) => total + (sum * sum) / sizes[g]!, 0);
}

/** Whether groups of rows differ in their means with a likelihood below `level` by chance: a permutation test, exact whatever the spread. */
export function hasDifferences(
  y: Float64Array,
  groups: Int32Array[],
  level: number,
  random: Random,
): boolean {
  if (groups.length < 2) return false;
  const sizes = Float64Array.from(groups, (rows) => rows.length);
  const labels = Int32Array.from(groups.flatMap((rows, g) => new Array<number>(rows.length).fill(g)));
  const values = Float64Array.from(groups.flatMap((rows) => Array.from(rows, (row) => y[row]!)));
  const { p } = anova(groupMoments(values, labels, groups.length));
  // Far from the limit the test by hand would say the same as 499 shuffles.
  if (p > 0.2) return false;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  for (let i = 0; i < values.length; i++) values[i]! -= mean;
  const seen = spreadBetween(values, labels, sizes);
  const allowed = Math.floor(level * (nPermutations + 1)) - 1;
  let asLarge = 0;
  for (let b = 0; b < nPermutations && asLarge <= allowed; b++) {
    shuffle(values, random);
    if (spreadBetween(values, labels, sizes) >= seen * (1 - 1e-12)) asLarge++;
  }
  return asLarge <= allowed;
}
