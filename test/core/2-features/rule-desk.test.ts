import { beforeAll, expect, test } from 'vitest';
import type { Collected } from '../../../src/core/1-collect/collected';
import { buildFeatures } from '../../../src/core/2-features/features';
import { parseRule } from '../../../src/core/2-features/rule/parse-rule';
import { lifecycleNames } from '../../../src/core/3-models/lifecycle';
import { scoreRfm } from '../../../src/core/3-models/rfm';
import { createRuleDesk, type RuleFrame } from '../../../workers/rule-desk';
import { importShop } from '../../fixtures/shop';

let collected: Collected;
let frame: RuleFrame;
beforeAll(async () => {
  collected = (await importShop(3, 400)).collected;
  frame = { asOf: null, formulas: [], segments: null };
});

test('a rule is told with its sentence and its counts, which equal a count by hand', () => {
  const desk = createRuleDesk(collected);
  const { features, customers } = buildFeatures(collected, null, 'rfm');
  const [recency, frequency] = features.map(({ values }) => values);
  const told = desk.read('at least 3 orders, last order within 60 days', frame);
  const byHand = customers.filter((_, i) => frequency![i]! >= 3 && recency![i]! <= 60);
  expect(told.sentence).toBe('At least 3 orders and last order within 60 days');
  expect(told).toMatchObject({ count: byHand.length, of: customers.length });
  expect(told.count).toBeGreaterThan(0);
  expect(desk.count(told.rule, frame)).toEqual(told);
  const { customers: asked, held } = desk.members(told.rule, frame);
  expect(asked.filter((_, i) => held[i] === 1)).toEqual(byHand);
});

test('orders counted by a rule are the orders of the trait, and lifecycle names those of RFM', () => {
  const desk = createRuleDesk(collected);
  const count = (sentence: string) => desk.read(sentence, frame).count;
  expect(count('bought at least 3 times')).toBe(count('at least 3 orders'));
  expect(count('bought at least 2 times in the last 90 days')).toBe(
    count('at least 2 orders in the last 90 days'),
  );
  const { lifecycle } = scoreRfm(buildFeatures(collected, null, 'rfm'));
  for (const name of ['Champions', 'Hibernating', "Can't lose them"])
    expect(count(`lifecycle is ${name}`)).toBe(
      lifecycle.filter((index) => lifecycleNames[index] === name).length,
    );
});

test('an earlier date sees fewer orders, and choices hold what was bought', () => {
  const desk = createRuleDesk(collected);
  const half = { ...frame, asOf: (collected.from + collected.to) / 2 };
  const whole = desk.read('bought at least 3 times', frame);
  const then = desk.read('bought at least 3 times', half);
  expect(then.of).toBeLessThan(whole.of);
  expect(then.count).toBeLessThan(whole.count);
  const { categories, names } = desk.choices(frame);
  expect(categories.length).toBeGreaterThan(1);
  expect(names.categories).toContain(categories[0]!.name);
  const most = `bought from category "${categories[0]!.name}" at least once`;
  expect(desk.read(most, frame).count).toBeGreaterThan(0);
  expect(desk.summarise('monetary', frame)!.n).toBe(whole.of);
  expect(desk.summarise('nothing', frame)).toBe(null);
});

test('rules inside and outside of segments cover everybody once; segments by rules too', () => {
  const desk = createRuleDesk(collected);
  const { customers } = buildFeatures(collected, null, 'rfm');
  const labels = customers.map((customer) => (customer % 3) - 1);
  const names = [{ id: 0, name: 'Ones' }, { id: 1, name: 'Twos' }]; // prettier-ignore
  const asked = { ...frame, segments: { customers, labels, names } };
  const count = (sentence: string) => desk.read(sentence, asked).count;
  expect(count('in segment Ones')).toBe(labels.filter((label) => label === 0).length);
  expect(count('in segment Ones') + count('not in segment Ones')).toBe(customers.length);
  expect(count('not in segment Ones and not in segment Twos')).toBe(
    labels.filter((label) => label < 0).length,
  );
  const known = desk.choices(asked).names;
  const made = desk.oneEach([{ name: 'Own', rule: parseRule('in segment Twos', known) }], asked);
  expect(made.parts.map(({ name }) => name)).toEqual(['Own', 'Everyone else']);
  expect(count(made.parts[1]!.sentence)).toBe(made.parts[1]!.size);
  expect([...made.labels].filter((label) => label === 0)).toHaveLength(count('in segment Twos'));
});

test('segments that overlap: each has those the ones before it left, and a rule and sentence that say just that', () => {
  const desk = createRuleDesk(collected);
  const { names } = desk.choices(frame);
  const own = [
    { name: 'Often', rule: parseRule('at least 3 orders', names) },
    { name: 'Lately', rule: parseRule('last order within 60 days', names) },
    { name: 'Nobody new', rule: parseRule('at least 4 orders', names) },
  ];
  const told = desk.tell(own, frame);
  const made = desk.oneEach(own, frame);
  expect(made.parts.map(({ name }) => name)).toEqual(['Often', 'Lately', 'Everyone else']);
  made.parts.forEach(({ rule, sentence, size }, id) => {
    const { customers, held } = desk.members(rule, frame);
    expect(customers).toEqual(made.customers);
    expect([...held]).toEqual(Array.from(made.labels, (label) => Number(label === id)));
    expect(desk.read(sentence, frame)).toMatchObject({ rule, count: size });
  });
  const { counts, inSeveral } = told.overlap;
  expect(told.segments.map(({ count }) => count)).toEqual(counts.map((row, s) => row[s]));
  expect(told.segments.map(({ first }) => first)).toEqual([
    counts[0]![0],
    counts[1]![1]! - counts[0]![1]!,
    0,
  ]);
  expect(inSeveral).toBeGreaterThan(0);
});

test('segments by rules are counted at earlier dates by the same rules, as far back as these can be asked', () => {
  const desk = createRuleDesk(collected);
  const regular = desk.read('at least 3 orders', frame);
  const other = desk.read('at most 2 orders', frame);
  const segments = [regular, other].map(({ rule, count }) => ({ rule, size: count }));
  const { dates, isTold, blocked } = desk.lookBack(segments, frame, 90);
  expect(blocked).toBeNull();
  expect(isTold).toEqual([true, true]);
  expect(dates).toHaveLength(5);
  for (const { asOf, customers, counts } of dates) {
    expect(counts[0]! + counts[1]!).toBe(customers);
    expect(desk.read('at least 3 orders', { ...frame, asOf }).count).toBe(counts[0]);
  }
  const unknown = { rule: { kind: 'segment', id: 0, isNot: false } as const, size: 5 };
  expect(desk.lookBack([unknown], frame, 90).blocked).toMatch(
    /^cannot tell: what these segments are made from/,
  );
  expect(desk.lookBack(segments, frame, 100_000).blocked).toMatch(/^not enough history/);
});
