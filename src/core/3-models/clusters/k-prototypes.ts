import { AppError } from '../../kit/errors';
import { createRandom, type Random } from '../../kit/random';
import { part, type Estimator, type Report } from '../estimator';
import { sampleRows } from '../rows';
import { toDoubles } from './centroids';
import { checkRows } from './check-rows';
import { takeMixedRows, type MixedMatrix } from './mixed-rows';
import { drawRow } from './seeding';

/**
 * `gamma`: what one category that differs costs, in squared standard units; 'auto' is half the mean standard deviation of
 * the numeric columns (Huang 1998), or 1 without any. Weights multiply a column's part of the distance, 1 when not given.
 */
export type PrototypesParams = {
  nClusters: number;
  gamma: 'auto' | number;
  numericWeights?: number[];
  categoryWeights?: number[];
  nInit: number;
  maxIter: number;
};

/** Means and modes (level codes) a cluster, with the weights that were used; `cost` is the sum of all distances. */
export type PrototypesModel = {
  centroids: number[][];
  modes: number[][];
  levels: string[][];
  gamma: number;
  numericWeights: number[];
  categoryWeights: number[];
  cost: number;
  nIter: number;
};

type Weights = { numeric: Float64Array; category: Float64Array };
type Prototypes = { means: Float64Array; modes: Int32Array; nClusters: number };
type Found = Prototypes & { labels: Int32Array; cost: number; nIter: number };

/** Starts are tried on at most this many rows; the best goes on over all. */
const sampleSize = 5_000;
const seedRows = 1_000;

const categoriesOf = (X: MixedMatrix) => X.categories ?? [];

/** Huang's dissimilarity (1998, eq. 3): weighted squared distance plus gamma-weighted mismatches. */
function measureGap(X: MixedMatrix, i: number, { means, modes }: Prototypes, c: number, weights: Weights) {
  const d = X.nColumns;
  let sum = 0;
  for (let j = 0; j < d; j++) {
    const gap = X.data[i * d + j]! - means[c * d + j]!;
    sum += weights.numeric[j]! * gap * gap;
  }
  const categories = categoriesOf(X);
  for (let q = 0; q < categories.length; q++)
    if (categories[q]!.codes[i] !== modes[c * categories.length + q]) sum += weights.category[q]!;
  return sum;
}

function rowsAsPrototypes(X: MixedMatrix, rows: number[]): Prototypes {
  const taken = takeMixedRows(X, rows);
  const modes = rows.flatMap((_, i) => categoriesOf(taken).map(({ codes }) => codes[i]!));
  return { means: Float64Array.from(taken.data), modes: Int32Array.from(modes), nClusters: rows.length };
}

/** Rows drawn one after another by their distance to the nearest drawn so far. */
function seedPrototypes(X: MixedMatrix, nClusters: number, weights: Weights, random: Random): Prototypes {
  const rows = [random.below(X.nRows)];
  const nearest = new Float64Array(X.nRows).fill(Infinity);
  while (rows.length < nClusters) {
    const last = rowsAsPrototypes(X, [rows.at(-1)!]);
    let total = 0;
    for (let i = 0; i < X.nRows; i++)
      total += nearest[i] = Math.min(nearest[i]!, measureGap(X, i, last, 0, weights));
    rows.push(drawRow(nearest, total, random));
  }
  return rowsAsPrototypes(X, rows);
}

function assign(X: MixedMatrix, prototypes: Prototypes, weights: Weights, labels: Int32Array) {
  let changed = 0;
  let cost = 0;
  for (let i = 0; i < X.nRows; i++) {
    let best = 0;
    let least = Infinity;
    for (let c = 0; c < prototypes.nClusters; c++) {
      const gap = measureGap(X, i, prototypes, c, weights);
      if (gap < least) [least, best] = [gap, c];
    }
    if (labels[i] !== best) changed++;
    labels[i] = best;
    cost += least;
  }
  return { changed, cost };
}

/** Means and most frequent levels of the members (the first of equals); a cluster without members stays. */
function update(X: MixedMatrix, labels: Int32Array, before: Prototypes): Prototypes {
  const { nColumns: d } = X;
  const k = before.nClusters;
  const sizes = new Float64Array(k);
  const sums = new Float64Array(k * d);
  labels.forEach((c, i) => {
    sizes[c]! += 1;
    for (let j = 0; j < d; j++) sums[c * d + j]! += X.data[i * d + j]!;
  });
  const means = sums.map((sum, at) => {
    const n = sizes[Math.floor(at / d)]!;
    return n > 0 ? sum / n : before.means[at]!;
  });
  const modes = before.modes.slice();
  const categories = categoriesOf(X);
  categories.forEach(({ codes, levels }, q) => {
    const counts = new Float64Array(k * levels.length);
    labels.forEach((c, i) => (counts[c * levels.length + codes[i]!]! += 1));
    for (let c = 0; c < k; c++) {
      const own = counts.subarray(c * levels.length, (c + 1) * levels.length);
      if (sizes[c]! > 0) modes[c * categories.length + q] = own.indexOf(Math.max(...own));
    }
  });
  return { means, modes, nClusters: k };
}

