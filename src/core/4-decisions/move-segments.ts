import { goneSegment, type Rule } from '../2-features/rule/rule';

/** A rule that goes on meaning the same segments after they were found anew; `moved` is the new id of each old one that lives on. */
export function moveSegments(rule: Rule, moved: ReadonlyMap<number, number>): Rule {
  switch (rule.kind) {
    case 'and':
    case 'or':
      return { ...rule, rules: rule.rules.map((part) => moveSegments(part, moved)) };
    case 'not':
      return { ...rule, rule: moveSegments(rule.rule, moved) };
    case 'segment':
      return { ...rule, id: moved.get(rule.id) ?? goneSegment };
    default:
      return rule;
  }
}
