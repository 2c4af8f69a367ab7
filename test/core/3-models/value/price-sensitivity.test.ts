import { expect, test } from 'vitest';
import type { OrderPrices } from '../../../../src/core/2-features/purchase-history';
import { priceSensitivity } from '../../../../src/core/3-models/value/price-sensitivity';
import { rankCorrelation } from '../../../../src/core/3-models/value/rank-correlation';
import { createRandom } from '../../../../src/core/kit/random';

/** Customers who wait for offers, and order more the more is off, by a planted sensitivity from 0 to 1. */
function plant(seed: number, n: number): { prices: OrderPrices; truth: Float64Array } {
  const random = createRandom(seed);
  const truth = Float64Array.from({ length: n }, () => random.next());
  const offsets = [0];
  const [off, worth]: [number[], number[]] = [[], []];
  for (let c = 0; c < n; c++) {
    const nOrders = 1 + random.below(9);
    for (let k = 0; k < nOrders; k++) {
      const reduced = random.next() < 0.05 + 0.7 * truth[c]! ? 0.1 + 0.3 * random.next() : 0;
      off.push(reduced);
      worth.push(50 * Math.exp(3 * truth[c]! * reduced + 0.3 * random.normal()));
    }
    offsets.push(off.length);
  }
  const prices: OrderPrices = {
    customers: Int32Array.from({ length: n }, (_, c) => c),
    offsets: Int32Array.from(offsets),
    off: Float64Array.from(off),
    worth: Float64Array.from(worth),
    source: 'list price',
  };
  return { prices, truth };
}

test('the index ranks customers as their planted sensitivity does: at least 0.6, over all with any order', () => {
  for (const seed of [1, 2, 3]) {
    const { prices, truth } = plant(seed, 1500);
    const { index, low, high, blocked } = priceSensitivity(prices, prices.customers);
    expect(blocked).toBe(null);
    expect(rankCorrelation(index, truth).correlation).toBeGreaterThan(0.6);
    index.forEach((one, c) =>
      expect(0 <= low[c]! && low[c]! <= one && one <= high[c]! && high[c]! <= 100).toBe(true),
    );
  }
});

test('fewer orders leave a wider interval, and a customer without any is in the middle', () => {
  const { prices } = plant(4, 1500);
  const { low, high } = priceSensitivity(prices, prices.customers);
  const width = (n: number) => {
    const rows = [...low.keys()].filter((c) => prices.offsets[c + 1]! - prices.offsets[c]! === n);
    return rows.reduce((sum, c) => sum + high[c]! - low[c]!, 0) / rows.length;
  };
  expect(width(1)).toBeGreaterThan(width(8));
  expect(priceSensitivity(prices, Int32Array.of(9999)).index[0]).toBeCloseTo(50, 6);
});

test('cannot tell where prices never varied, always did, or are not known', () => {
  const { prices } = plant(5, 300);
  const customers = prices.customers;
  for (const off of [0, 0.2]) {
    const flat = { ...prices, off: prices.off.map(() => off) };
    const { blocked, words, index } = priceSensitivity(flat, customers);
    expect(blocked).toMatch(/prices hardly varied: \d+ of \d+ orders/);
    expect(words).toMatch(/^Cannot tell: .* below the list price\.$/);
    expect(priceSensitivity({ ...flat, source: 'discount' }, customers).words).toMatch(
      /below the full price\.$/,
    );
    expect(index.every((one) => one === 0)).toBe(true);
  }
  expect(priceSensitivity(null, customers).blocked).toMatch(/no file says/);
});
