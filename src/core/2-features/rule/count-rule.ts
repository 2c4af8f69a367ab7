import { evaluateRule } from './evaluate-rule';
import type { Rule } from './rule';
import type { RuleContext } from './rule-context';

/** How many customers a rule holds for, of how many; `parts` counts each part of an "and" or "or" by itself. */
export type RuleCount = { count: number; of: number; parts: number[] };

const countFlags = (flags: Uint8Array): number => flags.reduce((sum, held) => sum + held, 0);

export function countRule(rule: Rule, context: RuleContext): RuleCount {
  const of = context.customers.length;
  if (rule.kind !== 'and' && rule.kind !== 'or')
    return { count: countFlags(evaluateRule(rule, context)), of, parts: [] };
  const parts = rule.rules.map((part) => evaluateRule(part, context));
  const isAnd = rule.kind === 'and';
  let count = 0;
  for (let i = 0; i < of; i++) {
    let held = isAnd;
    for (const flags of parts) held = isAnd ? held && flags[i] === 1 : held || flags[i] === 1;
    if (held) count++;
  }
  return { count, of, parts: parts.map(countFlags) };
}
