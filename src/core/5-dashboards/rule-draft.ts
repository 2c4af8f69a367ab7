import type { FeatureSummary } from '../2-features/summarise-feature';
import type { Deed, Rule } from '../2-features/rule/rule';
import type { Choice, RuleChoices } from '../2-features/rule/rule-choices';

/** How the parts of a group count: all of them, at least one, none, or not all at once. */
export type GroupMode = 'all' | 'any' | 'none' | 'not all';
export type DraftGroup = { kind: 'group'; mode: GroupMode; parts: Draft[] };
/** A single condition; `in` and `missing` may stand under a `not`. */
export type DraftCondition = { kind: 'condition'; rule: Rule };
/** A rule while it is built: groups may be empty or hold one part, which the rule language has no need of. */
export type Draft = DraftGroup | DraftCondition;

export type ConditionKind =
  'trait' | 'attribute' | 'did' | 'when' | 'lifecycle' | 'score' | 'segment' | 'missing';

const isGroupRule = (rule: Rule): rule is Extract<Rule, { kind: 'and' | 'or' }> =>
  rule.kind === 'and' || rule.kind === 'or';

const groupOf = (mode: GroupMode, rules: Rule[]): DraftGroup => ({
  kind: 'group',
  mode,
  parts: rules.map(draftPart),
});

function draftPart(rule: Rule): Draft {
  if (isGroupRule(rule)) return groupOf(rule.kind === 'and' ? 'all' : 'any', rule.rules);
  if (rule.kind !== 'not' || rule.rule.kind === 'in' || rule.rule.kind === 'missing')
    return { kind: 'condition', rule };
  const { rule: inner } = rule;
  if (isGroupRule(inner)) return groupOf(inner.kind === 'or' ? 'none' : 'not all', inner.rules);
  return groupOf('none', [inner]);
}

/** A rule laid out to be edited; always a group at the top. */
export function draftRule(rule: Rule): DraftGroup {
  const part = draftPart(rule);
  return part.kind === 'group' ? part : { kind: 'group', mode: 'all', parts: [part] };
}

const isEmptyList = (rule: Rule): boolean =>
  (rule.kind === 'in' && rule.levels.length === 0) || (rule.kind === 'lifecycle' && rule.names.length === 0);

/** Whether a condition says something already. */
const isWhole = (rule: Rule): boolean => !isEmptyList(rule.kind === 'not' ? rule.rule : rule);

/** The parts of a group that are counted, by their place in it. */
export function wholeParts({ parts }: DraftGroup): { at: number; rule: Rule }[] {
  return parts.flatMap((part, at) => {
    const rule = part.kind === 'group' ? (part.parts.length > 0 ? ruleOfPart(part) : null) : part.rule;
    return rule && (part.kind === 'group' || isWhole(rule)) ? [{ at, rule }] : [];
  });
}

function ruleOfPart(group: DraftGroup): Rule | null {
  const rules = wholeParts(group).map(({ rule }) => rule);
  const [only] = rules;
  if (!only) return null;
  const { mode } = group;
  const isAny = mode === 'any' || mode === 'none';
  const isAlone = rules.length === 1 && !(mode === 'none' && ['in', 'missing'].includes(only.kind));
  const joined: Rule = isAlone ? only : { kind: isAny ? 'or' : 'and', rules };
  return mode === 'none' || mode === 'not all' ? { kind: 'not', rule: joined } : joined;
}

/** What has been built so far; everybody while nothing has. */
export const ruleOfDraft = (draft: DraftGroup): Rule => ruleOfPart(draft) ?? { kind: 'and', rules: [] };

export const everybody: DraftGroup = { kind: 'group', mode: 'all', parts: [] };

/** The list with one part put in another's place, or taken out (null). */
export const replacePart = (group: DraftGroup, at: number, part: Draft | null): DraftGroup => ({
  ...group,
  parts: group.parts.flatMap((other, i) => (i !== at ? [other] : part ? [part] : [])),
});

/** Whether a rule asks who is in which segment. */
export function speaksOfSegments(rule: Rule): boolean {
  if (rule.kind === 'not') return speaksOfSegments(rule.rule);
  return isGroupRule(rule) ? rule.rules.some(speaksOfSegments) : rule.kind === 'segment';
}

