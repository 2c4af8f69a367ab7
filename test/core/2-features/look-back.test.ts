import { beforeAll, describe, expect, test } from 'vitest';
import { buildEarlierTables, planLookBack } from '../../../src/core/2-features/look-back';
import { buildFeatures } from '../../../src/core/2-features/features';
import { DAY } from '../../../src/core/2-features/history';
import type { Collected } from '../../../src/core/1-collect/collected';
import { importShop } from '../../fixtures/shop';

let shop: Collected;
beforeAll(async () => {
  shop = (await importShop(3, 300)).collected;
});

const plan = (days: number, asOf: number | null, stepDays: number) =>
  planLookBack({ lines: shop.lines, from: 0, to: days * DAY - 1 }, asOf, stepDays);

describe('planLookBack', () => {
  test('steps back from the end as often as there are 90 days before the date, four times at most', () => {
    const dates = (days: number, stepDays: number) =>
      plan(days, null, stepDays).earlier.map((date) => date / DAY);
    expect(dates(374, 90)).toEqual([284, 194, 104]);
    expect(dates(1000, 90)).toEqual([910, 820, 730, 640]);
    expect(dates(180, 90)).toEqual([90]);
    expect(dates(150, 30)).toEqual([120, 90]);
    expect(plan(1000, 500 * DAY, 90).earlier.map((date) => date / DAY)).toEqual([410, 320, 230, 140]);
  });

  test('says how many days are missing, that nothing is dated, or that nothing came since', () => {
    expect(plan(179, null, 90).blocked).toBe(
      'not enough history to look 90 days back: have 179 days, need 1 more',
    );
    expect(planLookBack({ lines: null, from: 0, to: 0 }, null, 90).blocked).toMatch(/^growth needs orders/);
    expect(plan(300, 400 * DAY, 90).blocked).toMatch(/^need orders after 1970-11-07 .* got none/);
  });
});

test('an earlier table is what the traits were then: later orders cannot change it', () => {
  const traits = ['recency', 'frequency', 'monetary'];
  const { tables } = buildEarlierTables(shop, { asOf: null, stepDays: 90, traits, formulas: [] });
  expect(tables).toHaveLength(5);
  const [today, before] = tables;
  expect(today!.asOf! - before!.asOf!).toBe(90 * DAY);
  expect(before!.customers.length).toBeLessThan(today!.customers.length);
  const isOld = shop.lines!.time.map((time) => Number(time <= before!.asOf!));
  const own = shop.lines!.amount.map((amount, row) => (isOld[row] ? amount : -amount));
  const changed = { ...shop, lines: { ...shop.lines!, amount: own } };
  expect(isOld.includes(0)).toBe(true);
  expect(buildFeatures(changed, before!.asOf, traits)).toEqual(before);
});
