import { lgamma } from '../../kit/special';
import { crossLabels } from './indices';

const entropyOf = (sizes: Float64Array, n: number): number =>
  sizes.reduce((sum, size) => (size > 0 ? sum - (size / n) * Math.log(size / n) : sum), 0);

function measureShared(sizesA: Float64Array, sizesB: Float64Array, table: Float64Array, n: number): number {
  let shared = 0;
  sizesA.forEach((a, i) =>
    sizesB.forEach((b, j) => {
      const both = table[i * sizesB.length + j]!;
      if (both > 0) shared += (both / n) * Math.log((n * both) / (a * b));
    }),
  );
  return shared;
}

/** What two groupings of these sizes share by chance (Vinh, Epps and Bailey 2010, equation 24a), in nats. */
function expectShared(sizesA: Float64Array, sizesB: Float64Array, n: number): number {
  const logFactorial = Float64Array.from({ length: n + 1 }, (_, m) => lgamma(m + 1));
  const log = (m: number) => logFactorial[m]!;
  let expected = 0;
  for (const a of sizesA)
    for (const b of sizesB) {
      const fixed = log(a) + log(b) + log(n - a) + log(n - b) - log(n);
      for (let both = Math.max(1, a + b - n); both <= Math.min(a, b); both++) {
        const chance = fixed - log(both) - log(a - both) - log(b - both) - log(n - a - b + both);
        expected += (both / n) * Math.log((n * both) / (a * b)) * Math.exp(chance);
      }
    }
  return expected;
}

/**
 * Mutual information of two groupings over their mean entropy, plain (0..1) and adjusted for chance (about 0 by chance,
 * 1 for the same grouping); rows of no cluster (-1) in either are left out.
 */
export function mutualInformation(a: Int32Array, b: Int32Array): { normalised: number; adjusted: number } {
  const { sizesA, sizesB, table, n } = crossLabels(a, b);
  const entropy = n > 0 ? (entropyOf(sizesA, n) + entropyOf(sizesB, n)) / 2 : 0;
  if (entropy === 0) return { normalised: 1, adjusted: 1 };
  const shared = measureShared(sizesA, sizesB, table, n);
  const expected = expectShared(sizesA, sizesB, n);
  const room = entropy - expected;
  return { normalised: shared / entropy, adjusted: room === 0 ? 1 : (shared - expected) / room };
}
