import { describe, expect, test } from 'vitest';
import { buildHistory, DAY, dayAfter } from '../../../src/core/2-features/history';
import { type Line, toOrderLines } from './order-lines';

const build = (lines: Line[], asOfDay: number) => buildHistory(toOrderLines(lines), asOfDay * DAY);

describe('buildHistory', () => {
  test('gathers the lines of an order, dates it by its first line and sorts orders by time', () => {
    const history = build(
      [
        { customer: 0, order: 1, day: 20.5, amount: 7 },
        { customer: 0, order: 0, day: 10.6, amount: 5, quantity: 2, discount: 1 },
        { customer: 0, order: 0, day: 10.5, amount: 6, quantity: 3, discount: 2 },
      ],
      30,
    );
    expect(Array.from(history.offsets)).toEqual([0, 2]);
    expect(Array.from(history.time)).toEqual([10.5 * DAY, 20.5 * DAY]);
    expect(Array.from(history.gross)).toEqual([11, 7]);
    expect(Array.from(history.items)).toEqual([5, 0]);
    expect(Array.from(history.discount)).toEqual([3, 0]);
    expect(Array.from(history.nLines)).toEqual([2, 1]);
  });

  test('sorts a long newest-first history without mixing up its columns', () => {
    const lines = Array.from({ length: 500 }, (_, i) => ({
      customer: 0,
      order: i,
      day: 500 - i,
      amount: 500 - i,
    }));
    const history = build(lines, 1000);
    expect(Array.from(history.time)).toEqual(Array.from({ length: 500 }, (_, i) => (i + 1) * DAY));
    expect(Array.from(history.gross)).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
  });

  test('takes refunds off the money but never counts them as orders', () => {
    const history = build(
      [
        { customer: 3, order: 0, day: 1, amount: 50 },
        { customer: 3, order: 0, day: 2, amount: -20, refund: true },
        { customer: 3, order: 1, day: 3, amount: -5, refund: true },
        { customer: 4, order: 2, day: 3, amount: -5, refund: true },
      ],
      9,
    );
    expect(Array.from(history.customers)).toEqual([3]);
    expect(Array.from(history.net)).toEqual([30]);
    expect(Array.from(history.spend)).toEqual([25]);
    expect(Array.from(history.refunded)).toEqual([25]);
  });

  test('leaves out orders worth nothing, lines without a customer, without a time and after asOf', () => {
    const history = build(
      [
        { customer: 0, order: 0, day: 1, amount: 0 },
        { customer: -1, order: 1, day: 1, amount: 10 },
        { customer: 1, order: 2, day: NaN, amount: 10 },
        { customer: 1, order: 3, day: 5.01, amount: 10 },
        { customer: 2, order: 4, day: 5, amount: 10 },
      ],
      5,
    );
    expect(Array.from(history.customers)).toEqual([2]);
  });

  test('keeps customers apart who share an order number, and counts a line without one as an order', () => {
    const history = build(
      [
        { customer: 0, order: 0, day: 1, amount: 1 },
        { customer: 1, order: 0, day: 1, amount: 2 },
        { customer: 0, order: 0, day: 1, amount: 4 },
        { customer: 1, order: -1, day: 2, amount: 8 },
        { customer: 1, order: -1, day: 2, amount: 16 },
      ],
      5,
    );
    expect(Array.from(history.offsets)).toEqual([0, 1, 4]);
    expect(Array.from(history.gross)).toEqual([5, 2, 8, 16]);
  });

  test('counts distinct products and categories among what was bought and not sent back', () => {
    const history = build(
      [
        { customer: 0, order: 0, day: 1, amount: 1, product: 0, category: 0 },
        { customer: 0, order: 1, day: 2, amount: 1, product: 1, category: 0 },
        { customer: 0, order: 2, day: 3, amount: 1, product: 0, category: 0 },
        { customer: 0, order: 2, day: 3, amount: -1, product: 2, category: 1, refund: true },
        { customer: 1, order: 3, day: 3, amount: 1, product: 0, category: -1 },
      ],
      5,
    );
    expect(Array.from(history.nProducts)).toEqual([2, 1]);
    expect(Array.from(history.nCategories)).toEqual([1, 0]);
  });
});

test('dayAfter(time) is the midnight that ends its day', () => {
  expect(dayAfter(3 * DAY)).toBe(4 * DAY);
  expect(dayAfter(4 * DAY - 1)).toBe(4 * DAY);
});
