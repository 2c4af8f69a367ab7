import type { TreeNode } from './tree';

/** Values above `above` and at or below `most`; infinite = no limit. */
export type Limit = { above: number; most: number };

/** All limits (by feature) hold at once. */
export type Clause = Map<number, Limit>;

/** Some clause holds. */
export type Rule = Clause[];

/** A simpler rule may lose this much of what it covers, and of being right about whom it covers. */
const forgiven = 0.01;
const mostConditions = 3;

/** The paths to the leaves of one answer of the tree, a clause each. */
export function ruleOf(tree: TreeNode, label: number, limits: Clause = new Map()): Rule {
  if (tree.isLeaf) return tree.label === label ? [limits] : [];
  const { feature, threshold } = tree;
  const now = limits.get(feature) ?? { above: -Infinity, most: Infinity };
  const left = new Map(limits).set(feature, { ...now, most: Math.min(now.most, threshold) });
  const right = new Map(limits).set(feature, { ...now, above: Math.max(now.above, threshold) });
  return [...ruleOf(tree.left, label, left), ...ruleOf(tree.right, label, right)];
}

/** Like the tree, a missing value is not above any limit. */
const holds = (clause: Clause, columns: Float64Array[], row: number): boolean => {
  for (const [feature, { above, most }] of clause) {
    const value = columns[feature]![row]!;
    if (value > most || (above > -Infinity && !(value > above))) return false;
  }
  return true;
};

/** The rows that rules are judged on: 1 in `isMember` for those the rule should cover. */
export type Judged = { columns: Float64Array[]; rows: Int32Array; isMember: Uint8Array };

/** Share of the members covered, and share of the covered who are members; NaN of nobody. */
export function measureRule(rule: Rule, { columns, rows, isMember }: Judged) {
  let members = 0;
  let covered = 0;
  let both = 0;
  rows.forEach((row, i) => {
    members += isMember[i]!;
    if (!rule.some((clause) => holds(clause, columns, row))) return;
    covered++;
    both += isMember[i]!;
  });
  return { recall: both / members, precision: both / covered };
}

/** The clause without its lower or upper limit on a feature. */
function relax(clause: Clause, feature: number, side: keyof Limit): Clause {
  const limit = { ...clause.get(feature)!, [side]: side === 'above' ? -Infinity : Infinity };
  const relaxed = new Map(clause).set(feature, limit);
  if (limit.above === -Infinity && limit.most === Infinity) relaxed.delete(feature);
  return relaxed;
}

/** The rule with one clause less, or one limit less in a clause. */
function* listSimpler(rule: Rule): Generator<Rule> {
  for (let c = 0; c < rule.length && rule.length > 1; c++) yield rule.filter((_, i) => i !== c);
  for (let c = 0; c < rule.length; c++)
    for (const [feature, limit] of rule[c]!)
      for (const side of ['above', 'most'] as const)
        if (Number.isFinite(limit[side]))
          yield rule.map((clause, i) => (i === c ? relax(clause, feature, side) : clause));
}

/** Short enough to be said: at most one "or" and three conditions. */
const isShort = (rule: Rule) =>
  rule.length <= 2 && rule.reduce((sum, clause) => sum + clause.size, 0) <= mostConditions;

/**
 * Drops clauses and limits, the least missed first, while the rule covers and hits as well to one in a hundred, and on
 * until it is short. Conditions come in the order of the features.
 */
export function simplifyRule(rule: Rule, judged: Judged): Rule {
  const whole = measureRule(rule, judged);
  const loss = (simpler: Rule) => {
    const { recall, precision } = measureRule(simpler, judged);
    const lost = Math.max(whole.recall - recall, whole.precision - precision);
    return simpler.every((clause) => clause.size > 0) ? lost : Infinity;
  };
  for (;;) {
    const tried = [...listSimpler(rule)].map((simpler) => ({ simpler, lost: loss(simpler) }));
    const best = tried.reduce((a, b) => (b.lost < a.lost ? b : a), { simpler: rule, lost: Infinity });
    if (best.lost === Infinity || (best.lost > forgiven && isShort(rule)))
      return rule.map((clause) => new Map([...clause].sort(([a], [b]) => a - b)));
    rule = best.simpler;
  }
}
