import { chiSquareTail, normalCdf } from '../special';

/** Ranks from 1 (lowest), equal values share the mean of theirs; missing values (NaN) have the rank NaN. */
export type Ranking = {
  ranks: Float64Array;
  nRanked: number;
  /** Sum of t^3 - t over the groups of t equal values: what ties take off the spread of a rank sum. */
  ties: number;
};

/** The different values, rising, and for each value which of them it is (-1 = missing). One native sort: O(n log n). */
export function indexDistinct(values: ArrayLike<number>): { distinct: Float64Array; at: Int32Array } {
  const sorted = Float64Array.from(values).sort();
  let nDistinct = 0;
  for (const value of sorted)
    if (value === value && (nDistinct === 0 || sorted[nDistinct - 1] !== value)) sorted[nDistinct++] = value;
  const distinct = sorted.slice(0, nDistinct);
  const at = new Int32Array(values.length);
  for (let i = 0; i < at.length; i++) at[i] = findSorted(distinct, values[i]!);
  return { distinct, at };
}

export function rankValues(values: ArrayLike<number>): Ranking {
  const { distinct, at } = indexDistinct(values);
  const counts = new Float64Array(distinct.length);
  for (const index of at) if (index >= 0) counts[index]! += 1;
  const rankOf = new Float64Array(distinct.length);
  let nRanked = 0;
  let ties = 0;
  counts.forEach((count, index) => {
    rankOf[index] = nRanked + (count + 1) / 2;
    nRanked += count;
    ties += count ** 3 - count;
  });
  const ranks = Float64Array.from(at, (index) => (index < 0 ? NaN : rankOf[index]!));
  return { ranks, nRanked, ties };
}

function findSorted(sorted: Float64Array, value: number): number {
  if (Number.isNaN(value)) return -1;
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export type RankTest = {
  /** How often a member is above an outsider, minus how often below, -1..1 (Cliff 1993). */
  delta: number;
  /** Mann and Whitney's U of the members. */
  u: number;
  /** Two-sided, normal with tie and continuity correction; 1 when there is nothing to compare. */
  p: number;
};

/** The Mann-Whitney test of `n` members with this sum of ranks against all the other ranked rows. */
export function testRankSum(rankSum: number, n: number, { nRanked, ties }: Omit<Ranking, 'ranks'>): RankTest {
  const nOthers = nRanked - n;
  const u = rankSum - (n * (n + 1)) / 2;
  if (n === 0 || nOthers === 0) return { delta: 0, u, p: 1 };
  const middle = (n * nOthers) / 2;
  const spread = Math.sqrt((middle / 6) * (nRanked + 1 - ties / (nRanked * (nRanked - 1))));
  const z = spread > 0 ? (Math.abs(u - middle) - 0.5) / spread : 0;
  return { delta: (2 * u) / (n * nOthers) - 1, u, p: Math.min(1, 2 * normalCdf(-z)) };
}

/** Members against others, both as plain values. */
export function mannWhitney(members: ArrayLike<number>, others: ArrayLike<number>): RankTest {
  const ranking = rankValues([...Array.from(members), ...Array.from(others)]);
  const own = ranking.ranks.subarray(0, members.length).filter((rank) => rank === rank);
  return testRankSum(
    own.reduce((sum, rank) => sum + rank, 0),
    own.length,
    ranking,
  );
}

/** Kruskal and Wallis' test of equal middles over groups `labels[i]` = 0..nGroups - 1, ties corrected. */
export function kruskalWallis(values: ArrayLike<number>, labels: ArrayLike<number>, nGroups: number) {
  const { ranks, nRanked, ties } = rankValues(values);
  const sums = new Float64Array(nGroups);
  const sizes = new Float64Array(nGroups);
  ranks.forEach((rank, i) => {
    if (rank !== rank) return;
    sums[labels[i]!]! += rank;
    sizes[labels[i]!]!++;
  });
  const df = sizes.filter((size) => size > 0).length - 1;
  const untied = 1 - ties / (nRanked ** 3 - nRanked);
  if (df < 1 || !(untied > 0)) return { h: 0, p: 1 };
  const total = sums.reduce((sum, own, g) => sum + (sizes[g]! > 0 ? (own * own) / sizes[g]! : 0), 0);
  const h = ((12 * total) / (nRanked * (nRanked + 1)) - 3 * (nRanked + 1)) / untied;
  return { h, p: chiSquareTail(Math.max(0, h), df) };
}
