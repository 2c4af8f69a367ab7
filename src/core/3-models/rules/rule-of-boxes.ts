import type { FeatureDefinition } from '../../2-features/feature-table';
import { isSameRule, type Rule } from '../../2-features/rule/rule';
import { splitFlag } from '../../2-features/rule/rule-names';
import type { Box } from './boxes';

/** A column that boxes are about: where it is cut, and how its values are told. */
export type BoxColumn = {
  definition: FeatureDefinition;
  cuts: number[];
  isWhole: boolean;
  /** No other trait has its label, so that a value can be told by its column. */
  isAlone: boolean;
};

const counted = new Set(['orders', 'items', 'products']);
/** Up to here "at least 4" is nearer to life than "over 3". */
const fewest = 20;

/** Some box holds, in the rule language. No box = nobody. */
export function ruleOfBoxes(boxes: Box[], columns: BoxColumn[]): Rule {
  const rules = boxes.map((box): Rule => {
    const limits = [...box].sort(([a], [b]) => a - b);
    return join('and', limits.map(([column, { low, high }]) => ruleOfLimit(columns[column]!, low, high)));
  }); // prettier-ignore
  return join('or', rules.filter((rule, i) => rules.findIndex((other) => isSameRule(other, rule)) === i)); // prettier-ignore
}

const join = (kind: 'and' | 'or', rules: Rule[]): Rule => (rules.length === 1 ? rules[0]! : { kind, rules });

function ruleOfLimit({ definition, cuts, isWhole, isAlone }: BoxColumn, low: number, high: number): Rule {
  const above = low > 0 ? cuts[low - 1]! : null;
  const most = high < cuts.length ? cuts[high]! : null;
  const { name: feature, unit } = definition;
  if (unit === 'flag' && cuts.length === 1) return ruleOfFlag(definition, isAlone, above !== null);
  const compare = (op: '<=' | '>' | '>=' | '=', value: number): Rule => ({
    kind: 'compare',
    feature,
    op,
    value,
  });
  if (above === null)
    return isWhole && cuts[0] === most && most === 0 && unit !== 'days'
      ? compare('=', 0)
      : compare('<=', most!);
  const least = Math.floor(above) + 1;
  if (most !== null) {
    if (isWhole && least === most) return compare('=', most);
    return { kind: 'between', feature, from: isWhole ? least : above, to: most };
  }
  const isFew = isWhole && unit !== 'days' && (counted.has(unit) || above < fewest);
  return isFew ? compare('>=', least) : compare('>', above);
}

function ruleOfFlag(definition: FeatureDefinition, isAlone: boolean, isSet: boolean): Rule {
  const flag = isAlone ? splitFlag(definition) : null;
  if (!flag) return { kind: 'compare', feature: definition.name, op: '=', value: isSet ? 1 : 0 };
  const rule: Rule =
    flag.value === 'missing'
      ? { kind: 'missing', of: flag.column }
      : { kind: 'in', attribute: flag.column, levels: [flag.value] };
  return isSet ? rule : { kind: 'not', rule };
}
