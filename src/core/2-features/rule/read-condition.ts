import type { FeatureDefinition } from '../feature-table';
import { comparisonWords, otherComparisonWords, type Phrase, phraseOf } from './feature-phrases';
import { readDid, readSpan, readWhen } from './read-deed';
import type { Comparison, Rule } from './rule';
import {
  eat,
  eatOne,
  isEnd,
  type Read,
  readName,
  readNumber,
  readQuoted,
  type Reader,
  want,
} from './rule-reader';

type Condition = Read<Rule> | null;

const scores = [
  ['recency score ', 'recency'],
  ['frequency score ', 'frequency'],
  ['spend score ', 'spend'],
] as const;

/** One condition; what begins with a word of the language or a quotation mark goes before names as they are. */
export function readCondition(reader: Reader, at: number): Condition {
  for (const read of [readEverybody, readWhen, readDid, readSegment, readLifecycle, readScore, readStrict]) {
    const found = read(reader, at);
    if (found && isEnd(reader, found.end)) return found;
    if (found) want(reader, found.end, 'a comma, "and", "or" or the end');
  }
  return readNatural(reader, at);
}

const readEverybody = (reader: Reader, at: number): Condition =>
  eatOne(reader, at, [
    ['everyone', { kind: 'and', rules: [] }],
    ['nobody', { kind: 'or', rules: [] }],
    ['no short rule tells them apart from the other segments', { kind: 'or', rules: [] }],
  ]);

function readSegment(reader: Reader, at: number): Condition {
  const start = eatOne(reader, at, [
    ['in segment ', false],
    ['not in segment ', true],
  ]);
  if (!start) return null;
  const make = (id: number, end: number): Condition => ({
    value: { kind: 'segment', id, isNot: start.value },
    end,
  });
  const { segments } = reader.names;
  const numbered = eat(reader, start.end, 'number ');
  const number = numbered >= 0 ? readNumber(reader, numbered) : null;
  if (number) return make(number.value - 1, number.end);
  const name = readName(
    reader,
    start.end,
    segments.map((segment) => segment.name),
    'a segment',
  );
  return name && make(segments.find((segment) => segment.name === name.value)!.id, name.end);
}

function readLifecycle(reader: Reader, at: number): Condition {
  const start = eat(reader, at, 'lifecycle is ');
  const names = start < 0 ? null : readLevels(reader, start, reader.names.lifecycle, 'a lifecycle name');
  return names && { value: { kind: 'lifecycle', names: names.value }, end: names.end };
}

function readScore(reader: Reader, at: number): Condition {
  const of = eatOne(reader, at, scores);
  const span = of && readSpan(reader, of.end);
  if (!span) return null;
  const { from, to } = span.value;
  return { value: { kind: 'score', of: of.value, from: Math.max(1, from), to: to ?? 5 }, end: span.end };
}

/** One name, or "one of (A, B)". */
function readLevels(reader: Reader, at: number, known: string[], what: string): Read<string[]> | null {
  const open = eat(reader, at, 'one of (');
  if (open < 0) {
    const one = readName(reader, at, known, what);
    return one && { value: [one.value], end: one.end };
  }
  const levels: string[] = [];
  let end = open;
  while (eat(reader, end, ')') < 0) {
    const comma = levels.length === 0 ? end : eat(reader, end, ', ');
    if (comma < 0) return want(reader, end, '")" or a comma');
    const level = readName(reader, comma, known, what);
    if (!level) return null;
    levels.push(level.value);
    end = level.end;
  }
  return { value: levels, end: end + 1 };
}

const opposite = (found: Read<Rule>): Read<Rule> => ({
  value: { kind: 'not', rule: found.value },
  end: found.end,
});

/** What follows "Country": " is Germany", " is not one of (Spain, Italy)", " is missing", " is known". */
function readIs(reader: Reader, at: number, name: string, isQuoted: boolean): Condition {
  const { attributes, features } = reader.names;
  const attribute = attributes.find((one) => one.name === name);
  const of = attribute ?? features.find((one) => one.name === name || (!isQuoted && one.label === name));
  const is = of ? eat(reader, at, ' is ') : -1;
  if (!of || is < 0) return null;
  const gap = eatOne(reader, is, [
    ['missing', false],
    ['known', true],
  ]);
  if (gap && isEnd(reader, gap.end)) {
    const found = { value: { kind: 'missing', of: of.name } as const, end: gap.end };
    return gap.value ? opposite(found) : found;
  }
  if (!attribute) return want(reader, is, '"missing" or "known"');
  const read = (from: number): Condition => {
    const levels = readLevels(reader, from, attribute.levels, `a value of ${name}`);
    return levels && { value: { kind: 'in', attribute: name, levels: levels.value }, end: levels.end };
  };
  const not = eat(reader, is, 'not ');
  const negated = not < 0 ? null : read(not);
  return negated ? opposite(negated) : read(is);
}

