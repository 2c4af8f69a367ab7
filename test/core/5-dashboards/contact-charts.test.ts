import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  averageOrderBySegment,
  cutOffTable,
  planContacts,
  profitChart,
  sayPlan,
} from '../../../src/core/5-dashboards/contact-charts';
import type { RfmResult } from '../../../src/core/3-models/results/rfm-result';
import type { Segmentation } from '../../../src/core/3-models/results/segmentation';

const alike = { value: 100, cost: 10, capacity: null, fatigue: 0, works: 1 };

describe('whom contacting pays for', () => {
  test('everybody whose likelihood x worth is above the cost: by hand', () => {
    const { overall } = planContacts(Float64Array.of(0.5, 0.2, 0.05, 0.09), null, alike);
    expect(overall.contacted).toBe(2);
    expect(overall.profit).toBeCloseTo(0.5 * 100 + 0.2 * 100 - 20, 9);
    expect(overall.threshold).toBeCloseTo(0.2, 9);
    expect(overall.missed).toBeCloseTo(0.14, 9);
  });

  test('annoyance raises the cut-off, and contacts that seldom work do too', () => {
    const propensity = Float64Array.from({ length: 100 }, (_, i) => i / 100);
    const at = (change: object) => planContacts(propensity, null, { ...alike, ...change }).overall;
    expect(at({ fatigue: 20 }).contacted).toBeLessThan(at({}).contacted);
    // 0.5 x p x 100 > 10 from p above 0.2: the likelihood shown is the one before what a contact achieves.
    expect(at({ works: 0.5 }).threshold).toBeCloseTo(0.21, 9);
    expect(at({ capacity: 7 }).contacted).toBe(7);
    expect(at({ capacity: 0 }).contacted).toBe(0);
  });

  test('the cut-off lets in exactly whom the plan contacts, whatever a contact achieves', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (values, works) => {
          const propensity = Float64Array.from(values);
          const { overall } = planContacts(propensity, null, { ...alike, works });
          const listed = values.filter((p) => p >= overall.threshold).length;
          if (overall.contacted > 0) expect(listed).toBeGreaterThanOrEqual(overall.contacted);
        },
      ),
    );
  });

  test('the segments add up to the whole and each has a row with every cell', () => {
    const propensity = Float64Array.from({ length: 90 }, (_, i) => (i % 30) / 30);
    const plan = planContacts(
      propensity,
      Int32Array.from(propensity, (_, i) => (i % 3) - 1),
      {
        ...alike,
        value: [50, 200],
      },
    );
    expect(plan.segments.reduce((sum, { contacted }) => sum + contacted, 0)).toBe(plan.overall.contacted);
    const { heads, rows } = cutOffTable(plan, new Map([[0, 'Loyal']]));
    expect(rows.map(({ name }) => name)).toEqual(['In no segment', 'Loyal', 'In no segment']);
    for (const { cells } of rows) expect(cells).toHaveLength(heads.length);
    const [, low, high] = plan.segments;
    expect(high!.threshold).toBeLessThan(low!.threshold);
  });

  test('says when nobody is worth a contact, and what contacting everybody would bring', () => {
    const propensity = Float64Array.of(0.5, 0.01);
    expect(sayPlan(planContacts(propensity, null, { ...alike, cost: 1000 }))).toMatch(/^Nobody: /);
    const plan = planContacts(propensity, null, alike);
    expect(sayPlan(plan)).toBe(
      'Contact 1 of 2 customers: about 1 gained, 1 contacted in vain, a profit of 40.00. Contacting everybody would bring 31.00.',
    );
    const { table, readings } = profitChart(plan, { target: { kind: 'churn' }, horizonDays: 30 });
    expect(readings).toHaveLength(plan.curve.length);
    expect(table.rows.at(-1)![0]).toBe('2');
  });
});

test('the average order of each segment is its spend over its orders', () => {
  const rfm = {
    customers: Int32Array.of(0, 1, 2),
    monetary: Float64Array.of(100, 50, 30),
    frequency: Float64Array.of(2, 2, 1),
  } as RfmResult;
  const segmentation = {
    customers: Int32Array.of(2, 1, 0),
    labels: Int32Array.of(1, 0, 0),
    segments: [{ id: 0 }, { id: 1 }, { id: 2 }],
  } as unknown as Segmentation;
  expect(averageOrderBySegment(rfm, segmentation)).toEqual([37.5, 30, 36]);
});
