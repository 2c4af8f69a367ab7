import fc from 'fast-check';
import type { Coded } from '../../../src/core/1-collect/canonical';
import type { Collected, OrderLines } from '../../../src/core/1-collect/collected';
import { DAY } from '../../../src/core/2-features/history';

/** One order line as a person would write it down; days count from 1 January 1970. */
export type Line = {
  customer: number;
  order: number;
  day: number;
  amount: number;
  quantity?: number;
  discount?: number;
  product?: number;
  category?: number;
  refund?: boolean;
  list?: number;
  channel?: string;
  coupon?: string;
};

export function toOrderLines(lines: Line[]): OrderLines {
  const column = (key: 'quantity' | 'discount') =>
    lines.some((line) => line[key] !== undefined) ? Float64Array.from(lines, (line) => line[key] ?? 0) : null;
  const codes = (key: 'product' | 'category') =>
    lines.some((line) => line[key] !== undefined) ? Int32Array.from(lines, (line) => line[key] ?? -1) : null;
  const texts = (key: 'channel' | 'coupon') =>
    lines.some((line) => line[key] !== undefined) ? { [key]: toCoded(lines.map((line) => line[key])) } : {};
  const count = (key: 'order' | 'product' | 'category') =>
    lines.reduce((most, line) => Math.max(most, (line[key] ?? -1) + 1), 0);
  return {
    nRows: lines.length,
    customer: Int32Array.from(lines, (line) => line.customer),
    order: Int32Array.from(lines, (line) => line.order),
    nOrders: count('order'),
    time: Float64Array.from(lines, (line) => line.day * DAY),
    amount: Float64Array.from(lines, (line) => line.amount),
    quantity: column('quantity'),
    discount: column('discount'),
    product: codes('product'),
    nProducts: count('product'),
    category: codes('category'),
    nCategories: count('category'),
    isRefund: Uint8Array.from(lines, (line) => (line.refund ? 1 : 0)),
    ...(lines.some(({ list }) => list !== undefined) && {
      listAmount: Float64Array.from(lines, ({ list }) => list ?? NaN),
    }),
    ...texts('channel'),
    ...texts('coupon'),
  };
}

/** Texts numbered in order of first use, as files are read. */
export function toCoded(texts: (string | undefined)[]): Coded {
  const levels = [...new Set(texts.filter((text) => text !== undefined))];
  return {
    levels,
    codes: Int32Array.from(texts, (text) => (text === undefined ? -1 : levels.indexOf(text))),
  };
}

export function toCollected(lines: Line[], nCustomers = 10): Collected {
  const days = lines.map(({ day }) => day);
  return {
    customerIds: Array.from({ length: nCustomers }, (_, i) => `c${i}`),
    lines: toOrderLines(lines),
    attributes: [],
    from: Math.min(...days) * DAY,
    to: Math.max(...days) * DAY,
  };
}

/** Any line on a day in the range; some without a customer or an order number, some refunds, some worth nothing. */
export const anyLine = (firstDay: number, lastDay: number): fc.Arbitrary<Line> =>
  fc
    .record({
      customer: fc.integer({ min: -1, max: 9 }),
      order: fc.integer({ min: -1, max: 30 }),
      day: fc.double({ min: firstDay, max: lastDay, noNaN: true }),
      cents: fc.integer({ min: 0, max: 50_000 }),
      quantity: fc.integer({ min: 0, max: 9 }),
      discount: fc.integer({ min: 0, max: 20 }),
      product: fc.integer({ min: -1, max: 12 }),
      category: fc.integer({ min: -1, max: 4 }),
      refund: fc.boolean(),
    })
    .map(({ cents, ...line }) => ({ ...line, amount: (line.refund ? -cents : cents) / 100 }));