/** Names in quotation marks: `trait "recency" over 5`, `attribute "Country" is "Germany"`, or without that word. */
function readStrict(reader: Reader, at: number): Condition {
  const start = eatOne(reader, at, [
    ['trait ', 'trait'],
    ['attribute ', 'attribute'],
    ['', 'either'],
  ] as const)!;
  const quoted = readQuoted(reader, start.end);
  if (!quoted) return null;
  const { features, attributes } = reader.names;
  const { value: name, end } = quoted;
  const isTrait = start.value === 'trait';
  if (eat(reader, end, ' is ') >= 0) {
    const is = readIs(reader, end, name, true);
    if (is) return is;
  }
  const feature =
    (isTrait ? undefined : features.find((one) => one.label === name)) ??
    features.find((one) => one.name === name);
  if (feature) return readFeature(reader, end, feature, { ...phraseOf(feature), ...bare }, ' ');
  const known = [...features.flatMap((one) => [one.label, one.name]), ...attributes.map((one) => one.name)];
  readName(reader, start.end, known, 'a trait');
  return null;
}

/** Behind a name in quotation marks comes the limit and nothing else. */
const bare = { before: '', after: { one: '', many: '' }, within: null, isCount: false };

/** The longest reading of a name that stands here as it is. */
function readNatural(reader: Reader, at: number): Condition {
  let best: Condition = null;
  const take = (found: Condition) => {
    if (!found || !isEnd(reader, found.end)) return;
    if (!best || found.end > best.end) best = found;
  };
  for (const definition of reader.names.features) {
    if (definition.label.includes('"')) continue;
    take(readFeature(reader, at, definition, phraseOf(definition), ''));
    if (definition.unit === 'flag') take(readFlag(reader, at, definition));
    take(readNamed(reader, at, definition.label));
  }
  for (const { name } of reader.names.attributes) if (!name.includes('"')) take(readNamed(reader, at, name));
  return best;
}

function readNamed(reader: Reader, at: number, name: string): Condition {
  const end = name === '' ? -1 : eat(reader, at, name);
  return end < 0 ? null : readIs(reader, end, name, false);
}

function readFlag(reader: Reader, at: number, { name, high, low }: FeatureDefinition): Condition {
  const found = eatOne(reader, at, low.length > high.length ? [[low, 0], [high, 1]] : [[high, 1], [low, 0]]); // prettier-ignore
  return found && { value: { kind: 'compare', feature: name, op: '=', value: found.value }, end: found.end };
}

/** A limit on a feature with the words around it. */
function readFeature(
  reader: Reader,
  at: number,
  { name }: FeatureDefinition,
  { before, after, within, isCount }: Phrase,
  gap: string,
): Condition {
  const behind = (end: number, value: Rule): Condition => {
    for (const words of [after.many, after.one]) {
      const stop = words === '' ? end : eat(reader, end, ` ${words}`);
      if (stop >= 0) return { value, end: stop };
    }
    return want(reader, end, `"${after.many}"`);
  };
  const compare = (op: Comparison, value: number): Rule => ({
    kind: 'compare',
    feature: name,
    op,
    value,
  });
  if (within !== null) {
    const start = eat(reader, at, `${within} within `);
    const days = start < 0 ? null : readNumber(reader, start);
    const end = days ? Math.max(eat(reader, days.end, ' days'), eat(reader, days.end, ' day')) : -1;
    if (days && end >= 0) return { value: compare('<=', days.value), end };
  }
  const start = eat(reader, at, before === '' ? gap : `${before} `);
  if (start < 0) return null;
  const none = isCount ? eat(reader, start, 'no') : -1;
  if (none >= 0) return behind(none, compare('=', 0));
  const limit = readLimit(reader, start);
  if (!limit) return null;
  const { op, value, to } = limit.value;
  return behind(
    limit.end,
    to === null ? compare(op, value) : { kind: 'between', feature: name, from: value, to },
  );
}

type Limit = { op: Comparison; value: number; to: number | null };

function readLimit(reader: Reader, at: number): Read<Limit> | null {
  for (const [op, words] of [...comparisonWords, ...otherComparisonWords]) {
    const end = eat(reader, at, `${words} `);
    if (end < 0) continue;
    const number = readNumber(reader, end);
    return number && { value: { op, value: number.value, to: null }, end: number.end };
  }
  const first = readNumber(reader, at);
  if (!first) return null;
  const to = eat(reader, first.end, ' to ');
  const last = to < 0 ? null : readNumber(reader, to);
  return last && { value: { op: '=', value: first.value, to: last.value }, end: last.end };
}
