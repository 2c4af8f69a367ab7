import type { Feature } from '../../2-features/feature-table';
import { evaluateRule } from '../../2-features/rule/evaluate-rule';
import type { Rule } from '../../2-features/rule/rule';
import { contextOfTable, type RuleContext } from '../../2-features/rule/rule-context';
import { namesOfFeatures } from '../../2-features/rule/rule-names';
import { noShortRule, writeRule } from '../../2-features/rule/write-rule';
import { createRandom } from '../../kit/random';
import type { Report } from '../estimator';
import { takeValues } from '../rows';
import { type Box, type BoxData, improveBoxes, missingBin, scoreBoxes } from './boxes';
import { chooseCuts, isWholeNumbers } from './cut-points';
import { type BoxColumn, ruleOfBoxes } from './rule-of-boxes';
import { binOf, fitTree, listPaths } from './tree';

/**
 * A segment told in one sentence that reads back as `rule`. `fidelity`: share of its held-out members that the rule picks;
 * `precision`: share of those it picks who are members. `isSimple`: both are high enough to speak of the segment by its rule.
 */
export type Distilled = {
  sentence: string;
  rule: Rule;
  fidelity: number;
  precision: number;
  isSimple: boolean;
};

const learnShare = 0.7;
const mostRows = 10_000;
const mostColumns = 60;
const simpleFidelity = 0.9;
const simplePrecision = 0.75;

/** Rows to learn from and rows kept back, seeded: 70% and 30% of every segment, at most 10,000 each. */
function splitRows(labels: Int32Array, seed: number): { learn: Int32Array; kept: Int32Array } {
  const random = createRandom(seed);
  const rows = Int32Array.from(labels.keys());
  for (let i = rows.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [rows[i], rows[j]] = [rows[j]!, rows[i]!];
  }
  const learn: number[] = [];
  const kept: number[] = [];
  const seen = new Map<number, number>();
  for (const row of rows) {
    const nSeen = seen.get(labels[row]!) ?? 0;
    seen.set(labels[row]!, nSeen + 1);
    (Math.floor(nSeen * learnShare) < Math.floor((nSeen + 1) * learnShare) || nSeen === 0
      ? learn
      : kept
    ).push(row);
  }
  return { learn: Int32Array.from(learn.slice(0, mostRows)), kept: Int32Array.from(kept.slice(0, mostRows)) };
}

/** The features whose means differ most between the segments, where there are too many to look at all. */
function pickFeatures(features: Feature[], labels: Int32Array, rows: Int32Array): Feature[] {
  if (features.length <= mostColumns) return features;
  const spread = features.map(({ values }) => shareBetween(values, labels, rows));
  const kept = [...spread.keys()].sort((a, b) => spread[b]! - spread[a]!).slice(0, mostColumns);
  return kept.sort((a, b) => a - b).map((j) => features[j]!);
}

/** Share of a column's variance that lies between the segments; 0 of a constant. */
function shareBetween(values: Float64Array, labels: Int32Array, rows: Int32Array): number {
  const sums = new Map<number, { n: number; sum: number }>();
  let total = 0;
  let squares = 0;
  for (const row of rows) {
    const value = Number.isFinite(values[row]!) ? values[row]! : 0;
    const own = sums.get(labels[row]!) ?? { n: 0, sum: 0 };
    sums.set(labels[row]!, { n: own.n + 1, sum: own.sum + value });
    total += value;
    squares += value * value;
  }
  const middle = (total * total) / rows.length;
  let between = -middle;
  for (const { n, sum } of sums.values()) between += (sum * sum) / n;
  const all = squares - middle;
  return all > 0 ? between / all : 0;
}

type Learning = {
  columns: BoxColumn[];
  bins: Uint8Array[];
  labels: Int32Array;
  paths: { box: Box; label: number }[];
};

