import { expect, test } from 'vitest';
import { buildPurchaseHistory, buildValueInput } from '../../../src/core/2-features/purchase-history';
import { DAY } from '../../../src/core/2-features/history';
import { toCollected, toOrderLines, type Line } from './order-lines';

const line = (customer: number, day: number, amount: number, more: Partial<Line> = {}): Line => ({
  customer,
  order: 100 * customer + Math.floor(day),
  day,
  amount,
  ...more,
});

test('several orders on a day are one purchase, one that cost nothing counts, later lines do not', () => {
  const lines = [
    line(0, 3.2, 10),
    line(0, 3.9, 5, { order: 7 }),
    line(0, 8, 0),
    line(0, 12, 9),
    line(2, 11.5, 4),
  ];
  const history = buildPurchaseHistory(toOrderLines(lines), 12 * DAY);
  expect([...history.customers]).toEqual([0, 2]);
  expect([...history.offsets]).toEqual([0, 2, 3]);
  expect([...history.day]).toEqual([3, 8, 11]);
  expect([...history.value]).toEqual([15, 0, 4]);
  expect(history.lastDay).toBe(11);
});

test('what came back lowers a customer’s money, and is no purchase', () => {
  const lines = [
    line(0, 1, 60),
    line(0, 5, 40),
    line(0, 9, -50, { refund: true }),
    line(1, 9, -5, { refund: true }),
  ];
  const history = buildPurchaseHistory(toOrderLines(lines), 20 * DAY);
  expect([...history.customers]).toEqual([0]);
  expect([...history.day]).toEqual([1, 5]);
  expect([...history.value]).toEqual([30, 20]);
});

test('full prices come from the list, else discounts, else coupons, else the usual price of a product', () => {
  const source = (more: Partial<Line>) =>
    buildValueInput(toCollected([line(0, 1, 8, more), line(1, 2, 10, more)]), 9 * DAY)!.prices?.source ??
    null;
  expect(source({ list: 10, discount: 2 })).toBe('list price');
  expect(source({ discount: 2 })).toBe('discount');
  expect(source({ coupon: 'x' })).toBe('coupon');
  expect(source({ product: 0, quantity: 1 })).toBe('usual price');
  expect(source({})).toBe(null);
  const { prices } = buildValueInput(toCollected([line(0, 1, 8, { list: 10 })]), 9 * DAY)!;
  expect(prices!.off[0]).toBeCloseTo(0.2, 12);
});
