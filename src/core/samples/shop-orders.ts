import type { Random } from '../kit/random';
import { type BuyingLaw, drawNextDay, settleDay } from './buying-law';
import { between, dayMs, drawGroup } from './sample-company';
import { createCatalogue, type ShopProduct } from './shop-catalogue';
import { campaigns, groupAtEnd, shopDays, type ShopKind, shopKinds } from './shop-groups';

/** 1 October 2024, in days since 1 January 1970; the books end with 30 September 2026. */
export const firstDay = Date.UTC(2024, 9, 1) / dayMs;

/** `paidCents` is for one piece, after any discount. */
export type ShopLine = { product: ShopProduct; quantity: number; paidCents: number };
/** `returned` marks the taking back of lines of the order with this place. */
export type ShopOrder = {
  customer: number;
  minute: number;
  lines: ShopLine[];
  returned: ShopOrder | null;
};
/** What is hidden in the books: each customer's group as of the last day, the law they buy by and the days they did. */
export type ShopBooks = { orders: ShopOrder[]; group: Uint8Array; laws: BuyingLaw[]; days: number[][] };

const minutesADay = 1440;
/** In the last month every kind of customer meets more offers, and deeper ones. */
const driftDays = 30;
/** Of products at 20 and more, those who mind leave this share on the shelf. */
const priceBreakCents = 2000;
const leftOnShelf = 0.7;

/** Two years of orders of a shop, in the order they came in. */
export function keepBooks(random: Random, nCustomers: number): ShopBooks {
  const catalogue = createCatalogue(random);
  const shelves = shopKinds.map((kind) => catalogue.filter((p) => kind.categories.includes(p.category)));
  const orders: ShopOrder[] = [];
  const group = new Uint8Array(nCustomers);
  const laws: BuyingLaw[] = [];
  const days: number[][] = [];
  for (let customer = 0; customer < nCustomers; customer++) {
    const kind = drawGroup(random, shopKinds);
    const law = drawLaw(random, shopKinds[kind]!);
    const own = addOrders(random, { customer, law, ...shopKinds[kind]! }, shelves[kind]!, orders);
    group[customer] = groupAtEnd(kind, own[0]!, own.at(-1)!);
    laws.push(law);
    days.push(own);
  }
  return { orders: orders.sort((a, b) => a.minute - b.minute), group, laws, days };
}

/** Each buys at a rate of their own. */
const drawLaw = (random: Random, kind: ShopKind): BuyingLaw => ({
  rhythmDays: kind.rhythmDays * Math.exp(0.2 * random.normal()),
  steadiness: 3,
  leaveChance: kind.leaveChance,
  safeOrders: kind.safeOrders,
  weekendChance: kind.weekendChance,
});

/** One customer's orders until they leave or the books end; their days. */
function addOrders(
  random: Random,
  buyer: ShopKind & { customer: number; law: BuyingLaw },
  shelf: ShopProduct[],
  orders: ShopOrder[],
): number[] {
  const { customer, law } = buyer;
  const days: number[] = [];
  const joined = between(random, campaigns[drawGroup(random, campaigns)]!.days);
  let day = settleDay(firstDay + joined, random.next() < law.weekendChance) - firstDay;
  while (day < shopDays) {
    days.push(day);
    const minute = day * minutesADay + 7 * 60 + random.below(15 * 60);
    const lines = drawLines(random, buyer, shelf, day);
    const order: ShopOrder = { customer, minute, lines, returned: null };
    orders.push(order);
    if (lines.length > 1 && random.next() < buyer.returnChance) addReturn(random, order, orders);
    day = drawNextDay(random, law, { nOrders: days.length, lastDay: firstDay + day }) - firstDay;
  }
  return days;
}

function drawLines(random: Random, kind: ShopKind, shelf: ShopProduct[], day: number): ShopLine[] {
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
