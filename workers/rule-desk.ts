import type { Collected } from '../src/core/1-collect/collected';
import type { FormulaDefinition } from '../src/core/2-features/formula/define-formula';
import { countRule, type RuleCount } from '../src/core/2-features/rule/count-rule';
import { evaluateRule } from '../src/core/2-features/rule/evaluate-rule';
import { dropEmptyParts, type RuleSegment, segmentByRules } from '../src/core/2-features/rule/own-segments';
import { parseRule } from '../src/core/2-features/rule/parse-rule';
import { planLookBack } from '../src/core/2-features/look-back';
import type { Rule } from '../src/core/2-features/rule/rule';
import { listRuleChoices } from '../src/core/2-features/rule/rule-choices';
import {
  contextOfCollected,
  namesOf,
  type RuleContext,
  type RuleScores,
} from '../src/core/2-features/rule/rule-context';
import type { RuleNames } from '../src/core/2-features/rule/rule-names';
import { writeRule } from '../src/core/2-features/rule/write-rule';
import { summariseFeature } from '../src/core/2-features/summarise-feature';
import { measureOverlap, type Overlap } from '../src/core/3-models/clusters/overlap';
import type { SegmentGrowth } from '../src/core/3-models/results/segment-growth';
import type { Segment } from '../src/core/3-models/results/segmentation';
import { scoreRows } from '../src/core/3-models/rules/rule-scores';
import { cannotTellGrowth, tellGrowth } from '../src/core/3-models/separation/tell-growth';
import { isAppError } from '../src/core/kit/errors';

type RuledSegment = Pick<Segment, 'rule' | 'size'>;

/** As of when rules are asked, with which formulas, and which segments they may speak of. */
export type RuleFrame = {
  asOf: number | null;
  formulas: FormulaDefinition[];
  segments: { customers: Int32Array; labels: Int32Array; names: { id: number; name: string }[] } | null;
};

/** A rule, the sentence that says it, and whom it holds for. */
export type ToldRule = RuleCount & { rule: Rule; sentence: string };

/** Segments of one's own side by side: whom each rule holds for, and how many are left of them after those before it. */
export type ToldSegments = {
  of: number;
  segments: { sentence: string; count: number; first: number }[];
  overlap: Overlap;
};

/** Answers about rules over one data set; what was worked out for a date is kept, so that the next edit is quick. */
export function createRuleDesk(collected: Collected) {
  let held: { key: string; context: RuleContext; names: RuleNames } | null = null;

  const open = ({ asOf, formulas, segments }: RuleFrame) => {
    const key = JSON.stringify([asOf, formulas.map(({ name, label, hash }) => [name, label, hash])]);
    if (held?.key !== key) {
      const context = withScores(contextOfCollected(collected, asOf, formulas));
      held = { key, context, names: namesOf(context, collected) };
    }
    const { context, names } = held;
    return {
      context: { ...context, segments: segments && alignSegments(segments, context.customers) },
      names: { ...names, segments: segments?.names ?? [] },
    };
  };

  const tell = (rule: Rule, context: RuleContext, names: RuleNames): ToldRule => ({
    ...countRule(rule, context),
    rule,
    sentence: writeRule(rule, names),
  });

  return {
    count(rule: Rule, frame: RuleFrame): ToldRule {
      const { context, names } = open(frame);
      return tell(rule, context, names);
    },
    read(sentence: string, frame: RuleFrame): ToldRule {
      const { context, names } = open(frame);
      return tell(parseRule(sentence, names), context, names);
    },
    choices(frame: RuleFrame) {
      const { context, names } = open(frame);
      return { ...listRuleChoices(context, collected), names };
    },
    /** What the values of a trait look like; null where there is none. */
    summarise(feature: string, frame: RuleFrame) {
      const values = open(frame).context.column(feature);
      return values ? summariseFeature(values) : null;
    },
    /** Everybody the rule is asked of, with 1 for those it holds for. */
    members(rule: Rule, frame: RuleFrame) {
      const { context } = open(frame);
      return { customers: context.customers.slice(), held: evaluateRule(rule, context) };
    },
    tell(segments: RuleSegment[], frame: RuleFrame): ToldSegments {
      const { context, names } = open(frame);
      const held = segments.map(({ rule }) => evaluateRule(rule, context));
      const { customers } = context;
      const { parts } = segmentByRules(segments, context);
      return {
        of: customers.length,
        segments: segments.map(({ rule }, s) => ({
          sentence: writeRule(rule, names),
          count: held[s]!.reduce((sum, flag) => sum + flag, 0),
          first: parts[s]!.size,
        })),
        overlap: measureOverlap(
          segments.map(({ name }, s) => ({ name, customers: customers.filter((_, row) => held[s]![row]) })),
        ),
      };
    },
    /** How many each segment's rule holds for as of the end and of earlier dates, as far back as it can be asked. */
    lookBack(segments: RuledSegment[], { asOf, formulas }: RuleFrame, stepDays: number): SegmentGrowth {
      const plan = planLookBack(collected, asOf, stepDays);
      if (plan.blocked) return cannotTellGrowth(stepDays, plan.blocked);
      const dates: SegmentGrowth['dates'] = [];
      for (const date of [plan.asOf, ...plan.earlier]) {
        const context = withScores(contextOfCollected(collected, date, formulas));
        const counts = countEach(segments, context);
        if (!counts) break;
        dates.unshift({ asOf: date, customers: context.customers.length, counts });
      }
      return tellGrowth({ stepDays, from: collected.from }, dates, segments, 1);
    },
    /** One segment each, with rules and sentences that tell exactly that. */
    oneEach(segments: RuleSegment[], frame: RuleFrame) {
      const { context, names } = open(frame);
      const { labels, parts } = dropEmptyParts(segmentByRules(segments, context));
      const told = parts.map((part) => ({ ...part, sentence: writeRule(part.rule, names) }));
      return { customers: context.customers.slice(), labels, parts: told };
    },
  };
}

/** Null where a rule asks for what was not known then. */
function countEach(segments: RuledSegment[], context: RuleContext): number[] | null {
  try {
    return segments.map(({ rule }) => countRule(rule, context).count);
  } catch (error) {
    if (isAppError(error, 'RuleLacks')) return null;
    throw error;
  }
}

function withScores(context: RuleContext): RuleContext {
  let scores: RuleScores | null | undefined;
  const find = (): RuleScores | null => {
    const features = ['recency', 'frequency', 'monetary'].flatMap((name) => {
      const definition = context.definitions.find((one) => one.name === name);
      const values = definition && context.column(name);
      return values ? [{ definition, values }] : [];
    });
    return features.length < 3 ? null : scoreRows({ ...context, features });
  };
  return { ...context, scores: () => (scores === undefined ? (scores = find()) : scores) };
}

function alignSegments(
  { customers, labels, names }: NonNullable<RuleFrame['segments']>,
  rows: Int32Array,
): NonNullable<RuleContext['segments']> {
  const labelOf = new Map(Array.from(customers, (customer, i) => [customer, labels[i]!]));
  return { labels: Int32Array.from(rows, (customer) => labelOf.get(customer) ?? -1), names };
}