/** A rule without its `not`, and whether it had one. */
export const splitNot = (rule: Rule): { rule: Rule; isNot: boolean } =>
  rule.kind === 'not' ? { rule: rule.rule, isNot: true } : { rule, isNot: false };

export function kindOf(rule: Rule): ConditionKind {
  const { rule: inner } = splitNot(rule);
  if (inner.kind === 'compare' || inner.kind === 'between') return 'trait';
  if (inner.kind === 'in') return 'attribute';
  return inner.kind as ConditionKind;
}

const firstDeed = ({ events }: RuleChoices, hasOrders: boolean): Deed =>
  hasOrders ? { kind: 'order' } : { kind: 'event', name: events[0]?.name ?? null };

/** Which kinds of conditions this data has anything for. */
export function conditionKinds(choices: RuleChoices, hasSegments: boolean): ConditionKind[] {
  const { names, attributes } = choices;
  const hasDeeds = deedKinds(choices).length > 0;
  const all: [ConditionKind, boolean][] = [
    ['trait', names.features.length > 0],
    ['attribute', attributes.length > 0],
    ['did', hasDeeds],
    ['when', hasDeeds],
    ['lifecycle', names.lifecycle.length > 0],
    ['score', names.lifecycle.length > 0],
    ['segment', hasSegments],
    ['missing', names.features.length + attributes.length > 0],
  ];
  return all.flatMap(([kind, isThere]) => (isThere ? [kind] : []));
}

/** What people can have done here. */
export function deedKinds(choices: RuleChoices): Deed['kind'][] {
  const { names, events, categories, products, channels, messages } = choices;
  const hasOrders = names.lifecycle.length > 0 || products.length > 0 || categories.length > 0;
  const all: [Deed['kind'], boolean][] = [
    ['order', hasOrders],
    ['category', categories.length > 0],
    ['product', products.length > 0],
    ['channel', channels.length > 0],
    ['event', events.length > 0],
    ['message', messages.length > 0],
  ];
  return all.flatMap(([kind, isThere]) => (isThere ? [kind] : []));
}

/** The names to choose from for a deed; empty where it has none. */
export const deedNames = (kind: Deed['kind'], choices: RuleChoices): Choice[] =>
  ({
    order: [],
    category: choices.categories,
    product: choices.products,
    channel: choices.channels,
    event: choices.events,
    message: choices.messages,
  })[kind];

/** A condition to begin with. */
export function newCondition(kind: ConditionKind, choices: RuleChoices, firstSegment = 0): Rule {
  const { names, attributes } = choices;
  const what = firstDeed(choices, deedKinds(choices).includes('order'));
  const feature = names.features.find(({ name }) => name === 'frequency') ?? names.features[0];
  switch (kind) {
    case 'trait':
      return limitOn(feature?.name ?? '', feature?.name === 'frequency' ? 2 : 1, feature?.unit === 'flag');
    case 'attribute':
      return { kind: 'in', attribute: attributes[0]?.name ?? '', levels: [] };
    case 'did':
      return { kind: 'did', what, atLeast: 1, atMost: null, window: { lastDays: 90 }, minAmount: null };
    case 'when':
      return { kind: 'when', which: 'last', what, minDays: 0, maxDays: 90 };
    case 'lifecycle':
      return { kind: 'lifecycle', names: names.lifecycle.slice(0, 1) };
    case 'score':
      return { kind: 'score', of: 'recency', from: 4, to: 5 };
    case 'segment':
      return { kind: 'segment', id: firstSegment, isNot: false };
    case 'missing':
      return { kind: 'missing', of: attributes[0]?.name ?? feature?.name ?? '' };
  }
}

/** A limit to begin with: a flag is had, a number is at least so much. */
export const limitOn = (feature: string, value: number, isFlag = false): Rule => ({
  kind: 'compare',
  feature,
  op: isFlag ? '=' : '>=',
  value,
});

/** A round number close to the middle of a trait's values. */
export function roundMiddle({ median }: FeatureSummary): number {
  if (!Number.isFinite(median)) return 0;
  return Number(median.toPrecision(2));
}
