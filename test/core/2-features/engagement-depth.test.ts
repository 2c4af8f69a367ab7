import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY } from '../../../src/core/2-features/history';
import { combineDepth, engagementDepth } from '../../../src/core/2-features/measures/engagement-depth';
import { cutRows } from '../../../src/core/2-features/measures/table-rows';
import { activeDays, daysSinceEvent, eventVariety } from '../../../src/core/2-features/measures/events';
import { createRandom } from '../../../src/core/kit/random';
import { type Row, toEvents } from './tables';

const nCustomers = 800;
const asOfDay = 180;
const kinds = 'abcdefgh';

/**
 * Everybody uses some of eight things, on days that come at a rate of their own, until a day on which some stop; what
 * they do in the 60 days after `asOfDay` grows with how many things they use, how often they come, and whether they do.
 */
function drawTruth(seed: number) {
  const random = createRandom(seed);
  const rows: Row[] = [];
  const next = new Float64Array(nCustomers);
  for (let customer = 0; customer < nCustomers; customer++) {
    const rate = Math.exp(random.normal() - 2.5);
    const nKinds = 1 + random.below(kinds.length);
    const leaves = random.next() < 0.25 ? random.below(asOfDay) : Infinity;
    for (let day = 0; day < Math.min(leaves, asOfDay + 60); day++) {
      const nUses = random.next() < rate ? 1 + random.below(nKinds) : 0;
      for (let i = 0; i < nUses; i++) {
        const row = { customer, day: day + random.next(), name: kinds[random.below(nKinds)]! };
        if (day < asOfDay) rows.push(row);
        else next[customer]!++;
      }
    }
  }
  return { rows, next };
}

/** Spearman's rank correlation. */
function rankCorrelation(a: Float64Array, b: Float64Array): number {
  const rank = (values: Float64Array) => {
    const sorted = values.slice().sort();
    return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
  };
  const [x, y] = [rank(a), rank(b)];
  const mean = (a.length - 1) / 2;
  const product = (p: Float64Array, q: Float64Array) =>
    p.reduce((sum, value, i) => sum + (value - mean) * (q[i]! - mean), 0);
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
}

const known = (rows: Row[]) => {
  const events = toEvents(rows);
  const customers = Int32Array.from({ length: nCustomers }, (_, i) => i);
  return cutRows(events, events.time, { customers, asOf: asOfDay * DAY, nCustomers });
};

test('engagementDepth tells the next 60 days better than breadth, frequency or recency alone', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const { rows, next } = drawTruth(seed);
    const recent = rows.filter(({ day }) => day > asOfDay - 90);
    const parts = {
      breadth: eventVariety.compute(known(rows)),
      recentBreadth: eventVariety.compute(known(recent)),
      frequency: activeDays.compute(known(rows)),
      recentFrequency: activeDays.compute(known(recent)),
      recency: daysSinceEvent.compute(known(rows)).map((days) => -days),
    };
    const depth = rankCorrelation(engagementDepth(known(rows)), next);
    for (const [name, part] of Object.entries(parts))
      expect(depth, `${name}, seed ${seed}`).toBeGreaterThan(rankCorrelation(part, next) + 0.02);
  }
});

const anyParts = fc.array(
  fc.record({
    breadth: fc.integer({ min: 1, max: 9 }),
    frequency: fc.integer({ min: 1, max: 99 }),
    silence: fc.integer({ min: 0, max: 400 }),
  }),
  { minLength: 2, maxLength: 40 },
);
const depthOf = (rows: { breadth: number; frequency: number; silence: number }[]) =>
  combineDepth(
    Float64Array.from(rows, ({ breadth }) => breadth),
    Float64Array.from(rows, ({ frequency }) => frequency),
    Float64Array.from(rows, ({ silence }) => silence),
  );

test('combineDepth never falls when one part gets better, all else as it was, and lies between 0 and 100', () => {
  fc.assert(
    fc.property(
      anyParts,
      fc.constantFrom('breadth', 'frequency', 'silence'),
      fc.nat({ max: 50 }),
      (rows, part, by) => {
        const better = {
          ...rows[0]!,
          [part]: part === 'silence' ? rows[0]!.silence - by : rows[0]![part]! + by,
        };
        const [before, after] = [depthOf(rows), depthOf([better, ...rows.slice(1)])];
        expect(after[0]!).toBeGreaterThanOrEqual(before[0]! - 1e-9);
        for (const value of before) expect(value > 0 && value < 100).toBe(true);
      },
    ),
  );
});

test('combineDepth ranks who is ahead in every part higher', () => {
  fc.assert(
    fc.property(anyParts, (rows) => {
      const best = { breadth: 10, frequency: 100, silence: -1 };
      const depths = depthOf([best, ...rows]);
      depths.slice(1).forEach((depth) => expect(depth).toBeLessThan(depths[0]!));
    }),
  );
});

test('combineDepth is 0 without events, and these move nobody', () => {
  const rows = [
    { breadth: 2, frequency: 5, silence: 3 },
    { breadth: 1, frequency: 1, silence: 90 },
  ];
  const absent = { breadth: 0, frequency: 0, silence: NaN };
  expect(Array.from(depthOf([...rows, absent]))).toEqual([...depthOf(rows), 0]);
  expect(depthOf(rows)[0]).toBeCloseTo(75, 10);
});
