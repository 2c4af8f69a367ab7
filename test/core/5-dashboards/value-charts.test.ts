import { describe, expect, test } from 'vitest';
import type { Segmentation } from '../../../src/core/3-models/results/segmentation';
import type { ValueResult } from '../../../src/core/3-models/results/value-result';
import { emptyValue } from '../../../src/core/3-models/value/empty-value';
import { defaultValueOptions, fitValue } from '../../../src/core/3-models/value/fit-value';
import { nextOrderWindow } from '../../../src/core/3-models/value/next-order';
import {
  foretoldChart,
  sayAhead,
  trackingChart,
  valueAnswer,
  valueRungRows,
  worthDots,
  worthOfTop,
} from '../../../src/core/5-dashboards/value-charts';
import {
  bySegment,
  nextOrderChart,
  sensitivityByGroup,
  sensitivityChart,
  valueByGroup,
} from '../../../src/core/5-dashboards/value-groups';
import { simulateBuyers } from '../3-models/value/buyers';

const history = simulateBuyers({ r: 0.8, alpha: 6, a: 0.9, b: 3, days: 500, n: 200 }, 4);
const value: ValueResult = {
  ...fitValue(history, { ...defaultValueOptions, model: 'betaGeometric' }),
  nextOrder: nextOrderWindow(history),
};
const free: ValueResult = { ...value, hasMoney: false, distribution: [] };

/** Customers 0–99 in segment 0, 100–179 in segment 1, the rest in none. */
const halves = {
  customers: value.customers,
  labels: Int32Array.from(value.customers, (c) => (c < 100 ? 0 : c < 180 ? 1 : -1)),
  segments: [
    { id: 0, name: 'First', slot: 3, revenue: 1, size: 100 },
    { id: 1, name: 'Second', slot: 5, revenue: 2, size: 80 },
  ],
} as unknown as Segmentation;
const parting = bySegment(halves, ['Mine'])!;

describe('the answer', () => {
  test('says what all are worth, how sure that is, and how unlike they are', () => {
    const sentence = valueAnswer({
      ...value,
      totals: { expected: 1_234_567, low: 1_010_000, high: 1_440_000, perCustomerMean: 6173, purchases: 9 },
    });
    expect(sentence).toMatch(
      /^All 200 customers together are worth about 1\.2M in the next 12 months \(95 of 100: 1M–1\.4M\); half of customers: under [\d.,]+, the top 5%: over [\d.,]+\.$/,
    );
  });

  test('counts orders where no money is known, and says what is missing where nothing is', () => {
    expect(valueAnswer(free)).toMatch(/^All 200 customers together will order about [\d.K]+ times in /);
    expect(valueAnswer(emptyValue(null, defaultValueOptions, 'needs dates'))).toBe(
      'Cannot tell: needs dates.',
    );
  });

  test('names the time ahead', () => {
    expect([90, 182, 365, 730].map(sayAhead)).toEqual([
      'the next 90 days',
      'the next 6 months',
      'the next 12 months',
      'the next 24 months',
    ]);
  });
});

describe('the spread', () => {
  test('has fifty dots in rising order, stacked without holes, one in twenty from the top mark on', () => {
    const { dots, nColumns, top } = worthDots(value);
    expect(dots).toHaveLength(50);
    const tops = new Map<number, number>();
    dots.forEach((dot, k) => {
      expect(dot.worth).toBeGreaterThanOrEqual(dots[k - 1]?.worth ?? 0);
      expect(dot.column >= 0 && dot.column < nColumns).toBe(true);
      expect(dot.level).toBe(tops.get(dot.column) ?? 0);
      tops.set(dot.column, dot.level + 1);
    });
    const above = dots.filter(({ worth }) => worth >= top).length;
    expect(above === 2 || above === 3).toBe(true);
  });

  test('its table adds up to all customers, and holds where everybody is worth nothing', () => {
    const { table } = worthDots(value).text;
    expect(table.rows.reduce((sum, row) => sum + Number(row[3]), 0)).toBe(200);
    const none = worthDots({ ...value, lifetimeValue: new Float64Array(200) });
    expect(none.dots.every(({ column }) => column === 0)).toBe(true);
    expect(JSON.stringify(none)).not.toMatch(/NaN|null/);
    expect(worthDots(free).text.table.rows).toHaveLength(10);
  });

  test('a tenth of customers is worth as much as the top tenth’s least', () => {
    const least = worthOfTop(value, 0.1);
    expect(value.lifetimeValue.filter((worth) => worth >= least)).toHaveLength(20);
  });
});

