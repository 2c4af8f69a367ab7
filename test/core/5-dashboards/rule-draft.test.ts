import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateRule } from '../../../src/core/2-features/rule/evaluate-rule';
import type { Rule } from '../../../src/core/2-features/rule/rule';
import type { RuleChoices } from '../../../src/core/2-features/rule/rule-choices';
import { contextOfTable } from '../../../src/core/2-features/rule/rule-context';
import { noNames } from '../../../src/core/2-features/rule/rule-names';
import {
  conditionKinds,
  draftRule,
  everybody,
  kindOf,
  newCondition,
  replacePart,
  ruleOfDraft,
  speaksOfSegments,
  wholeParts,
  type DraftGroup,
} from '../../../src/core/5-dashboards/rule-draft';

const values = Float64Array.from({ length: 40 }, (_, i) => (i % 7 === 0 ? NaN : i % 11));
const definition = {
  name: 'x',
  label: 'x',
  unit: 'number',
  formula: '',
  source: '',
  high: '',
  low: '',
} as const;
const context = contextOfTable({
  asOf: null,
  customers: Int32Array.from(values, (_, i) => i),
  features: [{ definition, values }],
});

const leaf: fc.Arbitrary<Rule> = fc.oneof(
  fc
    .record({ op: fc.constantFrom('<' as const, '>=' as const), value: fc.integer({ min: 0, max: 10 }) })
    .map(({ op, value }): Rule => ({ kind: 'compare', feature: 'x', op, value })),
  fc.constant<Rule>({ kind: 'missing', of: 'x' }),
);
const { rule: anyRule } = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((rules): Rule => ({ kind: 'and', rules })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((rules): Rule => ({ kind: 'or', rules })),
    tie('rule').map((rule): Rule => ({ kind: 'not', rule })),
  ),
}));

test('whatever rule is laid out to be edited holds for the same customers afterwards, and stays as it is from then on', () => {
  fc.assert(
    fc.property(anyRule, (rule) => {
      const back = ruleOfDraft(draftRule(rule));
      expect(evaluateRule(back, context)).toEqual(evaluateRule(rule, context));
      expect(ruleOfDraft(draftRule(back))).toEqual(back);
    }),
  );
});

test('groups read as they are meant: none, not all, and a single condition', () => {
  const [a, b] = [0, 1].map((value): Rule => ({ kind: 'compare', feature: 'x', op: '>=', value }));
  const group = (mode: DraftGroup['mode'], ...rules: Rule[]): DraftGroup => ({
    kind: 'group',
    mode,
    parts: rules.map((rule) => ({ kind: 'condition', rule })),
  });
  expect(ruleOfDraft(group('none', a!, b!))).toEqual({ kind: 'not', rule: { kind: 'or', rules: [a, b] } });
  expect(ruleOfDraft(group('not all', a!, b!))).toEqual({
    kind: 'not',
    rule: { kind: 'and', rules: [a, b] },
  });
  expect(ruleOfDraft(group('any', a!))).toEqual(a);
  expect(ruleOfDraft(everybody)).toEqual({ kind: 'and', rules: [] });
  expect(draftRule({ kind: 'not', rule: a! })).toEqual(group('none', a!));
});

test('what says nothing yet does not count, and does not shift the counts of the others', () => {
  const own: Rule = { kind: 'compare', feature: 'x', op: '>=', value: 3 };
  const draft: DraftGroup = {
    kind: 'group',
    mode: 'all',
    parts: [
      { kind: 'condition', rule: { kind: 'in', attribute: 'city', levels: [] } },
      { kind: 'group', mode: 'any', parts: [] },
      { kind: 'condition', rule: own },
    ],
  };
  expect(wholeParts(draft)).toEqual([{ at: 2, rule: own }]);
  expect(ruleOfDraft(draft)).toEqual(own);
  expect(replacePart(draft, 1, null).parts).toEqual([draft.parts[0], draft.parts[2]]);
});

test('a group of nothing but half-made conditions does not count', () => {
  const empty: Rule = { kind: 'in', attribute: 'city', levels: [] };
  const draft: DraftGroup = {
    ...everybody,
    parts: [{ kind: 'group', mode: 'none', parts: [{ kind: 'condition', rule: empty }] }],
  };
  expect(ruleOfDraft(draft)).toEqual({ kind: 'and', rules: [] });
});

test('only what the data has is offered, and every offered condition begins whole but for values to choose', () => {
  const choices: RuleChoices = {
    names: { ...noNames, features: [definition], attributes: [{ name: 'city', levels: ['Ulm'] }] },
    attributes: [{ name: 'city', missing: 0, levels: [{ name: 'Ulm', n: 3 }] }],
    events: [],
    categories: [],
    products: [],
    channels: [],
    messages: [],
  };
  expect(conditionKinds(choices, false)).toEqual(['trait', 'attribute', 'missing']);
  const withEvents = { ...choices, events: [{ name: 'visit', n: 9 }] };
  expect(conditionKinds(withEvents, true)).toEqual([
    'trait',
    'attribute',
    'did',
    'when',
    'segment',
    'missing',
  ]);
  for (const kind of conditionKinds(withEvents, true))
    expect(kindOf(newCondition(kind, withEvents))).toBe(kind);
  expect(newCondition('did', withEvents)).toMatchObject({ what: { kind: 'event', name: 'visit' } });
});

test('speaksOfSegments looks into every part', () => {
  const inSegment: Rule = { kind: 'segment', id: 0, isNot: false };
  expect(
    speaksOfSegments({ kind: 'and', rules: [{ kind: 'not', rule: { kind: 'or', rules: [inSegment] } }] }),
  ).toBe(true);
  expect(speaksOfSegments({ kind: 'missing', of: 'x' })).toBe(false);
});
