import { expect, test } from 'vitest';
import type { FeatureDefinition } from '../../../src/core/2-features/feature-table';
import { measureOverlap } from '../../../src/core/3-models/clusters/overlap';
import {
  groupTraits,
  overlapTable,
  sayCount,
  sayOverlap,
  sayRange,
  saysSomething,
} from '../../../src/core/5-dashboards/rule-words';

const trait = (name: string, label: string, unit: FeatureDefinition['unit']): FeatureDefinition => ({
  name,
  label,
  unit,
  formula: '',
  source: '',
  high: '',
  low: '',
});

test('counts have their denominator and a share', () => {
  expect(sayCount(1240, 19903)).toBe('1,240 of 19,903 customers (6.2%)');
  expect(sayCount(0, 0)).toBe('0 of 0 customers (0%)');
});

test('traits are grouped by unit; one value of a column is left to the columns', () => {
  const features = [trait('a', 'total spend', 'money'), trait('b', 'Contract: Monthly', 'flag'), trait('c', 'orders', 'orders')]; // prettier-ignore
  expect(groupTraits(features).map(({ name, features }) => [name, features.length])).toEqual([['Money', 1], ['Counts', 1]]); // prettier-ignore
});

test('a range names its ends, its middle and who has no value', () => {
  const summary = { n: 8, missing: 2, zeros: 0, min: 0, q25: 2, median: 45, q75: 90, max: 320, mean: 60, histogram: [] }; // prettier-ignore
  expect(sayRange(summary, 'days')).toBe('From 0 d to 320 d, half of them up to 45 d; unknown for 2.');
  expect(sayRange({ ...summary, n: 0 }, 'days')).toBe('No customer has a value.');
});

test('the overlap is told with its largest pair, and the table holds counts, shares and what the order leaves', () => {
  const sets = [
    { name: 'A', customers: Int32Array.of(0, 1, 2, 3) },
    { name: 'B', customers: Int32Array.of(2, 3) },
    { name: 'C', customers: Int32Array.of(7) },
  ];
  const names = sets.map(({ name }) => name);
  const told = {
    of: 10,
    segments: [{ count: 4, first: 4 }, { count: 2, first: 0 }, { count: 1, first: 1 }], // prettier-ignore
    overlap: measureOverlap(sets),
  };
  expect(sayOverlap(names, told)).toBe(
    '2 customers of 5 are in more than one: 100.0% of B are in A too. 5 customers of 10 are in none.',
  );
  expect(overlapTable(names, told).rows).toEqual([
    ['A', '4', '–', '2 (50.0%)', '0 (0%)', '4'],
    ['B', '2', '2 (100.0%)', '–', '0 (0%)', '0'],
    ['C', '1', '0 (0%)', '0 (0%)', '–', '1'],
  ]);
  const apart = { ...told, of: 7, overlap: measureOverlap([sets[0]!, sets[2]!]) };
  expect(sayOverlap(['A', 'C'], apart)).toBe('Nobody is in more than one. 2 customers of 7 are in none.');
});

test('a rule that nobody fits is nothing to start from', () => {
  expect(saysSomething({ kind: 'or', rules: [] })).toBe(false);
  expect(saysSomething({ kind: 'missing', of: 'x' })).toBe(true);
});
