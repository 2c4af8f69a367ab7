import { expect, test } from 'vitest';
import { frequency, monetary, recency } from '../../../../src/core/2-features/measures/rfm';
import { evaluateRule } from '../../../../src/core/2-features/rule/evaluate-rule';
import { parseRule } from '../../../../src/core/2-features/rule/parse-rule';
import { contextOfTable } from '../../../../src/core/2-features/rule/rule-context';
import { namesOfFeatures } from '../../../../src/core/2-features/rule/rule-names';
import type { Feature, FeatureDefinition } from '../../../../src/core/2-features/feature-table';
import { chooseCuts } from '../../../../src/core/3-models/rules/cut-points';
import { distil } from '../../../../src/core/3-models/rules/distil';
import { createRandom } from '../../../../src/core/kit/random';

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

const n = 1000;
const random = createRandom(3);
const days = Float64Array.from({ length: n }, () => 1 + random.below(300));
const orders = Float64Array.from({ length: n }, () => 1 + random.below(8));
const spend = Float64Array.from({ length: n }, () => Math.exp(5 + random.normal()));
const flag = (label: string): FeatureDefinition => ({
  name: label,
  label,
  unit: 'flag',
  formula: '',
  source: 'customers',
  high: label,
  low: `not ${label}`,
});
const monthly = Float64Array.from(days, () => random.below(2));
const features: Feature[] = [
  { definition: recency.definition, values: days },
  { definition: frequency.definition, values: orders },
  { definition: monetary.definition, values: spend },
  { definition: flag('Contract: Month, or "so" and more'), values: monthly },
];
const flagsOf = (feature: Feature[], rule: Parameters<typeof evaluateRule>[0]) =>
  evaluateRule(
    rule,
    contextOfTable({ asOf: null, customers: Int32Array.from(feature[0]!.values.keys()), features: feature }),
  );

test('distil retells groups made by a rule with that rule', () => {
  const labels = Int32Array.from(days, (value, i) => (value <= 120 ? (orders[i]! <= 2 ? 0 : 1) : 2));
  const told = distil(features.slice(0, 2), labels, 1);
  expect(told.map(({ sentence }) => sentence)).toEqual([
    'Last order within 120 days and at most 2 orders',
    'Last order within 120 days and at least 3 orders',
    'Last order over 120 days ago',
  ]);
  for (const { fidelity, precision, isSimple } of told)
    expect({ fidelity, precision, isSimple }).toEqual({ fidelity: 1, precision: 1, isSimple: true });
});

test('every sentence of distil reads back as its rule, whatever the names', () => {
  const labels = Int32Array.from(days, (_, i) => (monthly[i] ? (spend[i]! > 150 ? 0 : 1) : days[i]! > 40 && days[i]! < 90 ? 2 : 3)); // prettier-ignore
  const names = namesOfFeatures(features.map(({ definition }) => definition));
  const told = distil(features, labels, 1);
  for (const { sentence, rule, fidelity } of told) {
    expect(parseRule(sentence, names)).toEqual(rule);
    expect(fidelity).toBeGreaterThan(0.9);
  }
  expect(told[0]!.sentence).toContain('"Month, or ""so"" and more"');
});

test('distil counts the unassigned against a rule and makes no segment of them', () => {
  const labels = Int32Array.from(days, (value, i) => (value > 150 ? -1 : orders[i]! <= 4 ? 0 : 1));
  const told = distil(features, labels, 1);
  expect(told).toHaveLength(2);
  told.forEach(({ rule, fidelity, precision }, id) => {
    expect(fidelity).toBeGreaterThan(0.97);
    expect(precision).toBeGreaterThan(0.97);
    expect(
      [...flagsOf(features, rule)].filter((held, i) => held === 1 && labels[i] === -1).length,
    ).toBeLessThan(10);
    expect(id).toBeLessThan(2);
  });
});

test('distil says so where nothing short tells segments apart, and of whom everybody is one', () => {
  const noise = Int32Array.from(days, () => random.below(3));
  for (const { isSimple } of distil(features, noise, 1)) expect(isSimple).toBe(false);
  const constant = [{ definition: recency.definition, values: new Float64Array(n).fill(3) }];
  const [one] = distil(constant, noise, 1);
  expect(one).toEqual({
    sentence: 'No short rule tells them apart from the other segments',
    rule: { kind: 'or', rules: [] },
    fidelity: 0,
    precision: 0,
    isSimple: false,
  });
  expect(parseRule(one!.sentence, namesOfFeatures([]))).toEqual(one!.rule);
  expect(distil(features, new Int32Array(n), 1)).toMatchObject([{ sentence: 'Everyone', fidelity: 1 }]);
});

test('distil takes the same rows in any number: gaps, infinities and a handful of customers', () => {
  const odd = features.map(({ definition, values }, j) => ({
    definition,
    values: values.map((value, i) => (i % 50 === j ? NaN : i % 97 === j ? Infinity : value)),
  }));
  const labels = Int32Array.from(days, (value) => (value <= 120 ? 0 : 1));
  const names = namesOfFeatures(odd.map(({ definition }) => definition));
  for (const told of distil(odd, labels, 2)) {
    expect(Number.isFinite(told.fidelity) && Number.isFinite(told.precision)).toBe(true);
    expect(told.fidelity).toBeGreaterThan(0.85);
    expect(parseRule(told.sentence, names)).toEqual(told.rule);
  }
  const few = features.map(({ definition, values }) => ({ definition, values: values.slice(0, 3) }));
  for (const told of distil(few, Int32Array.from([0, 1, 0]), 1))
    expect(told.fidelity).toBeGreaterThanOrEqual(0);
});
