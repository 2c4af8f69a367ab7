import * as Comlink from 'comlink';
import type { RuleFrame, ToldRule } from '../workers/rule-desk';
import { createLatestCall } from './bridge/latest-call';
import type { DataCheck } from './core/1-collect/collected';
import type { RuleSegment } from './core/2-features/rule/own-segments';
import type { Rule } from './core/2-features/rule/rule';
import type { RuleChoices } from './core/2-features/rule/rule-choices';
import type { GivenSegments } from './core/3-models/clusters/given-segments';
import type { Segmentation } from './core/3-models/results/segmentation';
import { ensureChecked, readFeatures, tableBuffers, type Work } from './pipeline';
import { asOfInstant } from './pipeline-analysis';

const countLatest = createLatestCall();

/** A rule in words and how many it holds for, while it is edited: null when a newer edit came meanwhile. */
export async function countRule(work: Work, frame: RuleFrame, rule: Rule): Promise<ToldRule | null> {
  await ensureChecked(work);
  return countLatest(() => work.engine.collection.call((api) => api.countRule(rule, frame)));
}

/** A rule from a sentence; refused with a sentence that says where. Null when a newer edit came meanwhile. */
export async function readRule(work: Work, frame: RuleFrame, sentence: string): Promise<ToldRule | null> {
  await ensureChecked(work);
  return countLatest(() => work.engine.collection.call((api) => api.readRule(sentence, frame)));
}

/** What a rule can be built from: traits, attributes with their values, what people bought and did. */
export async function listRuleChoices(work: Work, frame: RuleFrame): Promise<RuleChoices> {
  await ensureChecked(work);
  return work.engine.collection.call((api) => api.ruleChoices(frame), work.step.signal);
}

/** What the values of one trait look like: where the ends and the middle of a limit may lie. */
export async function summariseTrait(work: Work, frame: RuleFrame, feature: string) {
  await ensureChecked(work);
  return work.engine.collection.call((api) => api.summariseTrait(feature, frame));
}

/** Who a rule holds for: everybody it is asked of, with 1 for those. */
export async function findMembers(work: Work, frame: RuleFrame, rule: Rule) {
  await ensureChecked(work);
  return work.engine.collection.call((api) => api.ruleMembers(rule, frame), work.step.signal);
}

/** A person's rules side by side: sizes, overlap, and how many are left of each behind those before it. */
export async function tellRuleSegments(work: Work, frame: RuleFrame, segments: RuleSegment[]) {
  await ensureChecked(work);
  return work.engine.collection.call((api) => api.tellRuleSegments(segments, frame), work.step.signal);
}

/**
 * Segments by rules, the first that holds; whoever is left makes one more. An empty name is found from what sets the
 * segment apart.
 */
export async function groupByRules(
  work: Work,
  check: DataCheck,
  frame: RuleFrame,
  segments: RuleSegment[],
  made: Pick<GivenSegments, 'algorithm' | 'reason'>,
): Promise<Segmentation> {
  const { engine, analysis, step } = work;
  await ensureChecked(work);
  step.report('Sorting customers by rules', 0);
  const { parts, ...found } = await engine.collection.call(
    (api) => api.oneSegmentEach(segments, frame),
    step.signal,
  );
  const table = await readFeatures(work, check);
  return engine.models.call(
    (api) =>
      api.describeGiven(
        Comlink.transfer(table, tableBuffers(table)),
        { ...found, parts, ...made, seed: analysis.seed },
        Comlink.proxy((fraction: number, note?: string) =>
          step.report('Telling the segments', fraction, note),
        ),
      ),
    step.signal,
  );
}

/** As of when and over which segments rules are asked, as the person chose. */
export function frameRules(
  { analysis }: Pick<Work, 'analysis'>,
  check: DataCheck,
  found: Pick<Segmentation, 'customers' | 'labels' | 'segments'> | null,
): RuleFrame {
  const segments = found && {
    customers: found.customers,
    labels: found.labels,
    names: found.segments.map(({ id, name }) => ({ id, name })),
  };
  return { asOf: asOfInstant(analysis, check), formulas: analysis.formulas, segments };
}
