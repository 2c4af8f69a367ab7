import type { Matrix } from '../../kit/matrix';
import { createRandom } from '../../kit/random';
import { part, type Estimator, type LabelledRun, type Report } from '../estimator';
import { binOf, binRows, findEdges, mostBins, sortColumns, type BinnedColumns } from './bin-columns';
import { chooseColumns } from './choose-columns';
import type { Contributions } from './contributions';
import { TreeGrower, type GrowParams } from './grow-tree';
import {
  countRarer,
  keepLabelledRows,
  lossAt,
  pickLabelled,
  splitByOutcome,
  startLogOdds,
  type LabelledRows,
} from './labelled-rows';
import { sigmoidOf } from './logistic';
import { explainTrees } from './tree-shap';
import { farthest, sumTrees, type Tree } from './trees';

export type BoostingParams = Omit<GrowParams, 'signs'> & {
  nTrees: number;
  /** Stops when this many trees made the loss on rows put aside no smaller; 0 grows them all. */
  patience: number;
  signs: number[];
};

/** Log-odds = base + what each tree says. */
export type BoostingModel = { base: number; trees: Tree[] };

/** Each tree learns from at most about this many rows, another part of them each time. */
const rowsPerTree = 50_000;
/** More columns than this are screened first. */
const mostColumns = 300;
const asideShare = 0.15;
/** Fewer rows than this are all learnt from once the number of trees is known. */
const refitBelow = 20_000;
/** With patience, so many times `nTrees` where each tree takes little time. */
const moreOfFew = 2.5;
/** Fewer of either outcome, and there are too few to put some aside. */
const fewestEach = 20;

/** Bins of the rows with their outcomes, and where each one's log-odds stand. */
type Learning = LabelledRows & { bins: BinnedColumns; scores: Float64Array };

function addSlopes({ y, weights, scores }: Learning, rows: Int32Array, g: Float64Array, h: Float64Array) {
  for (let at = 0; at < rows.length; at++) {
    const i = rows[at]!;
    const p = sigmoidOf(scores[i]!);
    g[i] = weights[i]! * (p - y[i]!);
    h[i] = weights[i]! * p * (1 - p);
  }
}

/** Adds what a tree over the columns of the bins says to the scores of these rows. */
function addTree(tree: Tree, { bins, scores }: Learning, rows: Int32Array): void {
  const bytes = tree.columns.map((j, node) => {
    if (j < 0 || tree.edges[node] === -farthest) return 0;
    return binOf(Float64Array.from(bins.edges[j]!), tree.edges[node]!);
  });
  for (let at = 0; at < rows.length; at++) {
    const i = rows[at]!;
    let node = 0;
    while (tree.columns[node]! >= 0) {
      const byte = bins.bytes[tree.columns[node]!]![i]!;
      const goesLeft = byte === 0 ? tree.isMissingLeft[node]! : byte <= bytes[node]!;
      node = tree.left[node]! + (goesLeft ? 0 : 1);
    }
    scores[i]! += tree.values[node]!;
  }
}

/** The rows in parts of about `rowsPerTree`, each with the rows it lacks; seeded. */
function cutIntoParts(nRows: number, seed: number): { own: Int32Array; others: Int32Array }[] {
  const nParts = Math.ceil(nRows / rowsPerTree);
  const random = createRandom(seed);
  const partOf = Uint16Array.from({ length: nRows }, () => (nParts > 1 ? random.below(nParts) : 0));
  const all = Int32Array.from({ length: nRows }, (_, i) => i);
  return Array.from({ length: nParts }, (_, p) => ({
    own: all.filter((i) => partOf[i] === p),
    others: all.filter((i) => partOf[i] !== p),
  }));
}

