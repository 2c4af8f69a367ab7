import { expect, test } from 'vitest';
import { chooseCuts } from '../../../src/core/3-models/rules/cut-points';
import { distil } from '../../../src/core/3-models/rules/distil';
import {
  isProtected,
  nameSegments,
  type NamingTrait,
} from '../../../src/core/3-models/clusters/name-segments';
import { measureRule, simplifyRule } from '../../../src/core/3-models/rules/rule';
import { describeCondition } from '../../../src/core/3-models/rules/sentences';
import { fitColumn, transformValue } from '../../../src/core/3-models/standardise';
import { discountShare } from '../../../src/core/2-features/measures/price';
import { itemsPerOrder } from '../../../src/core/2-features/measures/basket';
import { orders90 } from '../../../src/core/2-features/measures/lately';
import { gapRatio } from '../../../src/core/2-features/measures/rhythm';
import { frequency, monetary, recency } from '../../../src/core/2-features/measures/rfm';
import type { FeatureDefinition } from '../../../src/core/2-features/feature-table';
import { createRandom } from '../../../src/core/kit/random';

const flag = (name: string): FeatureDefinition => ({
  name,
  label: name,
  unit: 'flag',
  formula: '',
  source: 'customers',
  high: name,
  low: `not ${name}`,
});

test('describeCondition says limits as a person would', () => {
  const over = (above: number, isWhole = true) => ({ above, most: null, isWhole });
  const upTo = (most: number, isWhole = true) => ({ above: null, most, isWhole });
  expect(describeCondition(recency.definition, over(120))).toBe('last order over 120 days ago');
  expect(describeCondition(recency.definition, upTo(30))).toBe('last order within 30 days');
  expect(describeCondition(recency.definition, { above: 30, most: 90, isWhole: true })).toBe(
    'last order 31 to 90 days ago',
  );
  expect(describeCondition(frequency.definition, upTo(2))).toBe('at most 2 orders');
  expect(describeCondition(frequency.definition, upTo(1))).toBe('at most 1 order');
  expect(describeCondition(frequency.definition, over(2))).toBe('at least 3 orders');
  expect(describeCondition(frequency.definition, { above: 2, most: 3, isWhole: true })).toBe(
    'exactly 3 orders',
  );
  expect(describeCondition(orders90.definition, upTo(0))).toBe('no orders in the last 90 days');
  expect(describeCondition(itemsPerOrder.definition, over(5, false))).toBe('items per order over 5');
  expect(describeCondition(gapRatio.definition, over(3.5, false))).toBe('silence over 3.5 times own rhythm');
  expect(describeCondition(monetary.definition, over(1250, false))).toBe('total spend over 1,250');
  expect(describeCondition(discountShare.definition, upTo(0.3, false))).toBe('discount share at most 30%');
  expect(describeCondition(flag('plan: Pro'), over(0))).toBe('plan is Pro');
  expect(describeCondition(flag('plan: Pro'), upTo(0))).toBe('plan is not Pro');
  expect(describeCondition(flag('plan: missing'), upTo(0))).toBe('plan is known');
  expect(describeCondition(flag('subscribed'), upTo(0))).toBe('not subscribed');
  expect(describeCondition(recency.definition, upTo(1))).toBe('last order within 1 day');
  expect(describeCondition(recency.definition, over(1))).toBe('last order over 1 day ago');
  expect(describeCondition(monetary.definition, { above: 1000, most: 12_500, isWhole: false })).toBe(
    'total spend 1,000 to 12,500',
  );
});

test('chooseCuts gives readable thresholds with values on both sides, none for a constant', () => {
  const random = createRandom(2);
  const spend = Float64Array.from({ length: 500 }, () => Math.exp(6 + random.normal()));
  const cuts = chooseCuts(spend);
  expect(cuts.length).toBeGreaterThan(10);
  for (const cut of cuts) {
    expect(Number(cut.toPrecision(3))).toBe(cut);
    expect(spend.some((value) => value <= cut) && spend.some((value) => value > cut)).toBe(true);
  }
  expect(chooseCuts(new Float64Array(9).fill(4))).toEqual([]);
  expect(chooseCuts(Float64Array.from([0, 1, 1, 0, 0]))).toEqual([0]);
});

test('distil retells groups made by a rule with that rule', () => {
  const random = createRandom(3);
  const days = Float64Array.from({ length: 1000 }, () => 1 + random.below(300));
  const orders = Float64Array.from({ length: 1000 }, () => 1 + random.below(8));
  const labels = Int32Array.from(days, (value, i) => (value <= 120 ? (orders[i]! <= 2 ? 0 : 1) : 2));
  const told = distil(
    [
      { definition: recency.definition, values: days },
      { definition: frequency.definition, values: orders },
    ],
    labels,
    1,
  );
  expect(told.map(({ sentence }) => sentence)).toEqual([
    'Last order within 120 days and at most 2 orders',
    'Last order within 120 days and at least 3 orders',
    'Last order over 120 days ago',
  ]);
  for (const { fidelity } of told) expect(fidelity).toBe(1);
});

