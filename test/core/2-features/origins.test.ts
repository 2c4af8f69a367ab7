import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/core/2-features/history';
import { planOrigins } from '../../../src/core/2-features/origins';

const day = (text: string) => Date.parse(`${text}Z`);

describe('planOrigins', () => {
  test('fits three tests of 90 days into the 374 days of Online Retail', () => {
    const plan = planOrigins({
      from: day('2010-12-01T08:26'),
      to: day('2011-12-09T12:50'),
      asOf: day('2011-12-10T00:00'),
      horizonDays: 90,
      nOrigins: 3,
      nCustomers: 4300,
    });
    expect(plan.blocked).toBeNull();
    expect(plan.tests.map(({ asOf }) => new Date(asOf).toISOString().slice(0, 10))).toEqual([
      '2011-09-11',
      '2011-06-29',
      '2011-04-16',
    ]);
    expect(plan.tests.map(({ trainAsOfs }) => trainAsOfs.length)).toEqual([3, 2, 1]);
  });

  test('says how many days are missing', () => {
    const plan = planOrigins({
      from: 0,
      to: 100 * DAY,
      asOf: 101 * DAY,
      horizonDays: 90,
      nOrigins: 3,
      nCustomers: 9000,
    });
    expect(plan).toEqual({
      tests: [],
      finalTrainAsOfs: [],
      blocked: 'not enough history: have 101 days, need 124 more days for a 90-day horizon',
    });
  });

  test('one day more than what is missing is enough for one test, one day less is not', () => {
    const planOf = (days: number) =>
      planOrigins({
        from: 0,
        to: days * DAY - 1,
        asOf: days * DAY,
        horizonDays: 90,
        nOrigins: 3,
        nCustomers: 9000,
      });
    expect(planOf(225).tests.length).toBe(1);
    expect(planOf(224).blocked).toContain('need 1 more day for');
  });

  test('does not take days without records after the last order for silence', () => {
    const options = { from: 0, to: 400 * DAY, horizonDays: 60, nOrigins: 2, nCustomers: 9000 };
    expect(planOrigins({ ...options, asOf: 700 * DAY })).toEqual(
      planOrigins({ ...options, asOf: 401 * DAY }),
    );
  });

  test('few customers are learnt from at more dates than many', () => {
    const trainsOf = (nCustomers: number) =>
      planOrigins({ from: 0, to: 1000 * DAY, asOf: 1001 * DAY, horizonDays: 90, nOrigins: 1, nCustomers })
        .finalTrainAsOfs.length;
    expect([0, 900, 6000, 100_000].map(trainsOf)).toEqual([6, 6, 4, 3]);
  });

  test('no training outcome reaches past its test, no test outcome past the end, and all have a warm-up', () => {
    const anyOptions = fc.record({
      historyDays: fc.double({ min: 0, max: 1500, noNaN: true }),
      horizonDays: fc.integer({ min: 1, max: 365 }),
      nOrigins: fc.integer({ min: 1, max: 6 }),
      cutDays: fc.integer({ min: -50, max: 50 }),
      nCustomers: fc.integer({ min: 0, max: 100_000 }),
    });
    fc.assert(
      fc.property(anyOptions, ({ historyDays, horizonDays, nOrigins, cutDays, nCustomers }) => {
        const from = 15_000.3 * DAY;
        const to = from + historyDays * DAY;
        const asOf = Math.floor(to / DAY + cutDays) * DAY;
        const { tests, finalTrainAsOfs, blocked } = planOrigins({
          from,
          to,
          asOf,
          horizonDays,
          nOrigins,
          nCustomers,
        });
        expect(tests.length === 0).toBe(blocked !== null);
        expect(tests.length).toBeLessThanOrEqual(nOrigins);
        const horizon = horizonDays * DAY;
        const earliest = from + (Math.max(30, horizonDays / 2) - 1) * DAY;
        for (const train of finalTrainAsOfs) {
          expect(train + horizon).toBeLessThanOrEqual(asOf);
          expect(train).toBeGreaterThanOrEqual(earliest);
        }
        for (const [i, test] of tests.entries()) {
          expect(test.asOf + horizon).toBeLessThanOrEqual(asOf);
          expect(test.trainAsOfs.length).toBeGreaterThan(0);
          if (i > 0) expect(tests[i - 1]!.asOf - test.asOf).toBeLessThanOrEqual(horizon);
          if (i > 0) expect(tests[i - 1]!.asOf - test.asOf).toBeGreaterThan(0);
          for (const train of test.trainAsOfs) {
            expect(train + horizon).toBeLessThanOrEqual(test.asOf);
            expect(train).toBeGreaterThanOrEqual(earliest);
          }
        }
      }),
    );
  });
});