/** Cuts and bins of the rows to learn from, and the leaves of a shallow tree over all segments to begin with. */
function prepare(features: Feature[], labels: Int32Array, rows: Int32Array, nSegments: number): Learning {
  const own = features.map(({ values }) => takeValues(values, rows));
  const nLabelled = new Map<string, number>();
  for (const { definition } of features)
    nLabelled.set(definition.label, (nLabelled.get(definition.label) ?? 0) + 1);
  const columns = features.map(({ definition, values }, j) => ({
    definition,
    cuts: chooseCuts(own[j]!),
    isWhole: isWholeNumbers(values),
    isAlone: nLabelled.get(definition.label) === 1,
  }));
  const bins = own.map((values, j) => {
    const { cuts } = columns[j]!;
    return Uint8Array.from(values, (value) => (Number.isNaN(value) ? missingBin : binOf(value, cuts)));
  });
  // Rows of no segment are a class of their own behind the segments.
  const learnt = Int32Array.from(rows, (row) => (labels[row]! < 0 ? nSegments : labels[row]!));
  const sizes = new Float64Array(nSegments + 1);
  for (const label of learnt) sizes[label]!++;
  const tree = fitTree(
    own,
    columns.map(({ cuts }) => cuts),
    learnt,
    Float64Array.from(learnt, (label) => 1 / Math.sqrt(sizes[label]!)),
    { maxDepth: 4, maxLeaves: 2 * nSegments + 2, minLeaf: Math.max(2, Math.ceil(rows.length / 500)) },
  );
  return { columns, bins, labels: learnt, paths: listPaths(tree, columns.map(({ cuts }) => cuts)) }; // prettier-ignore
}

/** The best boxes found from the tree's leaves and from nothing; none where they are no better than everybody. */
function findBoxes({ columns, bins, labels, paths }: Learning, label: number): Box[] {
  const data: BoxData = {
    bins,
    nBins: columns.map(({ cuts }) => cuts.length + 1),
    isMember: Uint8Array.from(labels, (own) => Number(own === label)),
  };
  const leaves = paths.filter((path) => path.label === label && path.box.size > 0).map(({ box }) => box);
  const found = [improveBoxes(leaves, data), improveBoxes([], data)];
  const best = found.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score > scoreBoxes([new Map()], data) ? best.boxes.filter((box) => box.size > 0) : [];
}

/**
 * Retells a grouping as one plain sentence a segment: at most three rules joined by "or", of at most three conditions each,
 * found on some rows and judged on others. Labels are 0..k-1; -1 is in no segment.
 */
export function distil(
  features: Feature[],
  labels: Int32Array,
  seed: number,
  report: Report = () => {},
): Distilled[] {
  const nSegments = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const { learn, kept } = splitRows(labels, seed);
  const picked = pickFeatures(features, labels, learn);
  report(0.1);
  const learning = prepare(picked, labels, learn, nSegments);
  const judges = [learn, kept].map((rows) => readRows(picked, rows));
  const names = namesOfFeatures(features.map(({ definition }) => definition));
  const isEverybody = labels.every((label) => label === 0);
  return Array.from({ length: nSegments }, (_, label) => {
    report(0.2 + (0.8 * label) / nSegments);
    const boxes = isEverybody ? [new Map()] : findBoxes(learning, label);
    const rule = ruleOfBoxes(boxes, learning.columns);
    const hasKept = kept.some((row) => labels[row] === label);
    const { fidelity, precision } = judge(rule, judges[Number(hasKept)]!, labels, label);
    return {
      sentence: boxes.length > 0 ? writeRule(rule, names) : noShortRule,
      rule,
      fidelity,
      precision,
      isSimple: fidelity >= simpleFidelity && precision >= simplePrecision,
    };
  });
}

/** Some rows as rules see them. */
const readRows = (features: Feature[], rows: Int32Array): RuleContext =>
  contextOfTable({
    asOf: null,
    customers: rows,
    features: features.map(({ definition, values }) => ({ definition, values: takeValues(values, rows) })),
  });

/** How a rule does on the rows that it is judged by; 0 where it picks nobody. */
function judge(rule: Rule, context: RuleContext, labels: Int32Array, label: number) {
  const held = evaluateRule(rule, context);
  let [members, covered, both] = [0, 0, 0];
  context.customers.forEach((row, i) => {
    members += Number(labels[row] === label);
    covered += held[i]!;
    both += Number(labels[row] === label && held[i] === 1);
  });
  return { fidelity: members > 0 ? both / members : 0, precision: covered > 0 ? both / covered : 0 };
}
