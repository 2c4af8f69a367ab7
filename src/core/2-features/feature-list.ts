import type { Collected } from '../1-collect/collected';
import type { FeatureDefinition } from './feature-table';
import { buildFeatures } from './features';
import { describeFormula } from './formula/compute-formulas';
import type { FormulaDefinition } from './formula/define-formula';
import { offersOf, standAt } from './offers';
import { type FeatureSummary, summariseFeature } from './summarise-feature';

/** One line of the list of features; `summary` is null where this data lacks what the feature needs. */
export type ListedFeature = {
  definition: FeatureDefinition;
  isCore: boolean;
  summary: FeatureSummary | null;
};

/** Every feature there is, as of a date, and what its values look like here; then a person's formulas. */
export function listFeatures(
  collected: Collected,
  asOf: number | null,
  formulas: FormulaDefinition[] = [],
): ListedFeature[] {
  const { features } = buildFeatures(collected, asOf, 'full', formulas);
  const here = new Map(features.map((feature) => [feature.definition.name, feature]));
  const listed = offersOf(collected, standAt(collected, asOf)).map(({ definition, isCore }) => {
    const values = here.get(definition.name)?.values;
    here.delete(definition.name);
    return { definition, isCore, summary: values ? summariseFeature(values) : null };
  });
  const own = [...here.values()].map(({ definition, values }) => ({
    definition,
    isCore: true,
    summary: summariseFeature(values),
  }));
  const absent = formulas
    .filter(({ name }) => !here.has(name))
    .map((formula) => ({ definition: describeFormula(formula), isCore: true, summary: null }));
  return [...listed, ...own, ...absent];
}
