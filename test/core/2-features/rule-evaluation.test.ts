import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Collected } from '../../../src/core/1-collect/collected';
import { DAY } from '../../../src/core/2-features/history';
import { countRule } from '../../../src/core/2-features/rule/count-rule';
import { segmentByRules } from '../../../src/core/2-features/rule/own-segments';
import { evaluateRule } from '../../../src/core/2-features/rule/evaluate-rule';
import { parseRule } from '../../../src/core/2-features/rule/parse-rule';
import { goneSegment, type Rule } from '../../../src/core/2-features/rule/rule';
import { listRuleChoices } from '../../../src/core/2-features/rule/rule-choices';
import {
  contextOfCollected,
  namesOf,
  type RuleContext,
} from '../../../src/core/2-features/rule/rule-context';
import { writeRule } from '../../../src/core/2-features/rule/write-rule';
import { anyLine, type Line, toCoded, toCollected } from './order-lines';
import { anyRule } from './rule-arbitraries';
import { anyRow, type Row, toEvents, toTouches } from './tables';

const products = ['Mug', 'Tea, green', 'Tea and mug', 'Pan or lid', '"Best" lamp'];

/** A small company with orders, events, messages and attributes of its ten customers. */
function companyOf(lines: Line[], rows: Row[] = []): Collected {
  const collected = toCollected(lines);
  collected.lines!.productNames = Array.from({ length: 13 }, (_, i) => products[i] ?? `Product ${i}`);
  collected.lines!.categoryNames = ['Kitchen', 'Home', 'Office', 'Garden', 'and'];
  const country = toCoded(['Germany', 'France', undefined, 'Spain', 'Germany', 'France', 'Germany', undefined, 'Spain', 'Germany']); // prettier-ignore
  return {
    ...collected,
    attributes: [
      { kind: 'category', name: 'Country', source: 'customers', ...country },
      { kind: 'number', name: 'Age', source: 'customers', values: Float64Array.from([20, 30, NaN, 50, 60, 25, 35, 45, NaN, 65]) }, // prettier-ignore
    ],
    events: toEvents(rows),
    touches: toTouches(rows),
  };
}

const withScores = (context: RuleContext): RuleContext => {
  const n = context.customers.length;
  const cycle = (add: number) => Uint8Array.from({ length: n }, (_, i) => 1 + ((i + add) % 5));
  const scores = { recency: cycle(0), frequency: cycle(1), spend: cycle(2), lifecycle: cycle(0), names: ['Champions', 'Loyal', 'New', 'At risk', 'Lost', "Can't lose them"] }; // prettier-ignore
  const labels = Int32Array.from({ length: n }, (_, i) => (i % 4) - 1);
  const names = [0, 1, 2].map((id) => ({ id, name: ['Regulars', 'Bargain, or not', 'and'][id]! }));
  return { ...context, scores: () => scores, segments: { labels, names } };
};

const bought = (customer: number, day: number, more: Partial<Line> = {}): Line => ({
  customer,
  order: 100 * customer + day,
  day,
  amount: 10,
  product: 0,
  category: 0,
  ...more,
});

const lines: Line[] = [
  bought(0, 10),
  bought(0, 80, { product: 1, amount: 60 }),
  bought(0, 95, { product: 1, amount: 5 }),
  // One order of two lines with the same product: bought once, for 30.
  bought(1, 90, { product: 1, amount: 15 }),
  bought(1, 90, { product: 1, amount: 15 }),
  bought(2, 20),
  bought(2, 99, { product: 2, refund: true, amount: -10 }),
  bought(3, 99.5, { product: 3, category: 4 }),
];
const rows: Row[] = [
  { customer: 0, day: 50, name: 'login', kind: 'open' },
  { customer: 0, day: 98, name: 'login', kind: 'open' },
  { customer: 3, day: 98, name: 'search', kind: 'sent' },
];
const company = companyOf(lines, rows);
const context = withScores(contextOfCollected(company, 100 * DAY));
const names = namesOf(context, company);

/** Customers that the sentence holds for. */
const who = (sentence: string, from = context): number[] => {
  const held = evaluateRule(parseRule(sentence, names), from);
  return [...from.customers].filter((_, row) => held[row] === 1);
};

