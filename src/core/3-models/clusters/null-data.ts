import type { Matrix } from '../../kit/matrix';
import { createRandom } from '../../kit/random';
import type { Report } from '../estimator';
import { silhouettes } from './indices';
import { clusterQuickly } from './lloyd';
import { fitHump, readHump, spreadHeaps, type Hump } from './one-hump';
import { findComponents, type Components } from './principal';
import { sampleRows, takeRows } from '../rows';

const compareRows = 500;
const nSimulations = 20;
/** Silhouettes of made-up data differ from draw to draw by at least this much: fewer draws than infinity may hide it. */
const leastSpread = 0.005;

/** How clear-cut k segments are here, and in data of the same shape but without groups. */
export type NullComparison = {
  nClusters: number;
  silhouette: number;
  /** Mean and standard deviation over the data sets without groups. */
  usual: number;
  spread: number;
};

/**
 * What made-up data without groups takes over from real rows: one hump a column, as skewed and as heaped as the column;
 * how the columns go together (normal scores of their ranks); and blocks of flags, which are drawn together.
 */
type Shape = { humps: Hump[]; ties: Components; blocks: number[][]; X: Matrix };

const readColumn = ({ data, nRows, nColumns }: Matrix, j: number): Float64Array =>
  Float64Array.from({ length: nRows }, (_, i) => data[i * nColumns + j]!);

/** Ranks (0..n-1) of the values. */
function rankValues(values: Float64Array): Int32Array {
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);
  const ranks = new Int32Array(values.length);
  order.forEach((row, rank) => (ranks[row] = rank));
  return ranks;
}

function learnShape(X: Matrix, blocks: number[][], seed: number): Shape {
  const { nRows, nColumns: d } = X;
  const random = createRandom(seed);
  const scores = Float64Array.from({ length: nRows }, () => random.normal()).sort();
  const data = new Float64Array(X.data.length);
  const humps = Array.from({ length: d }, (_, j) => {
    const { spread, heaps } = spreadHeaps(readColumn(X, j), random);
    rankValues(spread).forEach((rank, i) => (data[i * d + j] = scores[rank]!));
    return fitHump(spread, heaps);
  });
  return { humps, blocks, X, ties: findComponents({ data, nRows, nColumns: d }) };
}

/** As many rows as the real ones, of the same shape but without groups. */
function drawWithoutGroups({ humps, ties, blocks, X }: Shape, seed: number): Matrix {
  const { nRows, nColumns: d } = X;
  const random = createRandom(seed);
  const data = new Float64Array(nRows * d);
  const spreads = ties.variances.map(Math.sqrt);
  for (let i = 0; i < nRows; i++)
    for (let a = 0; a < d; a++) {
      const step = random.normal() * spreads[a]!;
      for (let j = 0; j < d; j++) data[i * d + j]! += step * ties.axes[a * d + j]!;
    }
  humps.forEach((hump, j) => {
    rankValues(readColumn({ data, nRows, nColumns: d }, j)).forEach((rank, i) => {
      data[i * d + j] = readHump(hump, (rank + random.next()) / nRows);
    });
  });
  for (const block of blocks)
    for (let i = 0; i < nRows; i++) {
      const from = random.below(nRows) * d;
      for (const j of block) data[i * d + j] = X.data[from + j]!;
    }
  return { data, nRows, nColumns: d };
}

/** The silhouette of quick k-means for each size. */
const measureClearness = (X: Matrix, sizes: number[], seed: number, nInit: number): number[] =>
  silhouettes(
    X,
    sizes.map((k) => clusterQuickly(X, k, seed, nInit, 15).labels),
    seed,
  );

const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Compares the silhouette at each size with that of data of the same shape in which every column has one hump: skew,
 * heaps of equal values and correlation alone make no groups. On at most 500 rows, seeded. `blocks` are columns that
 * are values of one category.
 */
export function compareWithNull(
  X: Matrix,
  blocks: number[][],
  sizes: number[],
  seed: number,
  report: Report,
): NullComparison[] {
  const rows = takeRows(X, sampleRows(X.nRows, compareRows, seed));
  const feasible = sizes.filter((k) => k < rows.nRows);
  const found = measureClearness(rows, feasible, seed, 4);
  const shape = learnShape(rows, blocks, seed);
  const runs = Array.from({ length: nSimulations }, (_, b) => {
    report(b / nSimulations, 'comparing with data that has no groups');
    return measureClearness(drawWithoutGroups(shape, seed + 7_919 * (b + 1)), feasible, seed + b, 2);
  });
  return feasible.map((nClusters, i) => {
    const usual = meanOf(runs.map((run) => run[i]!));
    const variance = runs.reduce((sum, run) => sum + (run[i]! - usual) ** 2, 0) / (nSimulations - 1);
    return { nClusters, silhouette: found[i]!, usual, spread: Math.max(leastSpread, Math.sqrt(variance)) };
  });
}
