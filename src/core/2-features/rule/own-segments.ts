import { evaluateRule } from './evaluate-rule';
import type { Rule } from './rule';
import type { RuleContext } from './rule-context';

/** A segment that a person made; plain, to be stored. */
export type RuleSegment = { name: string; rule: Rule };

/** One of segments that share nobody: its rule holds for exactly its `size` members. `isRest` = whoever no rule took. */
export type SegmentPart = RuleSegment & { size: number; isRest: boolean };

export const everyoneElse = 'Everyone else';

const anyOf = (rules: Rule[]): Rule => (rules.length === 1 ? rules[0]! : { kind: 'or', rules });

/** A rule without those that other rules took before. */
function without(rule: Rule, taken: Rule[]): Rule {
  if (taken.length === 0) return rule;
  const own = rule.kind === 'and' ? rule.rules : [rule];
  return { kind: 'and', rules: [...own, ...taken.map((other): Rule => ({ kind: 'not', rule: other }))] };
}

/**
 * Each row's segment: the first whose rule holds; the rest make one more at the end, if there is any. Each gets the rule
 * that tells this by itself: its own, and none of those before it that it overlaps with.
 */
export function segmentByRules(
  segments: RuleSegment[],
  context: RuleContext,
): { labels: Int32Array; parts: SegmentPart[] } {
  const labels = new Int32Array(context.customers.length).fill(-1);
  const held = segments.map(({ rule }) => evaluateRule(rule, context));
  const take = (id: number, flags: Uint8Array | null): number => {
    let size = 0;
    for (let i = 0; i < labels.length; i++) {
      if (labels[i]! >= 0 || (flags && !flags[i])) continue;
      labels[i] = id;
      size++;
    }
    return size;
  };
  const parts = segments.map(({ name, rule }, id): SegmentPart => {
    const own = held[id]!;
    const before = segments.slice(0, id).filter((_, other) => own.some((flag, i) => flag && held[other]![i]));
    const taken = before.map((other) => other.rule);
    return { name, rule: without(rule, taken), size: take(id, own), isRest: false };
  });
  const size = take(segments.length, null);
  const rest: Rule =
    segments.length > 0
      ? { kind: 'not', rule: anyOf(segments.map(({ rule }) => rule)) }
      : { kind: 'and', rules: [] };
  return {
    labels,
    parts: size > 0 ? [...parts, { name: everyoneElse, rule: rest, size, isRest: true }] : parts,
  };
}

/** Without the segments that nobody is in, labels renumbered. */
export function dropEmptyParts({ labels, parts }: ReturnType<typeof segmentByRules>) {
  const kept = parts.filter(({ size }) => size > 0);
  const ids = parts.map((part) => kept.indexOf(part));
  return { labels: labels.map((label) => ids[label]!), parts: kept };
}