describe('whom a sentence holds for', () => {
  test.each<[string, number[]]>([
    ['Everyone', [0, 1, 2, 3]],
    ['Nobody', []],
    ['Last order within 10 days', [0, 1, 3]],
    ['Last order over 10 days ago', [2]],
    ['at least 2 orders', [0]],
    ['more than 1 order.', [0]],
    ['total spend more than 15 and less than 2 orders', [1]],
    ['exactly 1 order and total spend over 15', [1]],
    ['Bought at least once', [0, 1, 2, 3]],
    ['bought at least 2 times in the last 30 days', [0]],
    ['never bought in the last 30 days', [2]],
    ['bought product Tea, green at least 2 times', [0]],
    ['bought product Tea, green exactly once', [1]],
    ['bought product Tea, green at least once worth at least 30 each', [0, 1]],
    ['bought product "Tea, green" at least once worth at least 31 each', [0]],
    ['bought product Tea and mug at least once', []],
    ['bought from category "and" at least once', [3]],
    ['bought at least once since 1970-03-31', [0, 1, 3]],
    ['bought at least once until 1970-01-11', [0]],
    ['bought at least once from 1970-01-11 to 1970-01-21', [0, 2]],
    ['did event login at least 2 times', [0]],
    ['did anything at least once in the last 5 days', [0, 3]],
    ['never did anything', [1, 2]],
    ['opened a message at least once', [0]],
    ['first bought at least 80 days ago', [0, 2]],
    ['last bought product Tea, green at most 7 days ago', [0]],
    ['Country is Germany', [0]],
    ['Country is not Germany', [1, 2, 3]],
    ['Country is one of (Germany, Spain)', [0, 3]],
    ['Country is missing', [2]],
    ['Age is known', [0, 1, 3]],
    ['in segment Regulars', [1]],
    ['not in segment "Bargain, or not"', [0, 1, 3]],
    ['lifecycle is one of (Loyal, At risk)', [0, 2]],
    ['recency score at least 3', [2, 3]],
    ['not (Country is Germany or Country is France)', [2, 3]],
    ['Bought at least 3 times, last order within 60 days, and Country is not France', [0]],
    ['Country is Germany; or Country is France and at least 2 orders', [0]],
  ])('%s', (sentence, expected) => {
    expect(who(sentence)).toEqual(expected);
    const rule = parseRule(sentence, names);
    expect(parseRule(writeRule(rule, names), names)).toEqual(rule);
  });
});

test('a rule is written as a person would say it', () => {
  const rule: Rule = {
    kind: 'and',
    rules: [
      { kind: 'did', what: { kind: 'order' }, atLeast: 3, atMost: null, window: 'ever', minAmount: null },
      { kind: 'compare', feature: 'recency', op: '<=', value: 60 },
      { kind: 'not', rule: { kind: 'in', attribute: 'Country', levels: ['Germany'] } },
    ],
  };
  expect(writeRule(rule, names)).toBe(
    'Bought at least 3 times, last order within 60 days and Country is not Germany',
  );
  const either: Rule = { kind: 'or', rules: [rule, { kind: 'segment', id: 0, isNot: false }] };
  expect(writeRule(either, names)).toBe(
    'Bought at least 3 times, last order within 60 days and Country is not Germany; or in segment Regulars',
  );
});

describe('a sentence that cannot be read says where, what was wanted and the nearest name', () => {
  test.each([
    ['Last ordr within 60 days', 'need a condition at position 1 of the sentence; got "Last ordr": did you mean "last order"?'],
    ['Last order within 60 days and Country is Germny', 'need a value of Country at position 42 of the sentence; got "Germny": did you mean "Germany"?'],
    ['Bought at least 3', 'need "times" at position 18 of the sentence; got the end of the sentence: mend it there'],
    ['Bought at least 3 times and', 'need a comma, "and", "or" or the end at position 24 of the sentence; got "and": mend it there'],
    ['(Bought at least 3 times', 'need ")" at position 25 of the sentence; got the end of the sentence: mend it there'],
    ['Bought at least once since 2024-02-30', 'need a day like 2024-01-31 at position 28 of the sentence; got "2024-02-30": mend it there'],
    ['', 'need a condition at position 1 of the sentence; got the end of the sentence: mend it there'],
    ['Bought product Mugg at least once', 'need a product at position 16 of the sentence; got "Mugg": did you mean "Mug"?'],
    [`${'('.repeat(60)}Everyone`, 'need at most 50 brackets inside one another; got more at position 52 of the sentence: split it into several segments'],
  ])('%s', (sentence, message) => expect(() => parseRule(sentence, names)).toThrow(message)); // prettier-ignore
});

