import type { Random } from '../kit/random';
import { createCatalogue, type ShopProduct } from './shop-catalogue';
import { shopDays, type ShopGroup, shopGroups } from './shop-groups';

/** `paidCents` is for one piece, after any discount. */
export type ShopLine = { product: ShopProduct; quantity: number; paidCents: number };
/** `returned` marks the taking back of lines of the order with this place. */
export type ShopOrder = {
  customer: number;
  minute: number;
  lines: ShopLine[];
  returned: ShopOrder | null;
};
/** `group[customer]` is the truth: how the customer bought, as of the last day. */
export type ShopBooks = { orders: ShopOrder[]; group: Uint8Array };

const minutesADay = 1440;
const lapsedGroup = 4;
/** Quiet for longer than this at the end, a regular counts as lapsed. */
const lapsedDays = 200;
/** In the last month every kind of customer meets more offers, and deeper ones. */
const driftDays = 30;
/** Of products at 20 and more, those who mind leave this share on the shelf. */
const priceBreakCents = 2000;
const leftOnShelf = 0.7;

/** Two years of orders of a shop, in the order they came in. */
export function keepBooks(random: Random, nCustomers: number): ShopBooks {
  const catalogue = createCatalogue(random);
  const shelves = shopGroups.map((group) => catalogue.filter((p) => group.categories.includes(p.category)));
  const orders: ShopOrder[] = [];
  const group = new Uint8Array(nCustomers);
  for (let customer = 0; customer < nCustomers; customer++) {
    group[customer] = drawGroup(random);
    const kind = shopGroups[group[customer]!]!;
    const lastDay = addOrders(random, customer, kind, shelves[group[customer]!]!, orders);
    if (group[customer] === 0 && shopDays - lastDay > lapsedDays) group[customer] = lapsedGroup;
  }
  return { orders: orders.sort((a, b) => a.minute - b.minute), group };
}

function drawGroup(random: Random): number {
  let left = random.next();
  return Math.max(
    0,
    shopGroups.findIndex(({ share }) => (left -= share) < 0),
  );
}

/** One customer's orders; after each they may leave for good: returns and living on offers make it likelier. */
function addOrders(
  random: Random,
  customer: number,
  kind: ShopGroup,
  shelf: ShopProduct[],
  orders: ShopOrder[],
): number {
  const rhythm = kind.rhythmDays * Math.exp(0.2 * random.normal());
  const until = kind.leaves ? between(random, kind.leaves) : shopDays;
  let day = between(random, kind.joins);
  let lastDay = day;
  while (day < until) {
    lastDay = day;
    const minute = drawMinute(random, day, kind);
    const order: ShopOrder = { customer, minute, lines: drawLines(random, kind, shelf, day), returned: null };
    orders.push(order);
    const isReturned = order.lines.length > 1 && random.next() < kind.returnChance;
    if (isReturned) addReturn(random, order, orders);
    const leaveChance = 0.004 * (isReturned ? 4 : 1) * (1 + 2 * kind.discountChance);
    if (random.next() < leaveChance || rhythm === Infinity) break;
    day += Math.max(1, Math.round(rhythm * Math.max(0.3, 1 + 0.25 * random.normal())));
  }
  return lastDay;
}

/** Between 7 and 22 o'clock; weekend orders move to the weekend's days of the same week. */
function drawMinute(random: Random, day: number, { weekendChance }: ShopGroup): number {
  // Day 0 is a Tuesday, so the weekend is days 4 and 5 of each week.
  const weekday = random.next() < weekendChance ? 4 + random.below(2) : [0, 1, 2, 3, 6][random.below(5)]!;
  const shifted = Math.min(shopDays - 1, day - (day % 7) + weekday);
  return shifted * minutesADay + 7 * 60 + random.below(15 * 60);
}

function drawLines(random: Random, kind: ShopGroup, shelf: ShopProduct[], day: number): ShopLine[] {
  const isDrift = day >= shopDays - driftDays;
  const isOffer = random.next() < kind.discountChance + (isDrift ? 0.1 : 0);
  const [low, high] = kind.discountRate;
  const rate = isOffer ? low + (high - low) * random.next() + (isDrift ? 0.05 : 0) : 0;
  return Array.from({ length: between(random, kind.nLines) }, () => {
    const product = drawProduct(random, shelf, kind.mindsPrice);
    const quantity = between(random, kind.quantity);
    return { product, quantity, paidCents: Math.round(product.priceCents * (1 - rate)) };
  });
}

function drawProduct(random: Random, shelf: ShopProduct[], mindsPrice: boolean): ShopProduct {
  for (;;) {
    const product = shelf[random.below(shelf.length)]!;
    if (!mindsPrice || product.priceCents < priceBreakCents || random.next() >= leftOnShelf) return product;
  }
}

/** One line of several comes back within a fortnight, if the two years last that long. */
function addReturn(random: Random, order: ShopOrder, orders: ShopOrder[]) {
  const minute = order.minute + (3 + random.below(12)) * minutesADay;
  if (minute >= shopDays * minutesADay) return;
  const { product, quantity, paidCents } = order.lines[random.below(order.lines.length)]!;
  const line = { product, quantity: -quantity, paidCents };
  orders.push({ customer: order.customer, minute, lines: [line], returned: order });
}

/** A whole number from low to high, both included. */
const between = (random: Random, [low, high]: [number, number]): number => low + random.below(high - low + 1);
