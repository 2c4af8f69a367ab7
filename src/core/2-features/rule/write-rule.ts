import { writeDid, writeSpan, writeWhen } from './deed-words';
import { phraseOf, writeLimit } from './feature-phrases';
import { parseRule } from './parse-rule';
import { isSameRule, type Rule } from './rule';

import { type RuleNames, splitFlag } from './rule-names';
import { writeNumber } from './rule-numbers';

/** How names are written: as they are, in quotation marks where they could be misread, or always so. */
type Style = 'bare' | 'quoted' | 'strict';
type Writing = { names: RuleNames; isStrict: boolean };

/** Said where nothing short tells a segment apart; reads back as nobody. */
export const noShortRule = 'No short rule tells them apart from the other segments';

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * A rule as one plain sentence that `parseRule` reads back as the very same rule, whatever the names: every condition and
 * then the sentence is read back, and written with quotation marks where a name could be taken for something else.
 */
export function writeRule(rule: Rule, names: RuleNames): string {
  const text = writeGroup(rule, { names, isStrict: false });
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  if (readsAs(capital, rule, names)) return capital;
  if (readsAs(text, rule, names)) return text;
  return writeGroup(rule, { names, isStrict: true });
}

function readsAs(text: string, rule: Rule, names: RuleNames): boolean {
  try {
    return isSameRule(parseRule(text, names), rule);
  } catch {
    return false;
  }
}

/** Words of the list: "A", "A and B", "A, B and C". */
const joinAll = (parts: string[], last: string): string =>
  `${parts.slice(0, -1).join(', ')} ${last} ${parts[parts.length - 1]!}`;

const isList = (rule: Rule): boolean => (rule.kind === 'and' || rule.kind === 'or') && rule.rules.length > 1;

/** A rule that stands alone: as the sentence or in brackets. */
function writeGroup(rule: Rule, writing: Writing): string {
  if ((rule.kind !== 'and' && rule.kind !== 'or') || !isList(rule)) return writeUnit(rule, writing);
  const isMixed = rule.kind === 'or' && rule.rules.some((part) => part.kind === 'and' && isList(part));
  const parts = rule.rules.map((part) =>
    isMixed && part.kind === 'and' ? writeGroup(part, writing) : writeUnit(part, writing),
  );
  return isMixed ? parts.join('; or ') : joinAll(parts, rule.kind);
}

/** A rule as a part of another. */
function writeUnit(rule: Rule, writing: Writing): string {
  if (isList(rule)) return `(${writeGroup(rule, writing)})`;
  if (rule.kind === 'and' || rule.kind === 'or') {
    const only = rule.rules[0];
    if (!only) return rule.kind === 'and' ? 'everyone' : 'nobody';
    return `${rule.kind === 'and' ? 'all of' : 'any of'} (${writeGroup(only, writing)})`;
  }
  const isSpoken = rule.kind === 'not' && (rule.rule.kind === 'in' || rule.rule.kind === 'missing');
  if (rule.kind === 'not' && !isSpoken) return `not (${writeGroup(rule.rule, writing)})`;
  if (!writing.isStrict)
    for (const style of ['bare', 'quoted'] as const) {
      const text = writeCondition(rule, writing.names, style);
      if (readsAs(text, rule, writing.names)) return text;
    }
  return writeCondition(rule, writing.names, 'strict');
}

function writeCondition(rule: Rule, names: RuleNames, style: Style): string {
  const say = (name: string) => (style === 'bare' ? name : quote(name));
  switch (rule.kind) {
    case 'not':
      return rule.rule.kind === 'in'
        ? writeIn(rule.rule, 'is not', style)
        : writeMissing(rule.rule as Extract<Rule, { kind: 'missing' }>, 'is known', names, style);
    case 'in':
      return writeIn(rule, 'is', style);
    case 'missing':
      return writeMissing(rule, 'is missing', names, style);
    case 'compare':
    case 'between':
      return writeComparison(rule, names, style);
    case 'did':
      return writeDid(rule, say);
    case 'when':
      return writeWhen(rule, say);
    case 'lifecycle':
      return `lifecycle is ${writeLevels(rule.names, say)}`;
    case 'score':
      return `${rule.of} score ${writeSpan(rule.from, rule.to, 1, 5)}`;
    case 'segment': {
      const name = names.segments.find(({ id }) => id === rule.id)?.name;
      const isNumbered = name === undefined || style === 'strict';
      const which = isNumbered ? `number ${writeNumber(rule.id + 1)}` : say(name);
      return `${rule.isNot ? 'not ' : ''}in segment ${which}`;
    }
    default:
      return writeUnit(rule, { names, isStrict: style === 'strict' });
  }
}

const writeLevels = (levels: string[], say: (name: string) => string): string =>
  levels.length === 1 ? say(levels[0]!) : `one of (${levels.map(say).join(', ')})`;

function writeIn({ attribute, levels }: Extract<Rule, { kind: 'in' }>, is: string, style: Style): string {
  const named = style === 'strict' ? `attribute ${quote(attribute)}` : attribute;
  return `${named} ${is} ${writeLevels(levels, style === 'bare' ? (level) => level : quote)}`;
}

function writeMissing(
  { of }: Extract<Rule, { kind: 'missing' }>,
  is: string,
  { attributes, features }: RuleNames,
  style: Style,
): string {
  if (style === 'strict') return `attribute ${quote(of)} ${is}`;
  const isAttribute = attributes.some(({ name }) => name === of);
  const label = isAttribute ? of : (features.find(({ name }) => name === of)?.label ?? of);
  return `${style === 'bare' ? label : quote(label)} ${is}`;
}

function writeComparison(
  rule: Extract<Rule, { kind: 'compare' | 'between' }>,
  { features }: RuleNames,
  style: Style,
): string {
  const definition = features.find(({ name }) => name === rule.feature);
  const share = definition?.unit === 'share';
  if (!definition || style !== 'bare') {
    const named = style === 'quoted' && definition ? quote(definition.label) : `trait ${quote(rule.feature)}`;
    return writeLimit(rule, {
      before: named,
      after: { one: '', many: '' },
      within: null,
      isShare: share,
      isCount: false,
    });
  }
  const isFlag = definition.unit === 'flag' && splitFlag(definition) === null;
  if (isFlag && rule.kind === 'compare' && rule.op === '=' && (rule.value === 0 || rule.value === 1))
    return rule.value === 1 ? definition.high : definition.low;
  return writeLimit(rule, phraseOf(definition));
}
