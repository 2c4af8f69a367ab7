import type { DataCheck } from './core/1-collect/collected';
import type { ListedFeature } from './core/2-features/feature-list';
import type { FormulaDefinition } from './core/2-features/formula/define-formula';
import type { ListedCategory, TransformPreview } from './core/2-features/transforms/preview-transforms';
import { ensureChecked, type Work } from './pipeline';
import { asOfInstant, scoredAt, targetOf } from './pipeline-analysis';

/** Every feature there is as of the chosen day, and every category, and what their values look like here. */
export async function listTraits(
  work: Work,
  check: DataCheck,
): Promise<{ traits: ListedFeature[]; categories: ListedCategory[] }> {
  const { engine, analysis, step } = work;
  await ensureChecked(work);
  step.report('Working out every trait', 0);
  const asOf = asOfInstant(analysis, check);
  const { collection } = engine;
  const traits = await collection.call((api) => api.listFeatures(asOf, analysis.formulas), step.signal);
  return { traits, categories: await collection.call((api) => api.listCategories(asOf), step.signal) };
}

/** What every way to read a trait would make of it, for the outcome that is asked about. */
export async function previewTransforms(
  work: Work,
  check: DataCheck,
  trait: string,
): Promise<TransformPreview[]> {
  const { engine, analysis, step } = work;
  await ensureChecked(work);
  step.report('Trying ways to read a trait', 0);
  const { horizonDays, nOrigins, splitRule, seed, formulas } = analysis;
  const target = targetOf(analysis, check);
  const asked = { target, horizonDays, nOrigins, splitRule, seed, formulas, set: [] };
  const asOf = scoredAt(analysis, check);
  return engine.collection.call((api) => api.previewTransforms(trait, { ...asked, asOf }), step.signal);
}

/** A feature from what the person wrote; refused with a sentence that says where. */
export async function defineTrait(
  work: Work,
  written: { label: string; text: string; previous: FormulaDefinition | null },
): Promise<FormulaDefinition> {
  await ensureChecked(work);
  const { label, text, previous } = written;
  const { formulas } = work.analysis;
  return work.engine.collection.call(
    (api) => api.defineFormula(label, text, formulas, previous),
    work.step.signal,
  );
}
