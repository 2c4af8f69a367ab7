import type { FeatureDefinition } from '../feature-table';

/** What a rule may speak of. Segments are told by their id, shown by their name. */
export type RuleNames = {
  features: FeatureDefinition[];
  attributes: { name: string; levels: string[] }[];
  events: string[];
  categories: string[];
  products: string[];
  channels: string[];
  lifecycle: string[];
  segments: { id: number; name: string }[];
};

export const noNames: RuleNames = {
  features: [],
  attributes: [],
  events: [],
  categories: [],
  products: [],
  channels: [],
  lifecycle: [],
  segments: [],
};

/** A flag made from a column's value: "Contract" and "Month-to-month" of "Contract: Month-to-month"; else null. */
export function splitFlag({
  label,
  unit,
}: Pick<FeatureDefinition, 'label' | 'unit'>): { column: string; value: string } | null {
  const parts = unit === 'flag' ? /^(.+?): (.+)$/s.exec(label) : null;
  return parts && { column: parts[1]!, value: parts[2]! };
}

/** The columns and their values that flags among the features stand for. */
export function attributesOfFlags(features: FeatureDefinition[]): RuleNames['attributes'] {
  const byName = new Map<string, string[]>();
  for (const definition of features) {
    const flag = splitFlag(definition);
    if (!flag) continue;
    const levels = byName.get(flag.column) ?? [];
    byName.set(flag.column, levels);
    if (flag.value !== 'missing') levels.push(flag.value);
  }
  return [...byName].map(([name, levels]) => ({ name, levels }));
}

/** The names that sentences about these traits alone may use. */
export const namesOfFeatures = (features: FeatureDefinition[]): RuleNames => ({
  ...noNames,
  features,
  attributes: attributesOfFlags(features),
});
