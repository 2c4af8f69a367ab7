import type { Terms } from './shape-boosting';

/** Values of one table by bag, and the share of the training rows in each of its cells. */
export type BaggedTable = { shares: Float64Array; values: Float64Array[] };

/** Share of the training weight by cell of a term. */
function sharesOf({ cells, offsets }: Terms, t: number, weights: Float64Array): Float64Array {
  const width = offsets.length - 1;
  const shares = new Float64Array(offsets[t + 1]! - offsets[t]!);
  const total = weights.reduce((sum, value) => sum + value, 0);
  for (let i = 0; i < weights.length; i++)
    shares[cells[i * width + t]! - offsets[t]!]! += weights[i]! / total;
  return shares;
}

/** The table of term t out of the cell values of all terms. */
export const tabulate = (
  terms: Terms,
  t: number,
  bags: Float64Array[],
  weights: Float64Array,
): BaggedTable => ({
  shares: sharesOf(terms, t, weights),
  values: bags.map((values) => values.slice(terms.offsets[t], terms.offsets[t + 1])),
});

export const meanAbsolute = (values: ArrayLike<number>, shares: Float64Array) =>
  shares.reduce((sum, share, cell) => sum + share * Math.abs(values[cell]!), 0);

/** Mean and 95% interval over bags; `spread` turns the bags' deviation into that of a fit to all rows. */
function summarise(perBag: number[], spread: number) {
  const mean = perBag.reduce((sum, value) => sum + value, 0) / perBag.length;
  const squares = perBag.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = 1.96 * spread * Math.sqrt(squares / Math.max(1, perBag.length - 1));
  return { mean, low: mean - half, high: mean + half };
}

/** Means and intervals over the bags, and how much the table says on average, either way. */
export function finishTable({ shares, values }: BaggedTable, spread: number) {
  const cells = Array.from(shares, (_, cell) =>
    summarise(
      values.map((own) => own[cell]!),
      spread,
    ),
  );
  const means = cells.map(({ mean }) => mean);
  const { low, high, mean } = summarise(
    values.map((own) => meanAbsolute(own, shares)),
    spread,
  );
  const value = meanAbsolute(means, shares);
  return {
    values: means,
    low: cells.map((cell) => cell.low),
    high: cells.map((cell) => cell.high),
    importance: { value, low: Math.max(0, value + low - mean), high: value + high - mean },
  };
}
