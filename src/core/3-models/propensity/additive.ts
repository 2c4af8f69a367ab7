import { createRandom } from '../../kit/random';
import type { Matrix } from '../../kit/matrix';
import { part, type Estimator, type LabelledRun, type Report } from '../estimator';
import { sampleRows } from '../rows';
import { finishTable, meanAbsolute, tabulate, type BaggedTable } from './bagged-tables';
import type { BinnedColumns } from './bin-columns';
import { centreValues, takeOutMains } from './centre-shapes';
import { chooseColumns } from './choose-columns';
import { noParts, type Contributions } from './contributions';
import { countRarer, keepLabelledRows, pickLabelled, startLogOdds, type LabelledRows } from './labelled-rows';
import { sigmoidOf } from './logistic';
import { coarsen, findPairs, gridOf, pairCells, type CoarseColumn, type Pair } from './pairs';
import { boostShapes, scoreTerms, type ShapeRows, type Terms } from './shape-boosting';
import { learnAlong, learnGrid } from './shape-learners';
import { binForShapes, joinTerms } from './shape-terms';
import { logOddsOfAdditive, readPair, readShape, type AdditiveModel } from './shapes';

/** `signs[j]` above 0: the shape of column j never falls; below 0: never rises. `maxPairs` of two columns are added. */
export type AdditiveParams = { nBags: 'auto' | number; nBins: number; maxPairs: number; signs: number[] };

/** More columns than this are screened first. */
const mostColumns = 100;
const pairBins = 8;
/** Columns among which pairs are looked for, those of greatest importance. */
const mostPaired = 40;
const [fewestDrawn, mostDrawn] = [5_000, 15_000];
/** Pairs of cells added up in one bag: with more columns it has fewer rows. */
const drawnWork = 4e7;
const mostAside = 10_000;
const residualRows = 30_000;

type Bag = { own: ShapeRows; aside: ShapeRows };

/** `size` rows drawn with replacement, and some of those never drawn; seeded. */
function drawBag(labelled: LabelledRows, size: number, base: number, seed: number): Bag {
  const nRows = labelled.y.length;
  const times = new Uint16Array(nRows);
  const random = createRandom(seed);
  for (let i = 0; i < size; i++) times[random.below(nRows)]! += 1;
  const all = Int32Array.from(times.keys());
  const left = all.filter((i) => times[i] === 0);
  const aside = sampleRows(left.length, mostAside, seed + 1).map((at) => left[at]!);
  const take = (rows: Int32Array, count: (i: number) => number): ShapeRows => {
    const { y, weights } = pickLabelled(labelled, rows);
    const start = new Float64Array(rows.length).fill(base);
    return { rows, y, weights: weights.map((weight, at) => weight * count(rows[at]!)), start };
  };
  return {
    own: take(
      all.filter((i) => times[i]! > 0),
      (i) => times[i]!,
    ),
    aside: take(aside, () => 1),
  };
}

/** Boosts the terms in each bag. */
const boostBags = (terms: Terms, bags: Bag[], report: Report): Float64Array[] =>
  bags.map(({ own, aside }, b) => {
    return boostShapes(terms, own, aside, part(report, b / bags.length, (b + 1) / bags.length));
  });

/** The bags with what these values say already in. */
const startFrom = (terms: Terms, bags: Bag[], values: Float64Array[]): Bag[] =>
  bags.map(({ own, aside }, b) => ({
    own: { ...own, start: scoreTerms(terms, own, values[b]!) },
    aside: { ...aside, start: scoreTerms(terms, aside, values[b]!) },
  }));

/** What a model of single columns, the mean of the bags', leaves of slope and curvature in some rows. */
function findResiduals(
  mains: Terms,
  labelled: LabelledRows,
  values: Float64Array[],
  base: number,
  seed: number,
) {
  const rows = sampleRows(labelled.y.length, residualRows, seed);
  const start = new Float64Array(rows.length).fill(base);
  const y = Uint8Array.from(rows, (i) => labelled.y[i]!);
  const weights = Float64Array.from(rows, (i) => labelled.weights[i]!);
  const mean = values[0]!.map((_, cell) => values.reduce((sum, own) => sum + own[cell]!, 0) / values.length);
  const p = scoreTerms(mains, { rows, y, weights, start }, mean).map(sigmoidOf);
  return {
    rows,
    gradient: p.map((own, i) => weights[i]! * (own - y[i]!)),
    curvature: p.map((own, i) => weights[i]! * own * (1 - own)),
  };
}

/** The columns that may be in a pair, in fewer bins: the most important of those that may bend any way. */
function listPairable(bins: BinnedColumns, tables: BaggedTable[], signs: number[]): CoarseColumn[] {
  const importance = tables.map(({ shares, values }) =>
    values.reduce((sum, own) => sum + meanAbsolute(own, shares), 0),
  );
  return [...bins.edges.keys()]
    .filter((t) => signs[t] === 0 && bins.edges[t]!.length > 0)
    .sort((a, b) => importance[b]! - importance[a]! || a - b)
    .slice(0, mostPaired)
    .sort((a, b) => a - b)
    .map((t) => coarsen(t, bins.edges[t]!, bins.bytes[t]!, pairBins));
}