describe('the test on later days', () => {
  const holdOut = {
    ...value.holdOut!,
    predicted: 120,
    actual: 100,
    customers: 50,
    byFrequency: [
      { x: 0, customers: 40, predictedMean: 1, actualMean: 1 },
      { x: 7, customers: 10, predictedMean: 8, actualMean: 6 },
    ],
  };

  test('says how far off it was, and where most', () => {
    const { sentence, table } = foretoldChart(holdOut);
    expect(sentence).toMatch(/120 orders of 50 customers foretold, 100 came \(20\.0% too many\)/);
    expect(sentence).toMatch(/come back 7 or more times, 8\.00 orders each foretold, 6\.00 came\.$/);
    expect(table.rows.map(([name]) => name)).toEqual(['0 times', '7 or more times']);
    expect(foretoldChart({ ...holdOut, actual: 0 }).sentence).toMatch(/0 came \(nothing came\)/);
  });

  test('follows repeat orders over time; a model without ages has no such course', () => {
    const text = trackingChart(value.holdOut!)!;
    const known = text.table.rows.map((row) => row[3]);
    expect(known.indexOf('no')).toBeGreaterThan(0);
    expect(known.lastIndexOf('yes')).toBeLessThan(known.indexOf('no'));
    const tracking = value.holdOut!.tracking.map((point) => ({ ...point, expected: null }));
    expect(trackingChart({ ...value.holdOut!, tracking })).toBe(null);
  });

  test('what was tried has no statistician’s name but under How', () => {
    const rows = valueRungRows(value);
    expect(rows.filter(({ isChosen }) => isChosen)).toHaveLength(1);
    for (const { name, why } of rows) expect(`${name} ${why}`).not.toMatch(/NBD|Gamma|likelihood/);
    expect(value.reason).not.toMatch(/NBD|Gamma|correlation/);
  });
});

describe('by group', () => {
  test('adds up what members are worth, most first, under the person’s names', () => {
    const { bars, text } = valueByGroup(value, parting);
    const sum = (from: number, to: number) =>
      value.lifetimeValue.reduce((all, worth, i) => {
        const c = value.customers[i]!;
        return all + (c >= from && c < to ? worth : 0);
      }, 0);
    const mine = bars.find(({ name }) => name === 'Mine')!;
    const second = bars.find(({ name }) => name === 'Second')!;
    expect(mine.total).toBeCloseTo(sum(0, 100), 6);
    expect(second.total).toBeCloseTo(sum(100, 180), 6);
    expect([mine.slot, second.slot]).toEqual([3, 5]);
    expect(mine.mean).toBeCloseTo(mine.total / 100, 9);
    expect(bars[0]!.total).toBeGreaterThanOrEqual(bars[1]!.total);
    expect(text.sentence).toContain('of 200 customers');
  });

  test('there are no groups before there are segments', () => {
    expect(bySegment(null, [])).toBe(null);
  });
});

describe('next orders and prices', () => {
  test('every customer is in one week, later, or overdue', () => {
    const { counts, text } = nextOrderChart(value.nextOrder!, value);
    const overdue = value.nextOrder!.from.filter((day) => day < 0).length;
    expect(counts.reduce((sum, n) => sum + n, 0) + overdue).toBe(200);
    expect(text.sentence).toMatch(
      /^Of 200 customers, expected to order: \d+ within 7 days, \d+ within 14 days/,
    );
    expect(text.table.rows).toHaveLength(14);
    const { soon: _, ...before } = value;
    expect(nextOrderChart(value.nextOrder!, before).text.sentence).toMatch(
      /^\d+ of 200 customers are so long/,
    );
  });

  test('the price index is counted in tens, 100 in the last, and averaged by segment', () => {
    const index = Float64Array.from(value.customers, (c) => (c < 100 ? 100 : 20));
    const price = { blocked: null, index, low: index, high: index, words: 'Told from offers.' };
    const { counts, text } = sensitivityChart(price);
    expect(counts).toEqual([0, 0, 100, 0, 0, 0, 0, 0, 0, 100]);
    expect(text.sentence).toMatch(/^100 of 200 customers \(50\.0%\) stand at 70 or more/);
    expect(sensitivityByGroup(price, value.customers, parting).text.sentence).toBe(
      'Mine minds prices most (100 of 100 on average), Second least (20).',
    );
  });
});
