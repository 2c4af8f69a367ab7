import { beforeAll, expect, test } from 'vitest';
import { buildFeatures } from '../../../../src/core/2-features/features';
import { contextOfTable } from '../../../../src/core/2-features/rule/rule-context';
import { segmentByRules } from '../../../../src/core/2-features/rule/own-segments';
import { describeGiven } from '../../../../src/core/3-models/clusters/given-segments';
import { importShop } from '../../../fixtures/shop';
import { startTensors } from '../../../fixtures/tensors';

beforeAll(startTensors);

test('segments by rules are told like found ones: exact rules, given names kept, the others named, everybody once', async () => {
  const { collected, asOf } = await importShop(1, 300);
  const table = buildFeatures(collected, asOf, 'all');
  const often = { kind: 'compare', feature: 'frequency', op: '>=', value: 4 } as const;
  const late = { kind: 'compare', feature: 'recency', op: '>', value: 120 } as const;
  const found = segmentByRules([{ name: 'Regulars', rule: often }, { name: '', rule: late }], contextOfTable(table)); // prettier-ignore
  const parts = found.parts.map((part) => ({ ...part, sentence: 'As told.' }));
  const given = { customers: table.customers, labels: found.labels, parts, algorithm: 'rules', reason: 'Own.', seed: 1 } as const; // prettier-ignore
  const made = describeGiven(table, given);
  expect([...made.labels]).toEqual([...found.labels]);
  expect(made.segments.map(({ size }) => size)).toEqual(parts.map(({ size }) => size));
  expect(made.segments.map(({ name }) => name)).toEqual(['Regulars', expect.stringMatching(/\w{3}/), 'Everyone else']); // prettier-ignore
  expect(made.segments.map(({ slot }) => slot)).toEqual([1, 2, 0]);
  for (const { fidelity, precision, sentence, revenue, traits } of made.segments) {
    expect([fidelity, precision, sentence]).toEqual([1, 1, 'As told.']);
    expect(Number.isFinite(revenue)).toBe(true);
    expect(traits.every(({ z }) => Number.isFinite(z))).toBe(true);
  }
  expect(Number.isFinite(made.inertia) && Number.isFinite(made.silhouette)).toBe(true);
  expect(made.map.every(Number.isFinite)).toBe(true);

  const known = table.customers.slice(0, 200);
  const some = describeGiven(table, { ...given, customers: known, labels: found.labels.slice(0, 200) });
  expect(some.unassigned!.count).toBe(table.customers.length - 200);
  expect(Number.isFinite(some.inertia)).toBe(true);
});
