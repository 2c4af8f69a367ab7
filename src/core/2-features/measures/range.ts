import { DAY, type OrderHistory } from '../history';
import { orTypical, shared } from './measure';
import { eachLineBought, type OrderMeasure } from './order-measure';

export const breadth: OrderMeasure = {
  definition: {
    name: 'breadth',
    label: 'different products bought',
    unit: 'products',
    formula: 'count of distinct products among what was bought',
    source: 'product',
    high: 'wide range',
    low: 'narrow range',
  },
  isAvailable: ({ lines }) => lines.product !== null,
  compute: (history) => Float64Array.from(history.nProducts),
};

export const categories: OrderMeasure = {
  definition: {
    name: 'categories',
    label: 'different categories bought',
    unit: 'number',
    formula: 'count of distinct categories among what was bought',
    source: 'category',
    high: 'many categories',
    low: 'one category',
  },
  isAvailable: ({ lines }) => lines.category !== null,
  compute: (history) => Float64Array.from(history.nCategories),
};

/** Per customer, of what was bought: squares and maximum of the categories' shares of money (NaN = no category known). */
const categorySharesOf = shared((history: OrderHistory) => {
  const { lines, customers } = history;
  const concentration = new Float64Array(customers.length).fill(NaN);
  const top = new Float64Array(customers.length).fill(NaN);
  const money = new Float64Array(lines.nCategories);
  for (let c = 0; c < customers.length; c++) {
    const met: number[] = [];
    eachLineBought(history, c, (line) => {
      const category = lines.category![line]!;
      if (category < 0 || !(lines.amount[line]! > 0)) return;
      if (money[category] === 0) met.push(category);
      money[category]! += lines.amount[line]!;
    });
    const total = met.reduce((sum, category) => sum + money[category]!, 0);
    if (total > 0) {
      concentration[c] = met.reduce((sum, category) => sum + (money[category]! / total) ** 2, 0);
      top[c] = met.reduce((most, category) => Math.max(most, money[category]! / total), 0);
    }
    for (const category of met) money[category] = 0;
  }
  return { concentration, top };
});

export const categoryConcentration: OrderMeasure = {
  definition: {
    name: 'categoryConcentration',
    label: 'concentration on few categories',
    unit: 'number',
    formula:
      'sum of the squared shares of categories in what was bought: 1 = one category only; where none is known, the median of all customers',
    source: 'category, amount',
    high: 'loyal to one category',
    low: 'spread over categories',
  },
  isAvailable: ({ lines }) => lines.category !== null,
  compute: (history) => orTypical(categorySharesOf(history).concentration),
};

export const topCategoryShare: OrderMeasure = {
  definition: {
    name: 'topCategoryShare',
    label: 'share of spend in the favourite category',
    unit: 'share',
    formula:
      'money in the category bought most, divided by money in all; where none is known, the median of all customers',
    source: 'category, amount',
    high: 'one favourite category',
    low: 'no favourite category',
  },
  isAvailable: ({ lines }) => lines.category !== null,
  compute: (history) => orTypical(categorySharesOf(history).top),
};

const newDays = 90;

/** Per customer: purchases of a product (once an order), different products, those of the last 90 days and the new among them. */
const productsOf = shared((history: OrderHistory) => {
  const { lines, customers, asOf } = history;
  const [purchases, products, lately, fresh] = Array.from(
    { length: 4 },
    () => new Float64Array(customers.length),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const firstMet = new Map<number, number>();
  const lastMet = new Map<number, number>();
  const ordersMet = new Map<number, Set<number>>();
  for (let c = 0; c < customers.length; c++) {
    firstMet.clear();
    lastMet.clear();
    ordersMet.clear();
    eachLineBought(history, c, (line) => {
      const product = lines.product![line]!;
      if (product < 0) return;
      const order = lines.order[line]! >= 0 ? lines.order[line]! : -1 - line;
      const orders = ordersMet.get(product);
      if (orders) orders.add(order);
      else ordersMet.set(product, new Set([order]));
      const time = lines.time[line]!;
      firstMet.set(product, Math.min(firstMet.get(product) ?? Infinity, time));
      lastMet.set(product, Math.max(lastMet.get(product) ?? -Infinity, time));
    });
    products[c] = ordersMet.size;
    for (const orders of ordersMet.values()) purchases[c]! += orders.size;
    for (const [product, last] of lastMet) {
      if (last <= asOf - newDays * DAY) continue;
      lately[c]!++;
      if (firstMet.get(product)! > asOf - newDays * DAY) fresh[c]!++;
    }
  }
  return { purchases, products, lately, fresh };
});

export const repeatProductShare: OrderMeasure = {
  definition: {
    name: 'repeatProductShare',
    label: 'share of purchases that repeat a product',
    unit: 'share',
    formula:
      '1 minus different products over purchases of a product (once an order each); where no product is known, 0',
    source: 'product, order number',
    high: 'buy the same again',
    low: 'always something else',
  },
  isAvailable: ({ lines }) => lines.product !== null,
  compute: (history) => {
    const { purchases, products } = productsOf(history);
    return products.map((n, c) => (purchases[c]! > 0 ? 1 - n / purchases[c]! : 0));
  },
};

export const newProductShare: OrderMeasure = {
  definition: {
    name: 'newProductShare',
    label: 'share of products that are new to them lately',
    unit: 'share',
    formula:
      'of the products bought in the last 90 days, the share never bought before these; 0 where nothing was bought then',
    source: 'product, order date',
    high: 'try new products',
    low: 'try nothing new',
  },
  isAvailable: ({ lines }) => lines.product !== null,
  compute: (history) => {
    const { lately, fresh } = productsOf(history);
    return fresh.map((n, c) => (lately[c]! > 0 ? n / lately[c]! : 0));
  },
};
