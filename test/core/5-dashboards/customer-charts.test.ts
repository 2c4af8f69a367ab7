import { expect, test } from 'vitest';
import {
  changeLines,
  likelySentence,
  moveSentence,
  placeSentence,
  reasonsChart,
  segmentMoveSentence,
} from '../../../src/core/5-dashboards/customer-charts';
import type { Explanation, ReasonPart } from '../../../src/core/3-models/propensity/explain';
import { segmentation } from '../4-decisions/example-results';

const asked = { target: { kind: 'churn' }, horizonDays: 90, baseRate: 0.31 } as const;
const part = (feature: string, label: string, size: number): ReasonPart => ({
  feature,
  label,
  unit: 'number',
  isPersonal: false,
  value: 4,
  typical: 2,
  part: size,
});
const explanation: Explanation = {
  likelihood: 0.84,
  logOdds: 1.5,
  baseline: -0.5,
  averageLikelihood: 0.31,
  parts: [
    part('a', 'A', 1.2),
    part('b', 'B', 0.6),
    ...Array.from({ length: 8 }, (_, i) => part(`x${i}`, `X${i}`, 0.025)),
  ],
};

test('likelySentence names the usual share', () => {
  expect(likelySentence(asked)).toBe('likely to leave within 90 days. Usually 31.0% of customers do.');
});

test('reasonsChart draws every part: the strongest alone, the others together, and all of them in the table', () => {
  const { bars, text } = reasonsChart(explanation, 'Customer 7', asked);
  const total = explanation.parts.reduce((sum, one) => sum + one.part, 0);
  expect(bars.reduce((sum, bar) => sum + bar.part, 0)).toBeCloseTo(total, 12);
  expect(total).toBeCloseTo(explanation.logOdds - explanation.baseline, 12);
  expect(bars.at(-1)!.name).toBe('2 other traits together');
  expect(text.title).toBe('Why 84.0%');
  expect(text.sentence).toBe('A 4 makes leaving likelier (×3.3); B 4 makes it likelier (×1.8).');
  expect(text.table.rows.at(-1)).toEqual(['All together', '', '', '×7.4']);
  expect(text.readings).toHaveLength(bars.length);
});

test('reasonsChart has a sentence for somebody who is like everybody', () => {
  const { bars, text } = reasonsChart({ ...explanation, parts: [] }, 'Customer 7', asked);
  expect(bars).toEqual([]);
  expect(text.sentence).toBe('Nothing known of Customer 7 sets them apart from the average customer.');
});

const order = { feature: 'recency', from: 212, to: 5, orders: 1, along: [] };
const names = [{ feature: 'recency', label: 'days since last order', unit: 'days' as const }];

test('moveSentence tells what is reached, what is not, and that nothing moves it', () => {
  const move = { changes: [order], isReached: true, goal: 0.31, before: 0.84, after: 0.3 };
  expect(moveSentence(move, 'less likely', asked)).toContain('from 84.0% to 30.0%');
  expect(moveSentence({ ...move, isReached: false, after: 0.6 }, 'less likely', asked)).toMatch(
    /^Not all the way: .* from 84\.0% to 60\.0%; the aim was 31\.0%\.$/,
  );
  expect(moveSentence({ ...move, changes: [] }, 'less likely', asked)).toMatch(/^Nothing within reach/);
  expect(changeLines([order], names)).toEqual(['1 more order, the last 5 days ago instead of 212']);
});

test('segmentMoveSentence tells the change, that nothing brings them there, and that it cannot be told', () => {
  const move = { from: 0, to: 1, changes: [order], isReached: true, after: 1 };
  expect(segmentMoveSentence(move, 'Regulars', names)).toBe(
    'Nearest to Regulars after this: 1 more order, the last 5 days ago instead of 212.',
  );
  expect(
    segmentMoveSentence({ ...move, changes: [], isReached: false, after: 0 }, 'Regulars', names),
  ).toMatch(/^Nothing within reach brings them into Regulars/);
  expect(segmentMoveSentence(null, 'Regulars', names)).toMatch(/^Cannot tell/);
});

test('placeSentence names the segment and the second-closest one, and is silent about whoever is in none', () => {
  const memberships = {
    probability: Float32Array.of(0.75, 0.5, 0.5),
    second: Int32Array.of(1, 0, -1),
    secondProbability: Float32Array.of(0.25, 0.5, 0),
  };
  const nameOf = (id: number) => ['Regulars', 'Quiet'][id] ?? null;
  expect(placeSentence({ ...segmentation, memberships }, 0, nameOf)).toBe(
    'In the segment Regulars (75.0% sure); second-closest: Quiet (25.0%).',
  );
  const torn = {
    ...memberships,
    probability: Float32Array.of(0.25, 0.5, 0.5),
    secondProbability: Float32Array.of(0.75, 0.5, 0),
  };
  expect(placeSentence({ ...segmentation, memberships: torn }, 0, nameOf)).toContain(
    'rather like Quiet (75.0% sure)',
  );
  expect(placeSentence(segmentation, 1, nameOf)).toBe('In the segment Quiet.');
  expect(placeSentence(segmentation, 99, nameOf)).toBeNull();
});
