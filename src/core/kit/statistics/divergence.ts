import { quantileSorted } from '../quantiles';

/** Shares below this count as this, so that an empty bin does not make the index infinite. */
const leastShare = 1e-4;

const toShares = (counts: readonly number[]) => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total > 0 ? count / total : 0));
};

/** Population stability index of two lists of shares or counts: sum (a - e) ln(a / e), shares floored at 1e-4. */
export function psiOfShares(reference: readonly number[], current: readonly number[]): number {
  const floor = (counts: readonly number[]) => toShares(counts).map((share) => Math.max(share, leastShare));
  const [e, a] = [floor(reference), floor(current)];
  return e.reduce((sum, share, i) => sum + (a[i]! - share) * Math.log(a[i]! / share), 0);
}

/** Inner edges of bins that hold equally many of the reference, equal edges once. */
export function referenceEdges(reference: ArrayLike<number>, nBins = 10): number[] {
  const sorted = Float64Array.from(reference)
    .filter((value) => value === value)
    .sort();
  const edges = Array.from({ length: nBins - 1 }, (_, i) => quantileSorted(sorted, (i + 1) / nBins));
  return [...new Set(edges)].filter((edge) => edge === edge);
}

/** How many values lie in each bin [edge, next edge); the first and the last are open. */
export function countBins(values: ArrayLike<number>, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== value) continue;
    let bin = 0;
    while (bin < edges.length && value >= edges[bin]!) bin++;
    counts[bin]! += 1;
  }
  return counts;
}

/** Population stability index of a number: bins fixed on the reference, which is 0 for equal samples. */
export function psi(reference: ArrayLike<number>, current: ArrayLike<number>, nBins = 10): number {
  const edges = referenceEdges(reference, nBins);
  return psiOfShares(countBins(reference, edges), countBins(current, edges));
}

/** Kullback and Leibler's divergence of `from` given `given`, in nats; Infinity where only `given` is empty. */
export function klDivergence(from: readonly number[], given: readonly number[]): number {
  const q = toShares(given);
  return toShares(from).reduce((sum, p, i) => sum + (p > 0 ? p * Math.log(p / q[i]!) : 0), 0);
}

/** Jensen and Shannon's divergence in nats, 0 to ln 2. */
export function jensenShannon(a: readonly number[], b: readonly number[]): number {
  const [p, q] = [toShares(a), toShares(b)];
  const middle = p.map((share, i) => (share + q[i]!) / 2);
  return (klDivergence(p, middle) + klDivergence(q, middle)) / 2;
}

/** Hellinger's distance of two lists of shares, 0..1. */
export function hellinger(a: readonly number[], b: readonly number[]): number {
  const q = toShares(b);
  const gaps = toShares(a).reduce((sum, p, i) => sum + (Math.sqrt(p) - Math.sqrt(q[i]!)) ** 2, 0);
  return Math.sqrt(gaps / 2);
}

/** The largest difference of two lists of shares over any set of values, 0..1. */
export function totalVariation(a: readonly number[], b: readonly number[]): number {
  const q = toShares(b);
  return toShares(a).reduce((sum, p, i) => sum + Math.abs(p - q[i]!), 0) / 2;
}

/** Entropy of shares or counts in nats; 0 when everything is in one place. */
export const entropy = (counts: readonly number[]): number =>
  toShares(counts).reduce((sum, share) => sum - (share > 0 ? share * Math.log(share) : 0), 0);
