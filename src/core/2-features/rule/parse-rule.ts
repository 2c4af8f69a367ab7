import { AppError } from '../../kit/errors';
import { nearestName } from '../formula/nearest-name';
import { readCondition } from './read-condition';
import type { Rule } from './rule';
import type { RuleNames } from './rule-names';
import { eat, eatOne, type Read, type Reader, subjectAt } from './rule-reader';

const deepest = 50;
const longest = 50_000;

/**
 * What a sentence means: conditions joined by commas and one "and" or "or"; brackets, or "; or " between groups, where both
 * are needed. Every refusal says where, what was wanted, and the nearest name.
 */
export function parseRule(sentence: string, names: RuleNames): Rule {
  if (sentence.length > longest) throw new AppError('RuleTooLong', sentence.length, longest);
  const reader: Reader = { text: sentence, names, failure: null };
  const start = sentence.search(/\S|$/);
  const { value, end } = readGroup(reader, start, 0);
  if (/^\s*\.?\s*$/.test(sentence.slice(end))) return value;
  const [wanted, got] = ['the end, or brackets where "and" meets "or"', `"${sentence.slice(end).trim()}"`];
  throw new AppError('RuleUnreadable', wanted, got, end + 1);
}

/** Chains joined by "; or ". */
function readGroup(reader: Reader, at: number, depth: number): Read<Rule> {
  const first = readChain(reader, at, depth);
  const rules = [first.value];
  let { end } = first;
  for (let next = eat(reader, end, '; or '); next >= 0; next = eat(reader, end, '; or ')) {
    const chain = readChain(reader, next, depth);
    rules.push(chain.value);
    end = chain.end;
  }
  return { value: rules.length > 1 ? { kind: 'or', rules } : first.value, end };
}

const lastJoints = [
  [', and ', 'and'],
  [', or ', 'or'],
  [' and ', 'and'],
  [' or ', 'or'],
] as const;

/** "A", "A and B", "A, B or C"; a list without either word means all of them. */
function readChain(reader: Reader, at: number, depth: number): Read<Rule> {
  const first = readUnit(reader, at, depth);
  const rules = [first.value];
  let { end } = first;
  let kind: 'and' | 'or' | null = null;
  for (;;) {
    const joint = eatOne(reader, end, lastJoints);
    const next = joint?.end ?? (kind === null ? eat(reader, end, ', ') : -1);
    if (next < 0 || (joint && kind !== null && joint.value !== kind)) break;
    kind = joint?.value ?? null;
    const unit = readUnit(reader, next, depth);
    rules.push(unit.value);
    end = unit.end;
  }
  return { value: rules.length > 1 ? { kind: kind ?? 'and', rules } : first.value, end };
}

/** A condition, or something in brackets. */
function readUnit(reader: Reader, at: number, depth: number): Read<Rule> {
  if (depth > deepest) throw new AppError('RuleTooDeep', deepest, at + 1);
  const open = eatOne(reader, at, [
    ['(', 'group'],
    ['not (', 'not'],
    ['all of (', 'and'],
    ['any of (', 'or'],
  ] as const);
  if (open) {
    const { value, end } = readGroup(reader, open.end, depth + 1);
    const close = eat(reader, end, ')');
    if (close < 0) throw new AppError('RuleUnreadable', '")"', sayFrom(reader, end), end + 1);
    if (open.value === 'group') return { value, end: close };
    if (open.value === 'not') return { value: { kind: 'not', rule: value }, end: close };
    return { value: { kind: open.value, rules: [value] }, end: close };
  }
  reader.failure = null;
  const found = readCondition(reader, at);
  if (found) return found;
  throw explain(reader, at);
}

const sayFrom = ({ text }: Reader, at: number): string =>
  at < text.length ? `"${text.slice(at, at + 40)}"` : 'the end of the sentence';

/** Why no condition could be read: the furthest that any reading came, else the name nearest to what stands there. */
function explain(reader: Reader, at: number): AppError {
  const { failure, names } = reader;
  if (failure && failure.at > at) return failure.error();
  const subject = subjectAt(reader, at);
  if (subject === '') return new AppError('RuleUnreadable', 'a condition', sayFrom(reader, at), at + 1);
  const known = [
    ...names.features.flatMap(({ label, name, high, unit }) => [
      label,
      label.replace(/^(days since|number of) /, ''),
      name,
      ...(unit === 'flag' ? [high] : []),
    ]),
    ...names.attributes.map(({ name }) => name),
  ];
  return new AppError('RuleNameUnknown', 'a condition', subject, at + 1, nearestName(subject, known));
}
