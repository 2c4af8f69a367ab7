import type { Box } from './boxes';

/** Splits send values at or below `threshold` left. Plain data. */
export type TreeNode =
  | { isLeaf: true; label: number; nRows: number }
  | { isLeaf: false; feature: number; threshold: number; left: TreeNode; right: TreeNode };

export type TreeParams = { maxDepth: number; maxLeaves: number; minLeaf: number };

/** What growing needs of the rows: each feature's cut points and every value's bin (cut points below it). */
type Binned = {
  cuts: number[][];
  bins: Uint8Array[];
  labels: Int32Array;
  weights: Float64Array;
  nClasses: number;
};
type Split = { feature: number; bin: number; gain: number };
type Growing = {
  rows: Int32Array;
  depth: number;
  totals: Float64Array;
  best: Split | null;
  children: [Growing, Growing] | null;
};

/** How many cut points lie strictly below the value. */
export function binOf(value: number, cuts: number[]): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > cuts[middle]!) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Gini impurity times the weight of the node. */
function impurityOf(totals: Float64Array): number {
  let weight = 0;
  let squares = 0;
  for (const total of totals) {
    weight += total;
    squares += total * total;
  }
  return weight > 0 ? weight - squares / weight : 0;
}

function totalsOf(data: Binned, rows: Int32Array): Float64Array {
  const totals = new Float64Array(data.nClasses);
  for (const row of rows) totals[data.labels[row]!]! += data.weights[row]!;
  return totals;
}

/** The best cut of one feature for these rows, if any leaves both sides large enough. */
function bestCut(data: Binned, node: Growing, feature: number, minLeaf: number): Split | null {
  const nBins = data.cuts[feature]!.length + 1;
  const { nClasses } = data;
  const weights = new Float64Array(nBins * nClasses);
  const counts = new Float64Array(nBins);
  const bins = data.bins[feature]!;
  for (const row of node.rows) {
    weights[bins[row]! * nClasses + data.labels[row]!]! += data.weights[row]!;
    counts[bins[row]!]! += 1;
  }
  const whole = impurityOf(node.totals);
  const left = new Float64Array(nClasses);
  const right = node.totals.slice();
  let nLeft = 0;
  let best: Split | null = null;
  for (let bin = 0; bin < nBins - 1; bin++) {
    nLeft += counts[bin]!;
    for (let c = 0; c < nClasses; c++) {
      left[c]! += weights[bin * nClasses + c]!;
      right[c]! -= weights[bin * nClasses + c]!;
    }
    if (nLeft < minLeaf || node.rows.length - nLeft < minLeaf) continue;
    const gain = whole - impurityOf(left) - impurityOf(right);
    if (gain > (best?.gain ?? 1e-9 * whole)) best = { feature, bin, gain };
  }
  return best;
}

function createNode(data: Binned, rows: Int32Array, depth: number, params: TreeParams): Growing {
  const node: Growing = { rows, depth, totals: totalsOf(data, rows), best: null, children: null };
  if (depth >= params.maxDepth) return node;
  data.cuts.forEach((_, feature) => {
    const split = bestCut(data, node, feature, params.minLeaf);
    if (split && split.gain > (node.best?.gain ?? 0)) node.best = split;
  });
  return node;
}

function splitNode(data: Binned, node: Growing, params: TreeParams): [Growing, Growing] {
  const { feature, bin } = node.best!;
  const bins = data.bins[feature]!;
  const left = node.rows.filter((row) => bins[row]! <= bin);
  const right = node.rows.filter((row) => bins[row]! > bin);
  return [createNode(data, left, node.depth + 1, params), createNode(data, right, node.depth + 1, params)];
}

/** The finished tree; two leaves with the same answer become one. */
function finish(data: Binned, node: Growing): TreeNode {
  if (node.children) {
    const left = finish(data, node.children[0]);
    const right = finish(data, node.children[1]);
    if (!(left.isLeaf && right.isLeaf && left.label === right.label)) {
      const { feature, bin } = node.best!;
      return { isLeaf: false, feature, threshold: data.cuts[feature]![bin]!, left, right };
    }
  }
  const label = node.totals.indexOf(Math.max(...node.totals));
  return { isLeaf: true, label, nRows: node.rows.length };
}

/**
 * A classification tree (Breiman et al. 1984, Gini) on raw columns, grown best split first. `cuts[j]` are the only
 * thresholds column j may be split at, rising; each row counts with its weight.
 */
export function fitTree(
  columns: Float64Array[],
  cuts: number[][],
  labels: Int32Array,
  weights: Float64Array,
  params: TreeParams,
): TreeNode {
  const nClasses = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const bins = columns.map((values, j) => Uint8Array.from(values, (value) => binOf(value, cuts[j]!)));
  const data: Binned = { cuts, bins, labels, weights, nClasses };
  const root = createNode(
    data,
    Int32Array.from(labels, (_, i) => i),
    0,
    params,
  );
  const leaves = [root];
  while (leaves.length < params.maxLeaves) {
    const next = leaves.reduce((a, b) => ((b.best?.gain ?? 0) > (a.best?.gain ?? 0) ? b : a));
    if (!next.best) break;
    next.children = splitNode(data, next, params);
    leaves.splice(leaves.indexOf(next), 1, ...next.children);
  }
  return finish(data, root);
}

/** The way to every leaf as limits in bins. */
export function listPaths(
  tree: TreeNode,
  cuts: number[][],
  box: Box = new Map(),
): { box: Box; label: number }[] {
  if (tree.isLeaf) return [{ box, label: tree.label }];
  const { feature, threshold } = tree;
  const at = cuts[feature]!.indexOf(threshold);
  const now = box.get(feature) ?? { low: 0, high: cuts[feature]!.length };
  const left = new Map(box).set(feature, { ...now, high: Math.min(now.high, at) });
  const right = new Map(box).set(feature, { ...now, low: Math.max(now.low, at + 1) });
  return [...listPaths(tree.left, cuts, left), ...listPaths(tree.right, cuts, right)];
}
