import type { OrderPrices } from '../../2-features/purchase-history';
import { normalCdf } from '../../kit/special';
import type { PriceSensitivity } from '../results/value-result';

/** Less off than this is rounding, not an offer. */
const leastOff = 0.01;
/** Fewer reduced (or full-price) orders than this share, and prices did not vary. */
const leastShare = 0.01;
const leastOrders = 30;
const leastCustomers = 20;
const z80 = 1.2815515655446004;

/** A figure of each customer, drawn to that of all: in units of how much customers differ. */
type Standing = { z: Float64Array; error: Float64Array; reliability: number };

/**
 * How much each of `customers` buys by price, 0 to 100 beside the others: how many of their orders were reduced, and how
 * much more they put into an order the more was off; both drawn to the mean of all where a customer has few orders.
 */
export function priceSensitivity(prices: OrderPrices | null, customers: Int32Array): PriceSensitivity {
  const blocked = whyNot(prices);
  if (blocked !== null || !prices) {
    const none = () => new Float64Array(customers.length);
    const why = blocked ?? 'no file says what orders would have cost at full price';
    return { blocked: why, index: none(), low: none(), high: none(), words: `Cannot tell: ${why}.` };
  }
  const share = shareStanding(prices);
  const response = prices.source === 'coupon' ? null : responseStanding(prices);
  const weight = response ? response.reliability : 0;
  const scale = Math.sqrt(1 + weight * weight);
  const rows = new Map(Array.from(prices.customers, (customer, row) => [customer, row]));
  const at = (customer: number, aside: number) => {
    const row = rows.get(customer);
    const z = row === undefined ? 0 : share.z[row]! + weight * (response?.z[row] ?? 0);
    const error =
      row === undefined ? scale : Math.hypot(share.error[row]!, weight * (response?.error[row] ?? 0));
    return 100 * normalCdf((z + aside * error) / scale);
  };
  const column = (aside: number) => Float64Array.from(customers, (customer) => at(customer, aside));
  return {
    blocked: null,
    index: column(0),
    low: column(-z80),
    high: column(z80),
    words: wordsOf(prices, weight),
  };
}

/** What orders are held against: a discount or coupon is off the full price. */
const priceOf = ({ source }: OrderPrices) =>
  source === 'coupon' || source === 'discount' ? 'the full price' : `the ${source}`;

const isReduced = (off: number) => off >= leastOff;
const nReduced = ({ off }: OrderPrices) => off.reduce((n, value) => n + Number(isReduced(value)), 0);

function whyNot(prices: OrderPrices | null): string | null {
  if (!prices) return null;
  const n = prices.off.length;
  const reduced = nReduced(prices);
  const least = Math.max(leastOrders, leastShare * n);
  if (reduced < least || n - reduced < least)
    return `prices hardly varied: ${reduced} of ${n} orders were below ${priceOf(prices)}`;
  let returning = 0;
  for (let c = 0; c < prices.customers.length; c++)
    returning += Number(prices.offsets[c + 1]! - prices.offsets[c]! > 1);
  return returning < leastCustomers
    ? `needs ${leastCustomers} customers with two orders or more, got ${returning}`
    : null;
}

/** Share of reduced orders by a beta prior fitted to all (moments of customers with two orders or more). */
function shareStanding({ offsets, off }: OrderPrices): Standing {
  const n = offsets.length - 1;
  const count = Float64Array.from({ length: n }, (_, c) => offsets[c + 1]! - offsets[c]!);
  const hits = Float64Array.from({ length: n }, (_, c) =>
    off.subarray(offsets[c]!, offsets[c + 1]!).reduce((sum, value) => sum + Number(isReduced(value)), 0),
  );
  const mean = hits.reduce((a, b) => a + b, 0) / count.reduce((a, b) => a + b, 0);
  const chance = mean * (1 - mean);
  // Of two orders of one customer, how much more often both are alike than by chance (the intraclass correlation).
  let [alike, pairs] = [0, 0];
  for (let c = 0; c < n; c++) {
    if (count[c]! < 2) continue;
    const deviation = hits[c]! - count[c]! * mean;
    const own = hits[c]! * (1 - mean) ** 2 + (count[c]! - hits[c]!) * mean ** 2;
    alike += (deviation ** 2 - own) / (count[c]! - 1);
    pairs += count[c]!;
  }
  const tie = Math.min(0.95, Math.max(0.01, alike / pairs / chance));
  const strength = 1 / tie - 1;
  const spread = Math.sqrt(tie * chance);
  const z = hits.map((k, c) => ((k + strength * mean) / (count[c]! + strength) - mean) / spread);
  const error = hits.map((k, c) => {
    const p = (k + strength * mean) / (count[c]! + strength);
    return Math.sqrt((p * (1 - p)) / (count[c]! + strength + 1)) / spread;
  });
  return { z, error, reliability: 1 };
}

/** Slope of the log of an order's full worth on the share taken off, within each customer; drawn to the slope of all. */
function responseStanding({ offsets, off, worth }: OrderPrices): Standing | null {
  const n = offsets.length - 1;
  const [xx, xy, yy] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  let freedom = 0;
  for (let c = 0; c < n; c++) {
    const [from, to] = [offsets[c]!, offsets[c + 1]!];
    if (to - from < 3) continue;
    const logs = worth.subarray(from, to).map((value) => Math.log(Math.max(value, 1e-9)));
    const own = off.subarray(from, to);
    const [meanX, meanY] = [own, logs].map((values) => values.reduce((a, b) => a + b, 0) / values.length);
    own.forEach((x, i) => {
      xx[c]! += (x - meanX!) ** 2;
      xy[c]! += (x - meanX!) * (logs[i]! - meanY!);
      yy[c]! += (logs[i]! - meanY!) ** 2;
    });
    if (xx[c]! > 1e-4) freedom += to - from - 2;
  }
  const used = [...xx.keys()].filter((c) => xx[c]! > 1e-4);
  if (used.length < leastCustomers) return null;
  const noise =
    used.reduce((sum, c) => sum + Math.max(0, yy[c]! - xy[c]! ** 2 / xx[c]!), 0) / Math.max(1, freedom);
  const total = used.reduce((sum, c) => sum + xx[c]!, 0);
  const slope = used.reduce((sum, c) => sum + xy[c]!, 0) / total;
  // DerSimonian and Laird's moment estimate of how much slopes differ between customers.
  const q = used.reduce((sum, c) => sum + xx[c]! * (xy[c]! / xx[c]! - slope) ** 2, 0);
  const squares = used.reduce((sum, c) => sum + xx[c]! ** 2, 0);
  const between = Math.max(0, (q - (used.length - 1) * noise) / (total - squares / total));
  if (!(between > 1e-6)) return null;
  const share = xx.map((sum) => sum / (sum + noise / between));
  const z = xx.map((sum, c) => (sum > 1e-4 ? (share[c]! * (xy[c]! / sum - slope)) / Math.sqrt(between) : 0));
  const reliability = used.reduce((sum, c) => sum + share[c]!, 0) / n;
  return { z, error: share.map((one) => Math.sqrt(1 - one)), reliability };
}

function wordsOf(prices: OrderPrices, weight: number): string {
  const [reduced, n] = [nReduced(prices), prices.off.length].map((value) => value.toLocaleString('en-US'));
  const basis =
    weight > 0.05
      ? 'how often a customer buys reduced, and how much more they order when it is'
      : 'how often a customer buys reduced';
  return `${reduced} of ${n} orders were below ${priceOf(prices)}; told from ${basis}.`;
}