/** Moves what single columns do out of the pairs into their tables, and every mean into the intercept, bag by bag. */
function separate(mains: BaggedTable[], pairs: BaggedTable[], list: Pair[], base: number): number {
  const nBags = mains[0]!.values.length;
  let sum = 0;
  for (let b = 0; b < nBags; b++) {
    pairs.forEach(({ shares, values }, p) => {
      const { first, second } = list[p]!;
      const taken = takeOutMains(values[b]!, shares, ...gridOf(list[p]!));
      const give = (coarse: CoarseColumn, lines: Float64Array) => {
        const own = mains[coarse.column]!.values[b]!;
        for (let cell = 0; cell < own.length; cell++) own[cell]! += lines[coarse.coarseOf[cell]!]!;
      };
      give(first, taken.rows);
      give(second, taken.columns);
    });
    for (const { values, shares } of mains) sum += centreValues(values[b]!, shares);
  }
  return base + sum / nBags;
}

/** Rows drawn for a bag. */
const bagSize = (nRows: number, nTerms: number) =>
  Math.min(nRows, mostDrawn, Math.max(fewestDrawn, Math.floor((2 * drawnWork) / (nTerms * nTerms))));

/** The fewer rows, the more one bag's curves differ from another's: more are averaged. */
const countBags = (size: number) => Math.max(8, Math.min(20, Math.round(40_000 / size)));

/**
 * Sum of bent single columns and a few pairs, each a plain table: cyclic boosting of binned shapes (Nori et al. 2019;
 * Lou et al. 2013), averaged over bags that also give the intervals. X is raw: missing numbers (NaN) have a bin of their
 * own, infinite ones fall into the outermost.
 */
export const additive: Estimator<AdditiveParams, AdditiveModel, Float64Array, LabelledRun> = {
  name: 'additive',
  version: 2,
  defaults: { nBags: 'auto', nBins: 64, maxPairs: 25, signs: [] },

  fit(X, params, run) {
    const { seed } = run;
    const labelled = keepLabelledRows(X, run);
    const base = startLogOdds(labelled);
    if (countRarer(labelled.y) === 0 || X.nColumns === 0) return { intercept: base, shapes: [], pairs: [] };
    const columns = chooseColumns(X, labelled, mostColumns, seed);
    const bins = binForShapes(X, labelled, columns, params.nBins, seed, part(run.report, 0, 0.04));
    const signs = Array.from(columns, (j) => Math.sign(params.signs[j] ?? 0));
    const { nRows } = bins;
    const mains = joinTerms(
      bins.bytes.map((cells, t) => ({
        cells,
        nCells: bins.edges[t]!.length + 2,
        learner: learnAlong(signs[t]!),
      })),
      nRows,
    );
    run.report?.(0.04);
    const size = bagSize(nRows, columns.length);
    const nBags = params.nBags === 'auto' ? countBags(size) : params.nBags;
    const bags = Array.from({ length: nBags }, (_, b) => drawBag(labelled, size, base, seed + 101 * b));
    const mainValues = boostBags(mains, bags, part(run.report, 0.05, 0.7));
    const tables = bins.edges.map((_, t) => tabulate(mains, t, mainValues, labelled.weights));

    run.report?.(0.7);
    const residuals = findResiduals(mains, labelled, mainValues, base, seed);
    const pairable = listPairable(bins, tables, signs);
    const list = findPairs(pairable, bins.bytes, residuals, params.maxPairs, part(run.report, 0.7, 0.75));
    const pairTables = boostPairs(
      list,
      bins,
      labelled,
      startFrom(mains, bags, mainValues),
      part(run.report, 0.75, 1),
    );

    const intercept = separate(tables, pairTables, list, base);
    const spread = Math.sqrt(size / nRows);
    return {
      intercept,
      shapes: tables.map((table, t) => ({
        column: columns[t]!,
        edges: bins.edges[t]!,
        ...finishTable(table, spread),
      })),
      pairs: list
        .map(({ first, second }, p) => ({
          columns: [columns[first.column]!, columns[second.column]!] as [number, number],
          edges: [first.edges, second.edges] as [number[], number[]],
          ...finishTable(pairTables[p]!, spread),
        }))
        .filter(({ importance }) => importance.value > 0),
    };
  },

  predict(model, X) {
    return logOddsOfAdditive(model, X).map(sigmoidOf);
  },
};

/** Tables of the pairs, learnt from what single columns leave in each bag. */
function boostPairs(
  list: Pair[],
  bins: BinnedColumns,
  { weights }: LabelledRows,
  bags: Bag[],
  report: Report,
): BaggedTable[] {
  if (list.length === 0) return [];
  const parts = list.map((pair) => {
    const [height, width] = gridOf(pair);
    return {
      cells: pairCells(pair, bins.bytes),
      nCells: height * width,
      learner: learnGrid(height, width),
    };
  });
  const terms = joinTerms(parts, bins.nRows);
  const values = boostBags(terms, bags, report);
  return list.map((_, t) => tabulate(terms, t, values, weights));
}

/** What each column adds to the rows' log-odds; what a pair adds is split evenly between its columns. */
export function contributionsOfAdditive(
  { intercept, shapes, pairs }: AdditiveModel,
  X: Matrix,
): Contributions {
  const { data, nRows, nColumns } = X;
  const parts = noParts(X);
  for (const shape of shapes) {
    const [valueOf, own] = [readShape(shape), parts[shape.column]!];
    for (let i = 0; i < nRows; i++) own[i]! += valueOf(data[i * nColumns + shape.column]!);
  }
  for (const pair of pairs) {
    const [first, second] = pair.columns;
    const valueOf = readPair(pair);
    for (let i = 0; i < nRows; i++) {
      const half = valueOf(data[i * nColumns + first]!, data[i * nColumns + second]!) / 2;
      parts[first]![i]! += half;
      parts[second]![i]! += half;
    }
  }
  return { baseline: intercept, parts };
}
