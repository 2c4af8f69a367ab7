import type { Feature } from '../../2-features/feature-table';
import type { OutcomeInput } from '../../2-features/later-outcomes';
import { namesOfFeatures } from '../../2-features/rule/rule-names';
import { writeRule } from '../../2-features/rule/write-rule';
import type { Matrix } from '../../kit/matrix';
import { countLabels } from '../clusters/indices';
import { part, type Report } from '../estimator';
import type { Estimated, OutcomeGroup, OutcomeSegments } from '../results/outcome-segments';
import { isWholeNumbers } from './cut-points';
import { honestLabels, honestTree, type HonestModel, type HonestNode } from './honest-tree';
import { ruleOfBoxes } from './rule-of-boxes';
import { listPaths, type TreeNode } from './tree';

/** A leaf holds at least this share of the customers, and at least `fewest`. */
const leastShare = 0.02;
const fewest = 50;

function toMatrix(features: Feature[], nRows: number): Matrix {
  const nColumns = features.length;
  const data = new Float64Array(nRows * nColumns);
  features.forEach(({ values }, j) => {
    for (let i = 0; i < nRows; i++) data[i * nColumns + j] = values[i]!;
  });
  return { data, nRows, nColumns };
}

const toTree = (node: HonestNode): TreeNode =>
  node.isLeaf
    ? { isLeaf: true, label: node.id, nRows: 0 }
    : { ...node, left: toTree(node.left), right: toTree(node.right) };

/** The rule and its sentence of each published leaf, by its id. */
function tellLeaves({ root, cuts }: HonestModel, features: Feature[]) {
  const definitions = features.map(({ definition }) => definition);
  const names = namesOfFeatures(definitions);
  const columns = features.map(({ definition, values }, j) => ({
    definition,
    cuts: cuts[j]!,
    isWhole: isWholeNumbers(values),
    isAlone: definitions.filter(({ label }) => label === definition.label).length === 1,
  }));
  return new Map(
    listPaths(toTree(root), cuts).map(({ box, label }) => {
      const rule = ruleOfBoxes([box], columns);
      return [label, { rule, sentence: writeRule(rule, names) }] as const;
    }),
  );
}

const plain = (value: number, unit: OutcomeSegments['unit']) =>
  unit === 'share'
    ? `${(100 * value).toFixed(Math.abs(value) < 0.1 ? 1 : 0)}%`
    : value.toLocaleString('en-US', { maximumSignificantDigits: 3 });

function tellVerdict(
  groups: OutcomeGroup[],
  overall: Estimated,
  { label, unit }: OutcomeInput,
  n: number,
): string {
  const best = groups[0];
  if (!best)
    return `cannot tell: no groups of these ${n.toLocaleString('en-US')} customers differ in ${label}`;
  const count = groups.length === 1 ? 'One group differs' : `${groups.length} groups differ`;
  const { value, low, high } = best.estimate;
  const range = `${plain(value, unit)} (95% sure: ${plain(low, unit)} to ${plain(high, unit)})`;
  return `${count} in ${label}: the highest has ${range} against ${plain(overall.value, unit)} of all`;
}

/**
 * Segments made for an outcome: an honest tree on the traits, each leaf with its rule, its mean with an interval, and
 * its difference from everybody else, which never includes zero. Says so when no groups differ.
 */
export function outcomeSegments(
  input: OutcomeInput,
  seed: number,
  report: Report = () => {},
): OutcomeSegments {
  const { table, outcome, label, unit, asOf, horizonDays } = input;
  const nCustomers = outcome.reduce((n, value) => n + Number(Number.isFinite(value)), 0);
  const minLeaf = Math.max(fewest, Math.ceil(leastShare * nCustomers));
  const blocked = input.blocked ?? whyNot(table.features, nCustomers, minLeaf);
  const frame = { outcome: label, unit, asOf, horizonDays, seed, nCustomers, customers: table.customers };
  if (blocked) {
    const labels = new Int32Array(table.customers.length).fill(-1);
    return { ...frame, overall: null, groups: [], others: null, verdict: blocked, blocked, labels };
  }
  const X = toMatrix(table.features, table.customers.length);
  const params = { ...honestTree.defaults, minLeaf };
  const model = honestTree.fit(X, params, { seed, y: outcome, report: part(report, 0, 0.9) });
  const order = [...model.leaves].sort((a, b) => b.estimate.value - a.estimate.value).map(({ id }) => id);
  const labels = honestLabels(model, X).map((id) => (id < 0 ? -1 : order.indexOf(id)));
  const sizes = countLabels(labels);
  const told = tellLeaves(model, table.features);
  const groups = order.map((leaf, id): OutcomeGroup => {
    const { estimate, difference } = model.leaves[leaf]!;
    const size = sizes[id] ?? 0;
    return { id, size, share: size / labels.length, estimate, difference, ...told.get(leaf)! };
  });
  const apart = labels.reduce((n, id) => n + Number(id < 0), 0);
  const others = model.others && { size: apart, share: apart / labels.length, estimate: model.others };
  const verdict = tellVerdict(groups, model.overall, input, nCustomers);
  report(1);
  return { ...frame, overall: model.overall, groups, others, verdict, blocked: null, labels };
}

function whyNot(features: Feature[], nCustomers: number, minLeaf: number): string | null {
  if (nCustomers < 2 * minLeaf)
    return `cannot tell: need at least ${2 * minLeaf} customers whose outcome is known; got ${nCustomers}`;
  return features.length === 0 ? 'cannot tell: need traits to tell groups apart by; got none' : null;
}
