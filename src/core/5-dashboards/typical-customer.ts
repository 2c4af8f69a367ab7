import type { FeatureDefinition } from '../2-features/feature-table';
import type { Named } from './segment-charts';
import { formatFeature, formatShare } from './words';

/** `overall` is set where `value` is a share: that of all customers. */
export type TypicalTrait = {
  feature: string;
  label: string;
  value: string;
  overall: string;
  formula: string;
};

/** The middle of a segment trait by trait; of a column with several values only the commonest one, as a share. */
export function typicalTraits(segment: Named, all: Named[], features: FeatureDefinition[]): TypicalTrait[] {
  const traitOf = (of: Named, name: string) => of.traits.find(({ feature }) => feature === name);
  const levels = features
    .filter(({ unit, label }) => unit === 'flag' && !label.endsWith(': missing'))
    .map((feature) => ({
      ...feature,
      column: feature.label.split(': ')[0]!,
      mean: traitOf(segment, feature.name)?.mean ?? -1,
    }));
  const commonest = new Map<string, string>();
  for (const { column, name } of [...levels].sort((a, b) => a.mean - b.mean)) commonest.set(column, name);
  const shown = new Set(commonest.values());
  return features.flatMap((feature) => {
    const trait = traitOf(segment, feature.name);
    if (!trait) return [];
    const { label, formula, unit, name } = feature;
    if (unit !== 'flag')
      return [{ feature: name, label, value: formatFeature(trait.median, unit), overall: '', formula }];
    if (!shown.has(name)) return [];
    const size = all.reduce((sum, { size }) => sum + size, 0);
    const overall = all.reduce((sum, each) => sum + each.size * (traitOf(each, name)?.mean ?? 0), 0) / size;
    return [{ feature: name, label, value: formatShare(trait.mean), overall: formatShare(overall), formula }];
  });
}
