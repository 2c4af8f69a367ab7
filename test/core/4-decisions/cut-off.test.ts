import { expect, test } from 'vitest';
import { cutOff, type CutOffQuestion } from '../../../src/core/4-decisions/cut-off';
import { createRandom } from '../../../src/core/kit/random';

const draw = (seed: number, n = 400) => {
  const random = createRandom(seed);
  return {
    propensity: Float64Array.from({ length: n }, () => random.next() ** 3),
    segments: Int32Array.from({ length: n }, () => random.below(3)),
  };
};

const question = (change: Partial<CutOffQuestion> = {}): CutOffQuestion => ({
  ...draw(1),
  valueOfSuccess: 50,
  costOfContact: 4,
  capacity: null,
  fatigue: 2,
  ...change,
});

/** Profit of contacting exactly these, straight from the definition. */
function profitOf(
  { propensity, segments, valueOfSuccess, costOfContact, fatigue }: CutOffQuestion,
  rows: number[],
) {
  const of = (money: number | readonly number[], i: number) =>
    typeof money === 'number' ? money : money[segments![i]!]!;
  return rows.reduce(
    (sum, i) =>
      sum + propensity[i]! * of(valueOfSuccess, i) - of(costOfContact, i) - (1 - propensity[i]!) * fatigue,
    0,
  );
}

test('cutOff earns what the best of all thresholds earns', () => {
  for (const seed of [1, 2, 3])
    for (const [valueOfSuccess, fatigue] of [
      [50, 0],
      [20, 3],
      [400, 1],
    ] as const) {
      const asked = question({ ...draw(seed), valueOfSuccess, fatigue });
      const all = Array.from({ length: 400 }, (_, i) => i);
      const best = Math.max(
        0,
        ...Array.from(asked.propensity, (threshold) =>
          profitOf(
            asked,
            all.filter((i) => asked.propensity[i]! >= threshold),
          ),
        ),
      );
      const { overall } = cutOff(asked);
      expect(Math.abs(overall.profit - best)).toBeLessThanOrEqual(0.005 * best + 1e-9);
      const taken = all.filter((i) => asked.propensity[i]! >= overall.threshold);
      expect(taken.length).toBe(overall.contacted);
    }
});

test('cutOff spends a capacity across segments as the best pair of thresholds does', () => {
  const { propensity, segments } = draw(5, 60);
  const two = segments.map((segment) => Math.min(1, segment));
  const asked = question({
    propensity,
    segments: two,
    valueOfSuccess: [30, 90],
    costOfContact: [3, 10],
    capacity: 12,
  });
  const ranked = [0, 1].map((segment) =>
    Array.from(propensity.keys())
      .filter((i) => two[i] === segment)
      .sort((a, b) => propensity[b]! - propensity[a]!),
  );
  let best = 0;
  for (let a = 0; a <= Math.min(12, ranked[0]!.length); a++)
    for (let b = 0; a + b <= 12 && b <= ranked[1]!.length; b++)
      best = Math.max(best, profitOf(asked, [...ranked[0]!.slice(0, a), ...ranked[1]!.slice(0, b)]));
  const found = cutOff(asked);
  expect(found.overall.profit).toBeCloseTo(best, 9);
  expect(found.overall.contacted).toBe(12);
  expect(found.segments.map(({ segment }) => segment)).toEqual([0, 1]);
  for (const key of ['contacted', 'of', 'gained', 'missed', 'annoyed', 'profit'] as const)
    expect(found.segments.reduce((sum, one) => sum + one[key], 0)).toBeCloseTo(found.overall[key], 9);
});

test('cutOff tells customers and money by hand', () => {
  const { overall, segments, curve } = cutOff({
    propensity: [0.9, 0.5, 0.1, 0.02],
    valueOfSuccess: 10,
    costOfContact: 1,
    capacity: null,
    fatigue: 1,
  });
  // Gains: 7.9, 3.5, -0.9, -1.78.
  expect(overall.threshold).toBe(0.5);
  expect([overall.contacted, overall.of]).toEqual([2, 4]);
  expect(overall.gained).toBeCloseTo(1.4, 12);
  expect(overall.missed).toBeCloseTo(0.12, 12);
  expect(overall.annoyed).toBeCloseTo(0.6, 12);
  expect([overall.moneyGained, overall.moneySpent]).toEqual([14, 2]);
  expect(overall.moneyLost).toBeCloseTo(0.6, 12);
  expect(overall.profit).toBeCloseTo(11.4, 12);
  expect(segments).toEqual([]);
  expect(curve.map(({ contacted }) => contacted)).toEqual([0, 1, 2, 3, 4]);
  expect(curve.at(-1)!.profit).toBeCloseTo(8.72, 12);
});

test('cutOff contacts nobody where nothing pays, and stays finite where there is nothing to tell', () => {
  expect(cutOff(question({ valueOfSuccess: 1 })).overall).toMatchObject({
    threshold: 1,
    contacted: 0,
    profit: 0,
  });
  expect(cutOff(question({ capacity: 0 })).overall.contacted).toBe(0);
  expect(cutOff(question({ costOfContact: 0, fatigue: 0 })).overall).toMatchObject({
    threshold: 0,
    contacted: 400,
  });
  const odd = cutOff(question({ propensity: [NaN, 2, -1], segments: [0, 0, 0] })).overall;
  expect(Object.values(odd).every(Number.isFinite)).toBe(true);
  expect(cutOff(question({ propensity: [], segments: [] })).overall).toMatchObject({
    contacted: 0,
    profit: 0,
  });
});
