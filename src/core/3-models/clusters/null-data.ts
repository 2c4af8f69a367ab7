import type { Matrix } from '../../kit/matrix';
import { createRandom, type Random } from '../../kit/random';
import type { Report } from '../estimator';
import { silhouettes } from './indices';
import { clusterQuickly } from './lloyd';
import { findComponents, projectRows, type Components } from './principal';
import { quantileSorted } from '../../kit/quantiles';
import { sampleRows, takeRows } from '../rows';

const compareRows = 400;
const simulationsEach = 20;

/** How clear-cut k segments are here, and in data of the same shape but without groups. */
export type NullComparison = {
  nClusters: number;
  silhouette: number;
  /** The silhouette that only one in twenty such data sets would pass. */
  threshold: number;
  /** The mean over the harder kind of such data sets. */
  usual: number;
};

/** Rows from one multivariate normal cloud, or evenly from the box, along the principal axes of the real rows. */
function drawNull(kind: 'cloud' | 'box', scores: Matrix, components: Components, random: Random): Matrix {
  const { nRows, nColumns } = scores;
  const data = new Float64Array(nRows * nColumns);
  const bounds = components.variances.map((_, j) => measureRange(scores, j));
  for (let i = 0; i < nRows; i++)
    for (let j = 0; j < nColumns; j++) {
      const { low, high } = bounds[j]!;
      data[i * nColumns + j] =
        kind === 'cloud'
          ? random.normal() * Math.sqrt(components.variances[j]!)
          : low + (high - low) * random.next();
    }
  return { data, nRows, nColumns };
}

function measureRange(X: Matrix, column: number): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (let i = column; i < X.data.length; i += X.nColumns) {
    low = Math.min(low, X.data[i]!);
    high = Math.max(high, X.data[i]!);
  }
  return { low, high };
}

/** The silhouette of quick k-means for each size. */
const measureClearness = (X: Matrix, sizes: number[], seed: number): number[] =>
  silhouettes(
    X,
    sizes.map((k) => clusterQuickly(X, k, seed, 2, 12).labels),
    seed,
  );

/**
 * Compares the silhouette at each size with that of structureless data: normal with the same covariance, and
 * uniform in the box of the principal axes (Tibshirani, Walther and Hastie 2001). On at most 400 rows, seeded.
 */
export function compareWithNull(X: Matrix, sizes: number[], seed: number, report: Report): NullComparison[] {
  const rows = takeRows(X, sampleRows(X.nRows, compareRows, seed));
  const feasible = sizes.filter((k) => k < rows.nRows);
  const components = findComponents(rows);
  const scores = projectRows(rows, components, rows.nColumns);
  const random = createRandom(seed);
  const found = measureClearness(rows, feasible, seed);
  const simulated = { cloud: [] as number[][], box: [] as number[][] };
  for (let b = 0; b < simulationsEach; b++)
    for (const kind of ['cloud', 'box'] as const) {
      report((b + (kind === 'box' ? 0.5 : 0)) / simulationsEach, 'comparing with data that has no groups');
      simulated[kind].push(measureClearness(drawNull(kind, scores, components, random), feasible, seed + b));
    }
  return feasible.map((nClusters, i) => {
    const values = [simulated.cloud, simulated.box].map((runs) => runs.map((run) => run[i]!));
    return {
      nClusters,
      silhouette: found[i]!,
      threshold: Math.max(...values.map((each) => quantileSorted(Float64Array.from(each).sort(), 0.95))),
      usual: Math.max(...values.map((each) => each.reduce((sum, one) => sum + one, 0) / each.length)),
    };
  });
}