/** Trees one after another on what the ones before left; with rows aside only as many as made those better. */
function growTrees(
  learning: Learning,
  aside: Learning | null,
  params: GrowParams & { nTrees: number; patience: number },
  seed: number,
  report: Report,
): Tree[] {
  const { bins } = learning;
  const grower = new TreeGrower(bins, params);
  const slopes = { gradient: new Float64Array(bins.nRows), curvature: new Float64Array(bins.nRows) };
  const parts = cutIntoParts(bins.nRows, seed);
  const asideRows = Int32Array.from(aside?.y.keys() ?? []);
  const trees: Tree[] = [];
  let best = { loss: aside ? lossAt(aside.scores, aside.y, aside.weights) : 0, nTrees: 0 };
  for (let t = 0; t < params.nTrees; t++) {
    const { own, others } = parts[t % parts.length]!;
    addSlopes(learning, own, slopes.gradient, slopes.curvature);
    const tree = grower.grow(own, slopes, learning.scores);
    if (tree.columns.length === 1) break;
    trees.push(tree);
    addTree(tree, learning, others);
    report((t + 1) / params.nTrees);
    if (!aside) continue;
    addTree(tree, aside, asideRows);
    const loss = lossAt(aside.scores, aside.y, aside.weights);
    if (loss < best.loss) best = { loss, nTrees: trees.length };
    else if (trees.length - best.nTrees >= params.patience) break;
  }
  return aside ? trees.slice(0, best.nTrees) : trees;
}

/** The same tree over the columns of X. */
const nameColumns = (tree: Tree, columns: Int32Array): Tree => ({
  ...tree,
  columns: tree.columns.map((j) => (j < 0 ? j : columns[j]!)),
});

/**
 * Gradient boosting of trees over byte bins for outcomes of 0 and 1 (Friedman 2001; Ke et al. 2017). X is raw: missing
 * numbers (NaN) find their side at each split, infinite ones count as the largest. With `patience` the number of trees
 * is chosen on rows put aside.
 */
export const histogramBoosting: Estimator<BoostingParams, BoostingModel, Float64Array, LabelledRun> = {
  name: 'histogramBoosting',
  version: 2,
  defaults: {
    nTrees: 200,
    maxLeaves: 15,
    minRowsInLeaf: 20,
    l2: 1,
    learningRate: 0.05,
    patience: 20,
    signs: [],
  },

  fit(X, params, run) {
    const labelled = keepLabelledRows(X, run);
    const base = startLogOdds(labelled);
    if (countRarer(labelled.y) === 0) return { base, trees: [] };
    const columns = chooseColumns(X, labelled, mostColumns, run.seed);
    const sorted = sortColumns(X, labelled.rows, columns, run.seed, part(run.report, 0, 0.05));
    const edges = sorted.map((values) => findEdges(values, mostBins));
    const learn = (own: LabelledRows): Learning => ({
      ...own,
      bins: binRows(X, own.rows, columns, edges, part(run.report, 0.05, 0.05)),
      scores: new Float64Array(own.rows.length).fill(base),
    });
    const own = { ...params, signs: Array.from(columns, (j) => params.signs[j] ?? 0) };
    const grow = (kept: LabelledRows, aside: LabelledRows | null, nTrees: number, report: Report) =>
      growTrees(learn(kept), aside && learn(aside), { ...own, nTrees }, run.seed, report);
    const trees = growWithPatience(labelled, params, run, grow);
    return { base, trees: trees.map((tree) => nameColumns(tree, columns)) };
  },

  predict(model, X) {
    return logOddsOfBoosting(model, X).map(sigmoidOf);
  },
};

type Grow = (kept: LabelledRows, aside: LabelledRows | null, nTrees: number, report: Report) => Tree[];

function growWithPatience(
  labelled: LabelledRows,
  { patience, nTrees }: BoostingParams,
  { seed, report }: LabelledRun,
  grow: Grow,
): Tree[] {
  if (patience === 0 || countRarer(labelled.y) < fewestEach)
    return grow(labelled, null, nTrees, part(report, 0.05, 1));
  const isRefitted = labelled.y.length < refitBelow;
  const [kept, aside] = splitByOutcome(labelled.y, asideShare, seed).map((index) =>
    pickLabelled(labelled, index),
  );
  const most = isRefitted ? Math.round(moreOfFew * nTrees) : nTrees;
  const trees = grow(kept!, aside!, most, part(report, 0.05, isRefitted ? 0.5 : 1));
  return isRefitted ? grow(labelled, null, trees.length, part(report, 0.5, 1)) : trees;
}

/** Log-odds of each row. */
export const logOddsOfBoosting = ({ base, trees }: BoostingModel, X: Matrix): Float64Array =>
  sumTrees(trees, base, X);

/** What each column added to the rows' log-odds: Shapley values of the trees; the baseline is the training mean. */
export function contributionsOfBoosting({ base, trees }: BoostingModel, X: Matrix): Contributions {
  const { expected, parts } = explainTrees(trees, X);
  return { baseline: base + expected, parts };
}
