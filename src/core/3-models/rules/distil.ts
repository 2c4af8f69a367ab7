import type { FeatureDefinition, Feature } from '../../2-features/feature-table';
import { chooseCuts, isWholeNumbers } from './cut-points';
import { countLabels } from '../clusters/indices';
import { sampleRows } from '../rows';
import { measureRule, ruleOf, simplifyRule, type Judged, type Rule } from './rule';
import { capitalise, describeCondition, joinWords } from './sentences';
import { fitTree } from './tree';

/** A segment told in one sentence, and the share of its held-out members the rule gives to it. */
export type Distilled = { sentence: string; fidelity: number };

const learnShare = 0.7;
const mostRows = 10_000;

/** The sentence of one segment: its clauses joined by "or". Empty when no leaf is its own. */
function describeRule(rule: Rule, definitions: FeatureDefinition[], isWhole: boolean[]): string {
  const clauses = rule.map((clause) =>
    joinWords(
      [...clause].map(([feature, { above, most }]) =>
        describeCondition(definitions[feature]!, {
          above: Number.isFinite(above) ? above : null,
          most: Number.isFinite(most) ? most : null,
          isWhole: isWhole[feature]!,
        }),
      ),
    ),
  );
  return capitalise(clauses.filter((clause) => clause !== '').join('; or '));
}

/** Rows to learn from and rows kept back, seeded: 70% and the rest, at most 10,000 each. */
function splitRows(nRows: number, seed: number) {
  const learn = sampleRows(nRows, Math.ceil(nRows * learnShare), seed);
  const isLearnt = new Uint8Array(nRows);
  for (const row of learn) isLearnt[row] = 1;
  const kept = Int32Array.from({ length: nRows }, (_, i) => i).filter((row) => isLearnt[row] === 0);
  const limit = (rows: Int32Array) => sampleRows(rows.length, mostRows, seed).map((i) => rows[i]!);
  return { learn: limit(learn), kept: limit(kept) };
}

/** Retells a grouping as one plain sentence a segment, by a shallow tree on the raw values. Labels are 0..k-1. */
export function distil(features: Feature[], labels: Int32Array, seed: number): Distilled[] {
  const columns = features.map((feature) => feature.values);
  const { learn, kept } = splitRows(labels.length, seed);
  const pick = (values: Float64Array) => Float64Array.from(learn, (row) => values[row]!);
  const learnLabels = Int32Array.from(learn, (row) => labels[row]!);
  const sizes = countLabels(learnLabels);
  const nSegments = countLabels(labels).length;
  const learnColumns = columns.map(pick);
  const tree = fitTree(
    learnColumns,
    learnColumns.map(chooseCuts),
    learnLabels,
    Float64Array.from(learnLabels, (label) => 1 / Math.sqrt(sizes[label]!)),
    { maxDepth: 4, maxLeaves: nSegments + 2, minLeaf: Math.max(2, Math.ceil(learn.length / 500)) },
  );
  const definitions = features.map((feature) => feature.definition);
  const isWhole = columns.map(isWholeNumbers);
  return Array.from({ length: nSegments }, (_, label) => {
    const judgedOn = (rows: Int32Array): Judged => ({
      columns,
      rows,
      isMember: Uint8Array.from(rows, (row) => Number(labels[row] === label)),
    });
    const hasKept = kept.some((row) => labels[row] === label);
    const judged = judgedOn(hasKept ? kept : learn);
    const rule = simplifyRule(ruleOf(tree, label), judged);
    return {
      sentence: describeRule(rule, definitions, isWhole),
      fidelity: rule.length > 0 ? measureRule(rule, judged).recall : 0,
    };
  });
}