function settle(
  X: MixedMatrix,
  start: Prototypes,
  weights: Weights,
  maxIter: number,
  report?: Report,
): Found {
  const labels = new Int32Array(X.nRows).fill(-1);
  let prototypes = start;
  for (let nIter = 1; ; nIter++) {
    const { changed, cost } = assign(X, prototypes, weights, labels);
    if (changed === 0 || nIter > maxIter) return { ...prototypes, labels, cost, nIter };
    prototypes = update(X, labels, prototypes);
    report?.(nIter / (nIter + 10));
  }
}

/** Half the mean standard deviation of the numeric columns; 1 without spread. */
export function usualGamma({ data, nRows, nColumns: d }: MixedMatrix): number {
  const mean = new Float64Array(d);
  const square = new Float64Array(d);
  for (let i = 0; i < data.length; i++) mean[i % d]! += data[i]! / nRows;
  for (let i = 0; i < data.length; i++) square[i % d]! += (data[i]! - mean[i % d]!) ** 2 / nRows;
  const sd = square.reduce((sum, variance) => sum + Math.sqrt(variance), 0) / d;
  return sd > 0 ? sd / 2 : 1;
}

function checkWeights(given: number[] | undefined, n: number): number[] {
  const weights = given ?? new Array<number>(n).fill(1);
  const isFit = weights.length === n && weights.every((weight) => Number.isFinite(weight) && weight >= 0);
  if (!isFit) throw new AppError('UnfitWeights', n, weights);
  return weights;
}

/** Clusters that have members, as plain data, the codes of modes beside the names of their levels. */
function describe(
  X: MixedMatrix,
  found: Found,
  gamma: number,
  own: number[],
  category: number[],
): PrototypesModel {
  const d = X.nColumns;
  const categories = categoriesOf(X);
  const used = [...new Set(found.labels)].sort((a, b) => a - b);
  const width = categories.length;
  return {
    centroids: used.map((c) => Array.from(found.means.subarray(c * d, c * d + d))),
    modes: used.map((c) => Array.from(found.modes.subarray(c * width, (c + 1) * width))),
    levels: categories.map(({ levels }) => levels),
    gamma,
    numericWeights: own,
    categoryWeights: category,
    cost: found.cost,
    nIter: found.nIter,
  };
}

/** The best of several starts on a sample, then on to the end over all rows. */
function search(
  X: MixedMatrix,
  params: PrototypesParams,
  weights: Weights,
  seed: number,
  report: Report,
): Found {
  const { nClusters, nInit, maxIter } = params;
  const random = createRandom(seed);
  const sample = X.nRows > sampleSize ? takeMixedRows(X, sampleRows(X.nRows, sampleSize, seed)) : X;
  const seedable = takeMixedRows(sample, sampleRows(sample.nRows, seedRows, seed));
  let best: Found | undefined;
  for (let i = 0; i < Math.max(1, nInit); i++) {
    report((0.6 * i) / nInit);
    const found = settle(sample, seedPrototypes(seedable, nClusters, weights, random), weights, maxIter);
    if (!best || found.cost < best.cost) best = found;
  }
  return sample === X ? best! : settle(X, best!, weights, maxIter, part(report, 0.6, 1));
}

/** k-prototypes (Huang 1998) by alternating assignment and update; a plain matrix is a mixed one without categories. */
export const kPrototypes: Estimator<PrototypesParams, PrototypesModel, Int32Array> = {
  name: 'kPrototypes',
  version: 1,
  defaults: { nClusters: 4, gamma: 'auto', nInit: 10, maxIter: 100 },

  fit(X: MixedMatrix, params, { seed, report }) {
    checkRows(X, params.nClusters);
    const rows: MixedMatrix = { ...toDoubles(X), categories: categoriesOf(X) };
    const gamma = params.gamma === 'auto' ? usualGamma(rows) : params.gamma;
    const numeric = checkWeights(params.numericWeights, X.nColumns);
    const category = checkWeights(params.categoryWeights, categoriesOf(X).length);
    checkWeights([gamma], 1);
    const weights = {
      numeric: Float64Array.from(numeric),
      category: Float64Array.from(category, (weight) => gamma * weight),
    };
    const found = search(rows, params, weights, seed, part(report, 0, 1));
    report?.(1);
    return describe(rows, found, gamma, numeric, category);
  },

  predict(model, X: MixedMatrix) {
    const labels = new Int32Array(X.nRows);
    const means = Float64Array.from(model.centroids.flat());
    const modes = Int32Array.from(model.modes.flat());
    const weights = {
      numeric: Float64Array.from(model.numericWeights),
      category: Float64Array.from(model.categoryWeights, (weight) => model.gamma * weight),
    };
    assign(X, { means, modes, nClusters: model.centroids.length }, weights, labels);
    return labels;
  },
};
