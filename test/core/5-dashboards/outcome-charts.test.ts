import { expect, test } from 'vitest';
import type { OutcomeSegments } from '../../../src/core/3-models/results/outcome-segments';
import { formatOutcome, outcomeForest, sayDifference } from '../../../src/core/5-dashboards/outcome-charts';

const estimated = (value: number, low: number, high: number, n = 100) => ({ value, low, high, n });
const found: OutcomeSegments = {
  outcome: 'spend in the 90 days after',
  unit: 'money',
  asOf: Date.UTC(2026, 6, 3),
  horizonDays: 90,
  seed: 1,
  nCustomers: 400,
  overall: estimated(120, 110, 130, 200),
  groups: [
    {
      id: 0,
      size: 100,
      share: 0.25,
      estimate: estimated(300, 250, 350, 50),
      difference: estimated(240, 190, 290, 200),
      rule: { kind: 'missing', of: 'x' },
      sentence: 'X is missing',
    },
  ],
  others: { size: 300, share: 0.75, estimate: estimated(60, 50, 70, 150) },
  verdict: 'One group differs',
  blocked: null,
  customers: new Int32Array(),
  labels: new Int32Array(),
};

test('the forest holds every group, then everybody else, from zero to the furthest end, with all customers named', () => {
  const forest = outcomeForest(found)!;
  expect(forest.rows.map(({ name, size }) => [name, size])).toEqual([['Group A', 100], ['No clear difference', 300]]); // prettier-ignore
  expect(forest.domain).toEqual([0, 350]);
  expect(forest.text.sentence).toBe(
    'Group A has the highest: 300 (250 to 350) against 120 of all 400 customers.',
  );
  expect(forest.text.table.rows.map(([name, customers]) => [name, customers])).toEqual([
    ['Group A', '100'],
    ['No clear difference', '300'],
    ['All customers', '400'],
  ]);
  expect(forest.text.readings[0]).toBe('Group A, 100 customers: 300 (250 to 350); X is missing');
  expect(forest.text.how).toContain('(200 of 400)');
});

test('without groups there is nothing to draw', () => {
  expect(outcomeForest({ ...found, groups: [] })).toBeNull();
  expect(outcomeForest({ ...found, overall: null })).toBeNull();
});

test('values are said in their unit, differences with their sign', () => {
  expect(formatOutcome(0.25, 'share')).toBe('25.0%');
  expect(formatOutcome(1.234, 'orders')).toBe('1.23');
  expect(sayDifference(estimated(-20, -30, -10), 'money')).toBe('−20.00 (−30.00 to −10.00)');
});
