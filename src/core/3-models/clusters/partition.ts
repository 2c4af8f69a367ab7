import type { Matrix } from '../../kit/matrix';
import type { ClusterAlgorithm, Estimator, Report } from '../estimator';
import { takeRows } from '../rows';
import { averageMembers, measureInertia } from './centroids';
import { density } from './density';
import { gaussianMixture } from './gaussian-mixture';
import { countLabels } from './indices';
import { kPrototypes, usualGamma } from './k-prototypes';
import { kmeans } from './kmeans';
import { miniBatchKmeans } from './mini-batch-kmeans';
import type { CategoryColumn, MixedMatrix } from './mixed-rows';
import { clusterByMeans, type Cluster } from './stability';
import { ward } from './ward';

/** A way to cluster; `blocks` are columns that are the values of one category each. Rough: a mixture from fewer starts. */
export type Way = { algorithm: ClusterAlgorithm; blocks: number[][]; isRough?: boolean };

/** Customers in clusters, however found: -1 = in none. `inertia` is about the clusters' means, over those in one. */
export type Partition = { labels: Int32Array; centroids: number[][]; inertia: number };

type Fit = (X: Matrix, nClusters: number, seed: number, report?: Report) => (rows: Matrix) => Int32Array;

const run = (seed: number, report?: Report) => (report ? { seed, report } : { seed });

/** Any way to cluster, seen alike: fitted on X, it tells the cluster of each row. */
const by =
  <P extends { nClusters: number }, M>(estimator: Estimator<P, M, Int32Array>, own?: Partial<P>): Fit =>
  (X, nClusters, seed, report) => {
    const model = estimator.fit(X, { ...estimator.defaults, ...own, nClusters }, run(seed, report));
    return (rows) => estimator.predict(model, rows);
  };

const byDensity: Fit = (X, _nClusters, seed, report) => {
  const model = density.fit(X, density.defaults, run(seed, report));
  return (rows) => density.predict(model, rows);
};

/** Flags that are values of one category as that category; a standardised flag that is set lies above 0. */
function joinFlags(X: Matrix, blocks: number[][]): MixedMatrix {
  const isFlag = new Set(blocks.flat());
  const numbers = Array.from({ length: X.nColumns }, (_, j) => j).filter((j) => !isFlag.has(j));
  const data = new Float64Array(X.nRows * numbers.length);
  for (let i = 0; i < X.nRows; i++)
    numbers.forEach((j, to) => (data[i * numbers.length + to] = X.data[i * X.nColumns + j]!));
  const categories = blocks.map((block): CategoryColumn => {
    const codes = Int32Array.from({ length: X.nRows }, (_, i) => {
      const set = block.findIndex((j) => X.data[i * X.nColumns + j]! > 0);
      return set < 0 ? block.length : set;
    });
    return { codes, levels: [...block.map(String), 'none of them'] };
  });
  return { data, nRows: X.nRows, nColumns: numbers.length, categories };
}

const roughMixture = by(gaussianMixture, { nInit: 3, maxIter: 100, tol: 1e-4 });

function fitterOf({ algorithm, blocks, isRough }: Way): Fit {
  if (isRough && algorithm === 'gaussianMixture') return roughMixture;
  if (algorithm !== 'kPrototypes') return fits[algorithm];
  return (X, nClusters, seed, report) => {
    const tell = by(kPrototypes)(joinFlags(X, blocks), nClusters, seed, report);
    return (rows) => tell(joinFlags(rows, blocks));
  };
}

const fits: Record<Exclude<ClusterAlgorithm, 'kPrototypes'>, Fit> = {
  kmeans: by(kmeans),
  miniBatchKmeans: by(miniBatchKmeans),
  gaussianMixture: by(gaussianMixture),
  ward: by(ward),
  density: byDensity,
};

/** Labels renumbered 0..k-1 in their order, without the numbers that no row has; -1 stays. */
function closeGaps(labels: Int32Array): { labels: Int32Array; nClusters: number } {
  let next = 0;
  const renamed = Array.from(countLabels(labels), (size) => (size > 0 ? next++ : -1));
  return { labels: labels.map((label) => (label < 0 ? -1 : renamed[label]!)), nClusters: next };
}

/** What one category that differs costs where categories count as such; null for ways that know only numbers. */
export const gammaOf = ({ algorithm, blocks }: Way, X: Matrix): number | null =>
  algorithm === 'kPrototypes' ? usualGamma(joinFlags(X, blocks)) : null;

/** The rows' clusters, with their means: fewer than asked for when fewer rows differ, any number by density. */
export function partition(way: Way, X: Matrix, nClusters: number, seed: number, report?: Report): Partition {
  const { labels, nClusters: found } = closeGaps(fitterOf(way)(X, nClusters, seed, report)(X));
  const assigned = Int32Array.from(labels.keys()).filter((row) => labels[row]! >= 0);
  const centroids = averageMembers(X, labels, found);
  const inertia = measureInertia(
    takeRows(X, assigned),
    assigned.map((row) => labels[row]!),
    Float64Array.from(centroids.flat()),
  );
  return { labels, centroids, inertia };
}

/** A way to cluster resamples and refits: k-means from `nInit` starts, any other way as it is, a mixture roughly. */
export const clusterBy = (way: Way, nClusters: number, nInit: number): Cluster =>
  way.algorithm === 'kmeans'
    ? clusterByMeans(nClusters, nInit)
    : (rows, all, seed) => fitterOf({ ...way, isRough: true })(rows, nClusters, seed)(all);
