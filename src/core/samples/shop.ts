import { chanceOfSilence } from './buying-law';
import { createRandom, type Random } from '../kit/random';
import { shopCategories } from './shop-catalogue';
import { shopGroups } from './shop-groups';
import { dayMs, type SampleCompany, twoDigits } from './sample-company';
import { firstDay, keepBooks, type ShopBooks, type ShopOrder } from './shop-orders';

const countries = ['Germany', 'Austria', 'Switzerland', 'Netherlands', 'France', 'Belgium'];
const cities = ['Aachen', 'Basel', 'Delft', 'Gent', 'Graz', 'Lille', 'Linz', 'Lyon', 'Mainz', 'Ulm'];
const firstNames = ['ada', 'ben', 'cleo', 'dan', 'elif', 'finn', 'gus', 'hana', 'ivo', 'jule', 'kai', 'lea'];
const lastNames = ['abel', 'brandt', 'costa', 'dahl', 'ebner', 'fuchs', 'graf', 'huber', 'jansen', 'kern'];

const guestChance = 0.012;
const nDuplicates = 40;
const nUnreadable = 12;

export const shopHeader =
  'order_id,customer_id,order_date,product,category,quantity,unit_price,discount,country\n';

/**
 * An online shop that never was: two years of orders by six known kinds of customers, with the dirt of a real export
 * (guests, repeated lines, unreadable prices, returns). The same seed gives the same files, byte for byte.
 */
export function sampleShop(seed: number, nCustomers = 20_000): SampleCompany {
  const random = createRandom(seed);
  const books = keepBooks(random, nCustomers);
  const lines = [...writeLines(random, books, 0, 0)];
  const nGuests = lines.filter((line) => line.includes(',,')).length;
  soil(random, lines);
  const file = 'orders.csv';
  return {
    files: [
      { name: file, text: shopHeader + lines.join('') },
      { name: 'customers.csv', text: writeCustomers(random, books) },
    ],
    truth: Array.from(books.group, (group, customer) => ({ customerId: customerId(customer), group })),
    groups: shopGroups,
    dirt: [
      { file, what: 'lines of guests, without a customer', rows: nGuests },
      {
        file,
        what: 'prices spoiled by hand: a comma for the point, the letter O for a zero',
        rows: nUnreadable,
      },
      { file, what: 'lines exported twice', rows: nDuplicates },
      { file: 'customers.csv', what: 'dates with the day first, unlike the orders', rows: nCustomers },
    ],
    chanceOfLeaving: (place, asOf, horizonDays) => {
      const today = asOf / dayMs;
      const seen = books.days[place]!.filter((day) => firstDay + day < today);
      if (seen.length === 0) return NaN;
      const soFar = { nOrders: seen.length, lastDay: firstDay + seen.at(-1)! };
      return chanceOfSilence(books.laws[place]!, soFar, today, horizonDays);
    },
  };
}

/** The books as CSV lines; numbering of customers and orders starts after the given ones. */
export function* writeLines(
  random: Random,
  { orders }: ShopBooks,
  customersBefore: number,
  ordersBefore: number,
): Generator<string> {
  const numbers = new Map<ShopOrder, number>();
  for (const order of orders) {
    const { returned, minute, customer } = order;
    const number = (returned && numbers.get(returned)) ?? 100_000 + ordersBefore + numbers.size;
    numbers.set(order, number);
    const id = customersBefore + customer;
    const buyer = !returned && random.next() < guestChance ? '' : customerId(id);
    const head = `${returned ? 'C' : ''}${number},${buyer},${dateTime(minute)}`;
    const country = countries[countryOf(id)]!;
    for (const { product, quantity, paidCents } of order.lines) {
      const { name, category, priceCents } = product;
      const discount = (priceCents - paidCents) * quantity;
      yield `${head},"${name}",${shopCategories[category]!},${quantity},${money(priceCents)},${money(discount)},${country}\n`;
    }
  }
}

/** Repeats some lines and spoils some prices the way hands do: a comma for the point, the letter O for a zero. */
function soil(random: Random, lines: string[]) {
  for (let i = 0; i < nUnreadable; i++) {
    const at = random.below(lines.length);
    lines[at] = lines[at]!.replace(/,(-?\d+),(\d+)\.(\d)\d,/, ',$1,"$2,$3O",');
  }
  for (let i = 0; i < nDuplicates; i++) {
    const at = random.below(lines.length);
    lines[at] = lines[at]! + lines[at]!;
  }
}

/** Semicolons and day-first dates, unlike the orders: two systems, two habits. */
function writeCustomers(random: Random, { orders, group }: ShopBooks): string {
  const firstMinute = new Float64Array(group.length).fill(-1);
  for (const { customer, minute } of orders) if (firstMinute[customer]! < 0) firstMinute[customer] = minute;
  const rows = Array.from(firstMinute, (minute, customer) => {
    const [year, month, day] = dateTime(Math.max(0, minute - random.below(3) * 1440))
      .slice(0, 10)
      .split('-');
    const name = `${firstNames[random.below(firstNames.length)]!}.${lastNames[random.below(lastNames.length)]!}`;
    const email = `${name}${customer + 1}@example.${customer % 3 ? 'com' : 'test'}`;
    const city = cities[random.below(cities.length)]!;
    const newsletter = random.next() < 0.4 ? 'yes' : 'no';
    return `${customerId(customer)};${email};${city};${day}/${month}/${year};${newsletter}\n`;
  });
  return `customer_id;email;city;signup_date;newsletter\n${rows.join('')}`;
}

const customerId = (customer: number): string => String(customer + 1).padStart(6, '0');

/** Most customers live in the first country. */
const countryOf = (customer: number): number => (customer % 10 < 5 ? 0 : customer % countries.length);

const days = new Map<number, string>();

function dateTime(minute: number): string {
  const day = Math.floor(minute / 1440);
  let text = days.get(day);
  if (!text) days.set(day, (text = new Date((firstDay + day) * dayMs).toISOString().slice(0, 10)));
  const clock = minute - day * 1440;
  return `${text} ${twoDigits(Math.floor(clock / 60))}:${twoDigits(clock % 60)}`;
}

const money = (cents: number): string => (cents / 100).toFixed(2);
