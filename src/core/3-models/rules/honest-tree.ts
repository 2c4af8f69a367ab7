import { AppError } from '../../kit/errors';
import type { Matrix } from '../../kit/matrix';
import { createRandom } from '../../kit/random';
import type { Estimator } from '../estimator';
import { binOf } from '../propensity/bin-columns';
import type { Estimated } from '../results/outcome-segments';
import { sampleRows } from '../rows';
import { differenceOf, hasDifferences, intervalOf } from '../separation/estimates';
import { chooseCuts } from './cut-points';
import { growHonest, leavesOf, type BytedRows, type GrownNode } from './grow-honest';

/** `minLeaf`: rows in a leaf at least, both halves together. `level`: chance of even one wrong leaf. */
export type HonestParams = { maxDepth: number; minLeaf: number; level: number };

/**
 * A group whose mean outcome differs from everybody else's beyond doubt: `difference` (to all other rows) excludes zero
 * at a level shared by all leaves. Figures come from the half of the rows that did not shape the tree.
 */
export type HonestLeaf = { isLeaf: true; id: number; estimate: Estimated; difference: Estimated };

/** Rows with `feature` above `threshold` go right; the others, and those without a value, left. `id` -1 = no clear difference. */
export type HonestNode =
  | HonestLeaf
  | { isLeaf: true; id: -1 }
  | { isLeaf: false; feature: number; threshold: number; left: HonestNode; right: HonestNode };

/** `others`: mean of those in no published leaf; null when all are in one. */
export type HonestModel = {
  root: HonestNode;
  /** Where each column could be cut. */
  cuts: number[][];
  leaves: HonestLeaf[];
  overall: Estimated;
  others: Estimated | null;
};

/** Outcomes are numbers, or 0 and 1; a row without one (NaN) is left out. */
type OutcomeRun = { seed: number; report?: (fraction: number, note?: string) => void; y: ArrayLike<number> };

/** Below this likelihood under no difference at all the tree is looked at: well under `level`, for trees that chose themselves. */
const gate = 0.01;

function byteRows(X: Matrix, rows: Int32Array, learn: Int32Array, y: Float64Array): BytedRows {
  const columns = Array.from({ length: X.nColumns }, (_, j) => {
    const valueOf = (row: number) => X.data[row * X.nColumns + j]!;
    const cuts = chooseCuts(Float64Array.from(learn, valueOf).filter((value) => value === value));
    const [rising, bytes] = [Float64Array.from(cuts), new Uint8Array(X.nRows)];
    for (const row of rows) bytes[row] = binOf(rising, valueOf(row));
    return { cuts, bytes };
  });
  return { bytes: columns.map(({ bytes }) => bytes), cuts: columns.map(({ cuts }) => cuts), y };
}

/** Takes back, from the leaves up, every split whose two sides cannot be told apart on the judging half. */
function mergeSiblings(node: GrownNode, y: Float64Array, level: number): void {
  if (!node.split) return;
  const { left, right } = node.split;
  mergeSiblings(left, y, level);
  mergeSiblings(right, y, level);
  if (left.split || right.split) return;
  const { low, high } = differenceOf(y, left.judge, right.judge, level);
  if (!(low > 0 || high < 0)) node.split = null;
}

const allBut = (rows: Int32Array, leaf: Int32Array): Int32Array => {
  const inside = new Set(leaf);
  return rows.filter((row) => !inside.has(row));
};

function publish(
  node: GrownNode,
  judge: Int32Array,
  rows: BytedRows,
  level: number,
  out: HonestLeaf[],
): HonestNode {
  if (node.split) {
    const { column, upTo, left, right } = node.split;
    const threshold = rows.cuts[column]![upTo - 1]!;
    const side = (child: GrownNode) => publish(child, judge, rows, level, out);
    return { isLeaf: false, feature: column, threshold, left: side(left), right: side(right) };
  }
  const rest = allBut(judge, node.judge);
  if (rest.length === 0) return { isLeaf: true, id: -1 };
  const difference = differenceOf(rows.y, node.judge, rest, level);
  if (!(difference.low > 0 || difference.high < 0)) return { isLeaf: true, id: -1 };
  const leaf: HonestLeaf = {
    isLeaf: true,
    id: out.length,
    estimate: intervalOf(rows.y, node.judge),
    difference,
  };
  out.push(leaf);
  return leaf;
}

/** Which leaf a row ends in. */
function leafAt(root: HonestNode, X: Matrix, row: number): Extract<HonestNode, { isLeaf: true }> {
  let node = root;
  while (!node.isLeaf) {
    const isAbove: boolean = X.data[row * X.nColumns + node.feature]! > node.threshold;
    node = isAbove ? node.right : node.left;
  }
  return node;
}

/** The id of the published leaf each row is in, -1 for none. */
export const honestLabels = ({ root }: HonestModel, X: Matrix): Int32Array =>
  Int32Array.from({ length: X.nRows }, (_, row) => leafAt(root, X, row).id);

/**
 * Honest regression tree (Athey and Imbens 2016): one half of the rows shapes it, the other alone says what its leaves
 * are worth. Published are only leaves that differ from everybody else; on noise there are none.
 */
export const honestTree: Estimator<HonestParams, HonestModel, Float64Array, OutcomeRun> = {
  name: 'honestTree',
  version: 1,
  defaults: { maxDepth: 4, minLeaf: 50, level: 0.05 },

  fit(X, { maxDepth, minLeaf, level }, { seed, y, report }) {
    const outcomes = Float64Array.from(y);
    const rows = Int32Array.from(outcomes.keys()).filter((row) => Number.isFinite(outcomes[row]!));
    const needed = Math.max(4, 2 * minLeaf);
    if (rows.length < needed) throw new AppError('TooFewRows', rows.length, needed);
    const learn = sampleRows(rows.length, rows.length >> 1, seed).map((i) => rows[i]!);
    const judge = allBut(rows, learn);
    const byted = byteRows(X, rows, learn, outcomes);
    const growth = { maxDepth, minHalf: Math.max(2, Math.ceil(minLeaf / 2)) };
    const centre = learn.reduce((sum, row) => sum + outcomes[row]!, 0) / learn.length;
    const centred = { ...byted, y: outcomes.map((value) => value - centre) };
    let done = 0;
    const mostColumns = Math.ceil(X.nColumns / 8) * (2 ** maxDepth - 1);
    const grown = growHonest(centred, learn, judge, growth, () =>
      report?.((0.8 * ++done) / mostColumns, 'splitting by what came later'),
    );
    const leaves = leavesOf(grown);
    const share = level / leaves.length;
    const isReal = hasDifferences(
      outcomes,
      leaves.map((leaf) => leaf.judge),
      gate,
      createRandom(seed),
    );
    if (isReal) mergeSiblings(grown, outcomes, share);
    else grown.split = null;
    const published: HonestLeaf[] = [];
    const root = publish(grown, judge, byted, share, published);
    const model = { root, cuts: byted.cuts, leaves: published, overall: intervalOf(outcomes, judge) };
    const labels = honestLabels({ ...model, others: null }, X);
    const apart = judge.filter((row) => labels[row] === -1);
    report?.(1);
    return { ...model, others: apart.length ? intervalOf(outcomes, apart) : null };
  },

  predict(model, X) {
    const fallback = model.others ?? model.overall;
    return Float64Array.from({ length: X.nRows }, (_, row) => {
      const leaf = leafAt(model.root, X, row);
      return 'estimate' in leaf ? leaf.estimate.value : fallback.value;
    });
  },
};
