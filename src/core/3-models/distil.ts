import type { FeatureDefinition, Feature } from '../2-features/feature-table';
import { chooseCuts, isWholeNumbers } from './cut-points';
import { countLabels } from './indices';
import { sampleRows } from './rows';
import { capitalise, describeCondition, joinWords } from './sentences';
import { fitTree, predictTree, type TreeNode } from './tree';

/** A segment told in one sentence, and the share of its held-out members the rule gives to it. */
export type Distilled = { sentence: string; fidelity: number };

type Limit = { above: number; most: number };

const learnShare = 0.7;
const mostRows = 20_000;

/** The paths to the leaves of one segment: per leaf, for each feature used, the limits on it. */
function pathsTo(tree: TreeNode, label: number, limits = new Map<number, Limit>()): Map<number, Limit>[] {
  if (tree.isLeaf) return tree.label === label ? [limits] : [];
  const { feature, threshold } = tree;
  const now = limits.get(feature) ?? { above: -Infinity, most: Infinity };
  const left = new Map(limits).set(feature, { ...now, most: Math.min(now.most, threshold) });
  const right = new Map(limits).set(feature, { ...now, above: Math.max(now.above, threshold) });
  return [...pathsTo(tree.left, label, left), ...pathsTo(tree.right, label, right)];
}

/** The sentence of one segment: its leaves joined by "or". Empty when no leaf is its own. */
function describePaths(
  paths: Map<number, Limit>[],
  definitions: FeatureDefinition[],
  isWhole: boolean[],
): string {
  const clauses = paths.map((path) =>
    joinWords(
      [...path].map(([feature, { above, most }]) =>
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

/** Share of each segment's rows that the tree gives to that segment; NaN where it has none of these rows. */
function measureFidelity(tree: TreeNode, columns: Float64Array[], labels: Int32Array, rows: Int32Array) {
  const nSegments = countLabels(labels).length;
  const members = new Float64Array(nSegments);
  const right = new Float64Array(nSegments);
  for (const row of rows) {
    members[labels[row]!]! += 1;
    if (predictTree(tree, columns, row) === labels[row]) right[labels[row]!]! += 1;
  }
  return Array.from(right, (n, s) => n / members[s]!);
}

/** Rows to learn from and rows kept back, seeded: 70% and the rest, at most 20,000 each. */
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
  const outside = measureFidelity(tree, columns, labels, kept);
  const inside = measureFidelity(tree, columns, labels, learn);
  return Array.from({ length: nSegments }, (_, label) => {
    const fidelity = Number.isNaN(outside[label]!) ? inside[label]! : outside[label]!;
    return {
      sentence: describePaths(pathsTo(tree, label), definitions, isWhole),
      fidelity: Number.isNaN(fidelity) ? 0 : fidelity,
    };
  });
}