test('nameSegments never gives two segments one name, nor a name over 32 characters', () => {
  const traits = [
    { definition: recency.definition, z: 1.5 },
    { definition: frequency.definition, z: -1 },
    {
      definition: { ...monetary.definition, high: 'a very long way of saying that much was spent here' },
      z: 2,
    },
  ];
  const names = nameSegments([traits, traits, traits, traits, traits, [], []]);
  expect(new Set(names).size).toBe(7);
  for (const name of names) expect(name.length).toBeLessThanOrEqual(32);
  expect(names[0]).toBe('Long quiet, one-time buyers');
});

test('nameSegments uses one phrase where it suffices, else a second of another kind, and the spelling of the file', () => {
  const named = (...traits: NamingTrait[]) => nameSegments([traits])[0];
  const [quiet, often] = [recency.definition, frequency.definition];
  expect(named({ definition: monetary.definition, z: 2 }, { definition: often, z: 1 })).toBe('Big spenders');
  expect(named({ definition: quiet, z: 2 }, { definition: orders90.definition, z: -1.9 })).toBe('Long quiet');
  expect(named({ definition: quiet, z: 1.5 }, { definition: often, z: 1.4 })).toBe('Lapsed regulars');
  expect(named({ definition: flag('Contract: Month-to-month'), z: 2 }, { definition: quiet, z: -1 })).toBe(
    'Contract Month-to-month',
  );
  expect(named({ definition: flag('plan: Pro'), z: -2 }, { definition: quiet, z: 1 })).toBe('Long quiet');
  const [one, other] = [
    { definition: quiet, z: 2 },
    { definition: often, z: -0.5 },
  ];
  expect(nameSegments([[one!, other!], [one!]])).toEqual(['Long quiet, one-time buyers', 'Long quiet']);
});

test('simplifyRule leaves one "or" and three conditions at most, the first features first', () => {
  const random = createRandom(9);
  const columns = Array.from({ length: 4 }, () => Float64Array.from({ length: 900 }, () => random.next()));
  const rows = Int32Array.from(columns[0]!.keys());
  const over = (...features: number[]) =>
    new Map(features.map((feature) => [feature, { above: 0.3, most: Infinity }] as const));
  const isMember = Uint8Array.from(rows, (row) => Number(columns.every((values) => values[row]! > 0.3)));
  const [clause, ...others] = simplifyRule([over(3, 2, 1, 0)], { columns, rows, isMember });
  expect(others).toEqual([]);
  expect(clause!.size).toBe(3);
  expect([...clause!.keys()]).toEqual([...clause!.keys()].sort());
});

test('simplifyRule drops what changes nothing and keeps what does', () => {
  const random = createRandom(6);
  const n = 2000;
  const days = Float64Array.from({ length: n }, () => random.below(300));
  const orders = Float64Array.from({ length: n }, () => 1 + random.below(8));
  const noise = Float64Array.from({ length: n }, () => random.next());
  const isMember = Uint8Array.from(days, (value, i) => Number(value > 120 && orders[i]! <= 2));
  const judged = { columns: [days, orders, noise], rows: Int32Array.from(days.keys()), isMember };
  const clause = new Map([
    [2, { above: -Infinity, most: 0.9999 }],
    [0, { above: 120, most: 299 }],
    [1, { above: -Infinity, most: 2 }],
  ]);
  const empty = new Map([[0, { above: 500, most: Infinity }]]);
  const rule = simplifyRule([clause, empty], judged);
  expect(rule).toEqual([
    new Map([
      [0, { above: 120, most: Infinity }],
      [1, { above: -Infinity, most: 2 }],
    ]),
  ]);
  expect(measureRule(rule, judged)).toEqual({ recall: 1, precision: 1 });
});

test('nameSegments uses no word about who people are', () => {
  for (const word of [
    'gender: Female',
    'Age',
    'religion',
    'SeniorCitizen',
    'Marital_Status',
    'ethnicity',
    'Kidhome',
    'Year_Birth',
  ])
    expect(isProtected(flag(word)), word).toBe(true);
  for (const word of ['average order value', 'share of weekends', 'package', 'storage used', 'engagement'])
    expect(isProtected(flag(word)), word).toBe(false);
  expect(
    nameSegments([
      [
        { definition: flag('gender: Female'), z: 3 },
        { definition: recency.definition, z: 0.5 },
      ],
    ]),
  ).toEqual(['Long quiet']);
});

test('fitColumn takes the log of lopsided columns that are never negative, and only when it helps', () => {
  const random = createRandom(4);
  const lopsided = Float64Array.from({ length: 500 }, () => Math.exp(random.normal()));
  expect(fitColumn('x', lopsided).log).toBe(true);
  expect(
    fitColumn(
      'x',
      lopsided.map((value) => value - 1),
    ).log,
  ).toBe(false);
  expect(
    fitColumn(
      'x',
      Float64Array.from({ length: 500 }, () => random.normal()),
    ).log,
  ).toBe(false);
  const constant = fitColumn('x', new Float64Array(5).fill(0.1));
  expect(constant.sd).toBe(0);
  expect(transformValue(constant, 0.1)).toBe(0);
  expect(transformValue(constant, 7)).toBe(0);
  expect(transformValue(fitColumn('x', lopsided), NaN)).toBe(0);
});
