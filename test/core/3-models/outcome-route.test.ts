import { beforeAll, describe, expect, test } from 'vitest';
import { contextOfTable } from '../../../src/core/2-features/rule/rule-context';
import { evaluateRule } from '../../../src/core/2-features/rule/evaluate-rule';
import { parseRule } from '../../../src/core/2-features/rule/parse-rule';
import { namesOfFeatures } from '../../../src/core/2-features/rule/rule-names';
import { buildFeatures } from '../../../src/core/2-features/features';
import { DAY } from '../../../src/core/2-features/history';
import { buildLaterOutcomes, buildOutcomeInput } from '../../../src/core/2-features/later-outcomes';
import { chooseFeatures } from '../../../src/core/3-models/clusters/choose-features';
import { partition } from '../../../src/core/3-models/clusters/partition';
import { outcomeSegments } from '../../../src/core/3-models/rules/outcome-segments';
import { testSegments } from '../../../src/core/3-models/separation/frozen-segments';
import { createRandom } from '../../../src/core/kit/random';
import { importShop } from '../../fixtures/shop';
import { startTensors } from '../../fixtures/tensors';

beforeAll(startTensors);

const shopOf = async (nCustomers: number) => {
  const { collected, asOf } = await importShop(1, nCustomers);
  return { collected, options: { asOf, horizonDays: 90, set: 'all' } as const };
};

describe('buildLaterOutcomes', () => {
  test('stands a horizon before the end, and counts the orders and money of the days after it', async () => {
    const { collected, options } = await shopOf(400);
    const { table, later, blocked } = buildLaterOutcomes(collected, options);
    expect(blocked).toBeNull();
    expect(table.asOf).toBe(options.asOf - 90 * DAY);
    const frequency = (at: number) => {
      const { customers, features } = buildFeatures(collected, at, 'rfm');
      const of = (name: string) => features.find(({ definition }) => definition.name === name)!.values;
      return new Map(Array.from(customers, (customer, row) => [customer, of('frequency')[row]!]));
    };
    const [then, now] = [frequency(table.asOf!), frequency(options.asOf)];
    table.customers.forEach((customer, row) => {
      expect(later.orders[row]).toBe(now.get(customer)! - then.get(customer)!);
      expect(later.cameBack[row]).toBe(later.orders[row]! > 0 ? 1 : 0);
      expect(later.spend![row]! > 0).toBe(later.orders[row]! > 0);
    });
  });

  test('says how many days are missing, and that orders are', async () => {
    const { collected, options } = await shopOf(200);
    expect(buildLaterOutcomes(collected, { ...options, horizonDays: 5000 }).blocked).toMatch(
      /^not enough history/,
    );
    expect(buildLaterOutcomes({ ...collected, lines: null }, options).blocked).toMatch(
      /needs orders with dates/,
    );
  });
});

describe('outcomeSegments', () => {
  test('finds groups of the sample shop that spend more later; each rule picks its group and reads back', async () => {
    const { collected, options } = await shopOf(2000);
    const input = buildOutcomeInput(collected, { kind: 'spend' }, options);
    const found = outcomeSegments(input, 42);
    expect(found.verdict).toMatch(/groups? differs? in spend in the 90 days after/);
    expect(found.groups.length).toBeGreaterThanOrEqual(2);
    const names = namesOfFeatures(input.table.features.map(({ definition }) => definition));
    for (const { id, rule, sentence, size, difference } of found.groups) {
      expect(difference.low > 0 || difference.high < 0).toBe(true);
      expect(size).toBeGreaterThanOrEqual(0.02 * input.table.customers.length);
      const held = evaluateRule(rule, contextOfTable(input.table));
      expect([...held]).toEqual(Array.from(found.labels, (label) => Number(label === id)));
      expect(parseRule(sentence, names)).toEqual(rule);
    }
    const means = found.groups.map(({ estimate }) => estimate.value);
    expect(means).toEqual([...means].sort((a, b) => b - a));
    expect(structuredClone(found)).toEqual(found);
  });

  test('cannot tell when outcomes were dealt at random, or are of too few', async () => {
    const { collected, options } = await shopOf(600);
    const input = buildOutcomeInput(collected, { kind: 'comeBack' }, options);
    const random = createRandom(1);
    const dealt = outcomeSegments({ ...input, outcome: input.outcome.map(() => random.below(2)) }, 1);
    expect(dealt.groups).toEqual([]);
    expect(dealt.verdict).toMatch(
      /^cannot tell: no groups of these \d+ customers differ in share who come back/,
    );
    const few = outcomeSegments(
      { ...input, outcome: input.outcome.map((value, i) => (i < 60 ? value : NaN)) },
      1,
    );
    expect(few.verdict).toBe('cannot tell: need at least 100 customers whose outcome is known; got 60');
  });
});

test('testSegments: the segments of the sample shop tell who comes back, under the names of today', async () => {
  const { collected, options } = await shopOf(800);
  const table = buildFeatures(collected, options.asOf, 'all');
  const { X, blocks } = chooseFeatures(table.features);
  const today = { customers: table.customers, ...partition({ algorithm: 'kmeans', blocks }, X, 4, 42) };
  const names = [0, 1, 2, 3].map((id) => `mine ${id}`);
  const params = { algorithm: 'kmeans', nClusters: 'auto', seed: 42 } as const;
  const found = testSegments(buildLaterOutcomes(collected, options), params, { ...today, names });
  expect(found.predictsReturn).toBe(true);
  expect(found.comeBack.low).toBeGreaterThan(0);
  expect(found.bySegment).toHaveLength(4);
  const told = new Set(found.bySegment.map(({ name }) => name));
  expect(told.size).toBe(4);
  // Half of a segment's people must be the same for its name to live on; one of them changed since.
  expect(names.filter((name) => told.has(name)).length).toBeGreaterThanOrEqual(3);
  expect(found.bySegment.reduce((sum, { n }) => sum + n, 0)).toBe(found.nCustomers);
  const blocked = testSegments(buildLaterOutcomes(collected, { ...options, horizonDays: 5000 }), params, {
    ...today,
    names,
  });
  expect(blocked.verdict).toMatch(/^not enough history/);
});
