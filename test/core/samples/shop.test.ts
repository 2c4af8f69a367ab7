import Papa from 'papaparse';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SampleCompany } from '../../../src/core/samples/sample-company';
import { sampleShop } from '../../../src/core/samples/shop';

type OrderRow = Record<
  'order_id' | 'customer_id' | 'order_date' | 'product' | 'quantity' | 'unit_price' | 'discount',
  string
>;

describe('sampleShop', () => {
  let shop: SampleCompany;
  let rows: OrderRow[];
  beforeAll(() => {
    shop = sampleShop(42);
    rows = Papa.parse<OrderRow>(shop.files[0]!.text, { header: true, skipEmptyLines: true }).data;
  });

  test('gives the same files for the same seed, others for another', () => {
    expect(sampleShop(9, 300).files).toEqual(sampleShop(9, 300).files);
    expect(sampleShop(9, 300).truth).toEqual(sampleShop(9, 300).truth);
    expect(sampleShop(9, 300).files[0]!.text).not.toBe(sampleShop(8, 300).files[0]!.text);
  });

  test('is a shop of some 100,000 orders over two years, in the order they came in', () => {
    const orders = new Set(rows.map((row) => row.order_id).filter((id) => !id.startsWith('C')));
    expect(orders.size).toBeGreaterThan(80_000);
    expect(orders.size).toBeLessThan(120_000);
    const dates = rows.map((row) => row.order_date);
    expect(dates[0]!.slice(0, 7)).toBe('2024-10');
    expect(dates.at(-1)!.slice(0, 10)).toBe('2026-09-30');
    expect(dates.every((date, i) => i === 0 || dates[i - 1]! <= date)).toBe(true);
  });

  test('knows the group of every customer, six groups of a tenth or more each', () => {
    const known = new Set(shop.truth.map(({ customerId }) => customerId));
    expect(rows.filter((row) => row.customer_id && !known.has(row.customer_id))).toEqual([]);
    expect(known.size).toBe(20_000);
    const sizes = shop.groups.map((_, g) => shop.truth.filter(({ group }) => group === g).length);
    expect(sizes.length).toBe(6);
    for (const size of sizes) expect(size).toBeGreaterThan(2_000);
  });

  test('carries the dirt of a real export', () => {
    expect(rows.filter((row) => !row.customer_id).length / rows.length).toBeCloseTo(0.012, 2);
    expect(rows.filter((row) => row.unit_price.endsWith('O')).length).toBeGreaterThan(5);
    const lines = shop.files[0]!.text.split('\n');
    expect(lines.filter((line, i) => i > 0 && line === lines[i - 1]).length).toBeGreaterThan(30);
    const returns = rows.filter((row) => row.order_id.startsWith('C'));
    expect(returns.length).toBeGreaterThan(1_000);
    expect(returns.every((row) => Number(row.quantity) < 0)).toBe(true);
    const numbers = new Set(rows.map((row) => row.order_id));
    expect(returns.every((row) => numbers.has(row.order_id.slice(1)))).toBe(true);
  });

  test('has a price break at 20: just below, a price sells half again as often or more as just above', () => {
    const sold = (low: number, high: number) => {
      const inRange = rows.filter(({ quantity, unit_price, discount }) => {
        const price = Number(unit_price);
        return Number(quantity) > 0 && Number(discount) === 0 && price >= low && price < high;
      });
      const prices = new Set(inRange.map(({ product, unit_price }) => `${product} ${unit_price}`));
      return inRange.length / prices.size;
    };
    expect(sold(16, 20)).toBeGreaterThan(1.5 * sold(20, 40));
  });

  test('its last month drifts towards deeper discounts', () => {
    const rate = (of: OrderRow[]) => {
      const bought = of.filter((row) => Number(row.quantity) > 0 && Number(row.unit_price) > 0);
      const list = bought.reduce((sum, row) => sum + Number(row.quantity) * Number(row.unit_price), 0);
      const discount = bought.reduce((sum, row) => sum + Number(row.discount), 0);
      return discount / list;
    };
    const month = (text: string) => rows.filter((row) => row.order_date.startsWith(text));
    expect(rate(month('2026-09'))).toBeGreaterThan(1.2 * rate(month('2026-07')));
  });

  test('lists its customers with padded ids, reserved e-mail addresses and day-first dates', () => {
    const { data } = Papa.parse<Record<string, string>>(shop.files[1]!.text, {
      header: true,
      delimiter: ';',
      skipEmptyLines: true,
    });
    expect(data.length).toBe(20_000);
    expect(data[0]!.customer_id).toBe('000001');
    expect(data.every((row) => /@example\.(com|test)$/.test(row.email!))).toBe(true);
    expect(data.every((row) => /^\d\d\/\d\d\/\d{4}$/.test(row.signup_date!))).toBe(true);
    expect(data.some((row) => Number(row.signup_date!.slice(0, 2)) > 12)).toBe(true);
  });
});
