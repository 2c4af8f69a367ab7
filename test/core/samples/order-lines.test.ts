import { expect, test } from 'vitest';
import { orderLinesCsv } from '../../../src/core/samples/order-lines';

test('orderLinesCsv(seed, nLines) writes exactly that many lines, again and again the same', () => {
  const text = [...orderLinesCsv(1, 12_345)].join('');
  expect(text.trimEnd().split('\n').length).toBe(1 + 12_345);
  expect([...orderLinesCsv(1, 12_345)].join('')).toBe(text);
});

test('orderLinesCsv goes on with new customers and new order numbers when one shop is told', () => {
  const rows = [...orderLinesCsv(1, 300_000)].join('').trimEnd().split('\n').slice(1);
  expect(rows.length).toBe(300_000);
  const customers = rows.map((row) => Number(row.split(',')[1]));
  expect(customers.slice(0, 200_000).filter((customer) => customer > 20_000)).toEqual([]);
  expect(customers.slice(-50_000).filter((customer) => customer > 0 && customer <= 20_000)).toEqual([]);
  const buyerOf = new Map<string, string>();
  const shared: string[] = [];
  for (const row of rows) {
    const [order, customer] = row.split(',');
    if ((buyerOf.get(order!) ?? customer) !== customer) shared.push(order!);
    buyerOf.set(order!, customer!);
  }
  expect(shared).toEqual([]);
});
