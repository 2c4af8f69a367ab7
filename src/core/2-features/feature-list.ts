import type { Collected } from '../1-collect/collected';
import type { Feature, FeatureDefinition } from './feature-table';
import { buildFeatures } from './features';
import { describeFormula } from './formula/compute-formulas';
import type { FormulaDefinition } from './formula/define-formula';
import { offersOf, standAt } from './offers';
import { type FeatureSummary, summariseFeature } from './summarise-feature';
import { fitColumn } from './transforms/fit-column';

/** One line of the list of features; `summary` is null where this data lacks what the feature needs. */
export type ListedFeature = {
  definition: FeatureDefinition;
  isCore: boolean;
  summary: FeatureSummary | null;
  /** How models read it where nobody chose otherwise; null for a yes or no, and for what is not here. */
  usual: 'log' | 'standardScale' | null;
};

const usualOf = ({ definition: { name, unit }, values }: Feature): ListedFeature['usual'] => {
  if (unit === 'flag') return null;
  return fitColumn(name, values).log ? 'log' : 'standardScale';
};

const tell = (feature: Feature) => ({ summary: summariseFeature(feature.values), usual: usualOf(feature) });
const absent = { summary: null, usual: null };

/** Every feature there is, as of a date, and what its values look like here; then a person's formulas. */
export function listFeatures(
  collected: Collected,
  asOf: number | null,
  formulas: FormulaDefinition[] = [],
): ListedFeature[] {
  const { features } = buildFeatures(collected, asOf, 'full', formulas);
  const here = new Map(features.map((feature) => [feature.definition.name, feature]));
  const listed = offersOf(collected, standAt(collected, asOf)).map(({ definition, isCore }) => {
    const feature = here.get(definition.name);
    here.delete(definition.name);
    return { definition, isCore, ...(feature ? tell(feature) : absent) };
  });
  const own = [...here.values()].map((feature) => ({
    definition: feature.definition,
    isCore: true,
    ...tell(feature),
  }));
  const missing = formulas
    .filter(({ name }) => !here.has(name))
    .map((formula) => ({ definition: describeFormula(formula), isCore: true, ...absent }));
  return [...listed, ...own, ...missing];
}
