import { createRandom } from '../../../src/core/kit/random';

export type Row = Record<string, string>;
export type Shop = { orders: Row[]; customers: Row[]; extra: Row[] };

const categories = ['Kitchen', 'Garden', 'Bathroom', 'Bedroom', 'Office'];
const cities = ['Berlin', 'Hamburg', 'München', 'Leipzig', 'Dresden', 'Köln'];
const firstDay = Date.UTC(2024, 0, 1);
export const ddmmyyyy = (day: number): string =>
  new Date(firstDay + day * 86_400_000).toISOString().slice(0, 10).split('-').reverse().join('/');
const iso = (day: number): string => new Date(firstDay + day * 86_400_000).toISOString().slice(0, 10);
const cents = (n: number): string => (n / 100).toFixed(2);
export const idOf = (customer: number): string => String(customer + 1).padStart(6, '0');

/** A year of a shop without any fault: 300 customers, 2,600 order lines, marked returns among them. */
export function cleanShop(seed = 7): Shop {
  const random = createRandom(seed);
  const products = Array.from({ length: 60 }, (_, i) => ({
    name: `${['Oak', 'Linen', 'Copper', 'Wool'][i % 4]!} ${['bowl', 'towel', 'lamp', 'box', 'rug'][i % 5]!} ${100 + i}`,
    category: categories[i % categories.length]!,
    price: 300 + random.below(9_000),
  }));
  const orders: Row[] = [];
  const joined = Array.from({ length: 300 }, () => 366);
  for (let n = 0; n < 1_300; n++) {
    const customer = random.below(300);
    const day = Math.floor((n * 366) / 1_300);
    joined[customer] = Math.min(joined[customer]!, day);
    const isReturned = random.next() < 0.03;
    for (let line = 0; line < 2; line++) {
      const product = products[random.below(products.length)]!;
      const quantity = isReturned ? -1 : 1 + random.below(4);
      orders.push({
        order_id: `${isReturned ? 'C' : ''}${50_000 + n}`,
        customer_id: idOf(customer),
        order_date: ddmmyyyy(day),
        product: `${product.name}${line ? ' B' : ''}`,
        category: product.category,
        quantity: String(quantity),
        unit_price: cents(product.price),
        line_total: cents(product.price * quantity),
        country: ['Germany', 'Austria', 'France'][customer % 3]!,
        status: isReturned ? 'returned' : day > 355 ? 'shipped' : 'delivered',
      });
    }
  }
  const customers = joined.map((day, c): Row => ({
    customer_id: idOf(c),
    email: `${['ada', 'ben', 'cleo', 'dan'][c % 4]!}.${['abel', 'brandt', 'costa'][c % 3]!}${c}@example.com`,
    city: cities[c % cities.length]!,
    zip: String(1067 + 137 * c).padStart(5, '0'),
    phone: `+49 30 ${String(1_000_000 + 7919 * c).slice(0, 7)}`,
    age: String(19 + random.below(60)),
    newsletter: random.next() < 0.4 ? 'yes' : 'no',
    signup_date: iso(Math.max(-300, day - random.below(40))),
  }));
  return { orders, customers, extra: [] };
}

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csv = (rows: Row[]): string =>
  [Object.keys(rows[0]!), ...rows.map((row) => Object.keys(rows[0]!).map((name) => cell(row[name] ?? '')))]
    .map((cells) => cells.join(','))
    .join('\n');

/** The files of the shop as [name, text]. */
export const shopFiles = ({ orders, customers, extra }: Shop): [string, string][] => [
  ['orders.csv', csv(orders)],
  ['customers.csv', csv(customers)],
  ...(extra.length > 0 ? [['more-orders.csv', csv(extra)] as [string, string]] : []),
];
