import type { PurchaseHistory } from '../../../../src/core/2-features/purchase-history';
import { createRandom, type Random } from '../../../../src/core/kit/random';

/** Gamma with mean shape / rate (Marsaglia and Tsang 2000; below 1 by a power of a uniform). */
function drawGamma(random: Random, shape: number, rate: number): number {
  if (shape < 1) return drawGamma(random, shape + 1, rate) * (1 - random.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const z = random.normal();
    const v = (1 + z / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random.next()) < (z * z) / 2 + d - d * v + d * Math.log(v))
      return (d * v) / rate;
  }
}

export type Buyers = { r: number; alpha: number; a: number; b: number; days: number; n: number };

/** Customers who buy and leave as BG/NBD says (weeks), each with their own mean money a time, first seen in the first third. */
export function simulateBuyers({ r, alpha, a, b, days, n }: Buyers, seed: number): PurchaseHistory {
  const random = createRandom(seed);
  const offsets = [0];
  const [day, value]: [number[], number[]] = [[], []];
  for (let c = 0; c < n; c++) {
    const rate = drawGamma(random, r, alpha) / 7;
    const [left, right] = [drawGamma(random, a, 1), drawGamma(random, b, 1)];
    const leaves = left / (left + right);
    const money = 10 / drawGamma(random, 4, 1);
    let at = random.below(days / 3);
    while (at < days) {
      if (Math.floor(at) !== day.at(-1) || day.length === offsets.at(-1)) {
        day.push(Math.floor(at));
        value.push(drawGamma(random, 6, 1) * money);
      }
      if (day.length - offsets.at(-1)! > 1 && random.next() < leaves) break;
      at += -Math.log(1 - random.next()) / rate;
    }
    offsets.push(day.length);
  }
  return {
    asOf: days * 86_400_000,
    lastDay: days - 1,
    customers: Int32Array.from({ length: n }, (_, c) => c),
    offsets: Int32Array.from(offsets),
    day: Int32Array.from(day),
    value: Float64Array.from(value),
    hasMoney: true,
  };
}

/** A history from each customer's days; every purchase costs `price`. */
export const historyOf = (days: number[][], lastDay: number, price = 10): PurchaseHistory => ({
  asOf: (lastDay + 1) * 86_400_000,
  lastDay,
  customers: Int32Array.from(days, (_, c) => c),
  offsets: Int32Array.from([
    0,
    ...days.map(
      (
        (sum) => (own) =>
          (sum += own.length)
      )(0),
    ),
  ]),
  day: Int32Array.from(days.flat()),
  value: Float64Array.from(days.flat(), () => price),
  hasMoney: true,
});