test('a rule about what the data lacks says so', () => {
  const ask = (rule: Rule) => () => evaluateRule(rule, context);
  expect(ask({ kind: 'compare', feature: 'recencyy', op: '<', value: 1 })).toThrow(
    'got data without "recencyy"',
  );
  expect(ask({ kind: 'in', attribute: 'Country', levels: ['Peru'] })).toThrow('need a value of Country');
  const login: Rule = {
    kind: 'when',
    which: 'last',
    what: { kind: 'event', name: 'log in' },
    minDays: 0,
    maxDays: 3,
  };
  expect(ask(login)).toThrow('need an event for this rule; got data without "log in"');
  expect(ask({ kind: 'segment', id: goneSegment, isNot: true })).toThrow('a segment that is no more');
});

const anyCompany = fc
  .tuple(
    fc.array(anyLine(0, 200), { minLength: 1, maxLength: 60 }),
    fc.array(anyRow(0, 200), { maxLength: 40 }),
  )
  .map(([some, beside]) => ({ company: companyOf(some, beside), some, beside }));

test('the rule that is read back holds for the same customers', () => {
  let nCompared = 0;
  fc.assert(
    fc.property(
      anyCompany.chain(({ company: one }) => {
        const from = withScores(contextOfCollected(one, 150 * DAY));
        const known = namesOf(from, one);
        const asked = { ...known, features: known.features.filter(({ unit }) => unit !== 'ratio').slice(0, 30), attributes: known.attributes.filter(({ levels }) => levels.length > 0) }; // prettier-ignore
        const usable = { ...asked, channels: ['-'], events: asked.events.length > 0 ? asked.events : ['-'] };
        return fc.tuple(fc.constant(from), fc.constant(asked), anyRule(usable));
      }),
      ([from, known, rule]) => {
        let expected: Uint8Array;
        try {
          expected = evaluateRule(rule, from);
        } catch {
          return; // asks for what this company lacks
        }
        expect(evaluateRule(parseRule(writeRule(rule, known), known), from)).toEqual(expected);
        nCompared++;
      },
    ),
    { numRuns: 200 },
  );
  expect(nCompared).toBeGreaterThan(100);
});

test('nothing after the as-of date counts', () => {
  const asOf = 100;
  const sentences = ['bought at least 2 times', 'bought product Mug at least once', 'did anything at least 2 times in the last 50 days', 'last bought at most 20 days ago', 'bought from category Kitchen at least once worth at least 20 each', 'never opened a message']; // prettier-ignore
  fc.assert(
    fc.property(anyCompany, ({ company: whole, some, beside }) => {
      const past = some.filter(({ day }) => day <= asOf);
      if (past.length === 0) return;
      const before = companyOf(past, beside.filter(({ day }) => day <= asOf)); // prettier-ignore
      for (const sentence of sentences)
        expect(who(sentence, contextOfCollected(whole, asOf * DAY))).toEqual(
          who(sentence, contextOfCollected(before, asOf * DAY)),
        );
    }),
    { numRuns: 60 },
  );
});

test('countRule counts the whole and each part; segmentByRules gives the first rule that holds', () => {
  const rule = parseRule('at least 2 orders or Country is Spain', names);
  expect(countRule(rule, context)).toEqual({ count: 2, of: 4, parts: [1, 1] });
  expect(countRule(parseRule('at least 1 order and Country is Spain', names), context).count).toBe(1);
  expect(countRule(parseRule('Country is missing', names), context)).toEqual({ count: 1, of: 4, parts: [] });
  const segments = [
    { name: 'Spanish', rule: parseRule('Country is Spain', names) },
    { name: 'Buyers', rule: parseRule('last order within 10 days', names) },
  ];
  const made = segmentByRules(segments, context);
  expect(made.parts.map(({ name }) => name)).toEqual(['Spanish', 'Buyers', 'Everyone else']);
  expect([...made.labels]).toEqual([1, 1, 2, 0]);
  const all = segmentByRules([{ name: 'All', rule: { kind: 'and', rules: [] } }], context);
  expect(all.parts.map(({ name }) => name)).toEqual(['All']);
});

test('listRuleChoices offers the most frequent names', () => {
  const choices = listRuleChoices(context, company);
  expect(choices.names.features.map(({ name }) => name)).toContain('frequency');
  expect(choices.attributes).toEqual([
    {
      name: 'Country',
      missing: 1,
      levels: [
        { name: 'Germany', n: 1 },
        { name: 'France', n: 1 },
        { name: 'Spain', n: 1 },
      ],
    },
  ]);
  expect(choices.products.slice(0, 2)).toEqual([
    { name: 'Tea, green', n: 4 },
    { name: 'Mug', n: 2 },
  ]);
  expect(choices.events).toEqual([
    { name: 'login', n: 2 },
    { name: 'search', n: 1 },
  ]);
});
