import { describe, expect, test } from 'vitest';
import type { SegmentGrowth } from '../../../src/core/3-models/results/segment-growth';
import { changeOf, formatChange, growthChart, sayChange } from '../../../src/core/5-dashboards/growth-chart';
import type { Named } from '../../../src/core/5-dashboards/segment-charts';

const growth: SegmentGrowth = {
  stepDays: 90,
  from: Date.UTC(2024, 0, 1),
  dates: [
    { asOf: Date.UTC(2026, 0, 1), customers: 400, counts: [100, 300, 0] },
    { asOf: Date.UTC(2026, 3, 1), customers: 1000, counts: [600, 390, 10] },
  ],
  agreement: 1,
  isTold: [true, true, false],
  blocked: null,
};
const segment = (id: number, size: number) => ({ id, size, name: 'Loyal', slot: 1 }) as Named;
const say = (now: number, then: number, isAbout = false) =>
  sayChange({ now, then, change: now - then, days: 90, isAbout });

describe('sayChange', () => {
  test('says more, fewer, as many, or new, with both counts', () => {
    expect(say(150, 100)).toBe('50 customers more than 90 days before: 150 now, 100 then (+50.0%).');
    expect(say(99, 100)).toBe('1 customer fewer than 90 days before: 99 now, 100 then (−1.0%).');
    expect(say(100, 100)).toBe('As many as 90 days before: 100 now, 100 then.');
    expect(say(12, 0)).toBe('Nobody was in it 90 days before; 12 are now.');
    expect(say(0, 0)).toBe('As many as 90 days before: 0 now, 0 then.');
    expect(say(151, 100, true)).toMatch(/^About 51 customers more /);
  });
});

test('changeOf tells nothing where it cannot, and "about" where today comes out otherwise', () => {
  expect(changeOf(growth, segment(0, 600))).toEqual({
    now: 600,
    then: 100,
    change: 500,
    days: 90,
    isAbout: false,
  });
  expect(changeOf(growth, segment(1, 395))?.isAbout).toBe(true);
  expect(changeOf(growth, segment(2, 20))).toBeNull();
  expect(changeOf({ ...growth, dates: [], isTold: [], blocked: 'why' }, segment(0, 600))).toBeNull();
});

test('formatChange has a sign of its own', () => {
  expect([5, -5, 0].map(formatChange)).toEqual(['+5', '−5', '±0']);
});

test('growthChart sets the segment beside all customers, a reading and a row for each date', () => {
  const { points, text } = growthChart(growth, segment(0, 600))!;
  expect(points.map(({ count }) => count)).toEqual([100, 600]);
  expect(text.sentence).toBe(
    '500 customers more than 90 days before: 600 now, 100 then (+500.0%). Customers in all: +150.0%.',
  );
  expect(text.table.rows.map(([, ...row]) => row)).toEqual([
    ['100', '25.0%', '400'],
    ['600', '60.0%', '1,000'],
  ]);
  expect(text.readings[1]).toMatch(/: 600 customers, 60.0% of 1,000$/);
  expect(growthChart(growth, segment(2, 20))).toBeNull();
  const short = growthChart({ ...growth, from: Date.UTC(2025, 6, 1) }, segment(0, 600))!;
  expect(short.text.sentence).toMatch(/\+150.0%\. Your files begin on .*2025; what came before is not known/);
});
