// Stability by bootstrap Jaccard (Hennig 2007) and prediction strength (Tibshirani and Walther 2005) beside scikit-learn's
// k-means. Both sides draw at random.
import { countLabels } from '../../src/core/3-models/clusters/indices';
import { kmeans } from '../../src/core/3-models/clusters/kmeans';
import { predictionStrength } from '../../src/core/3-models/clusters/prediction-strength';
import { bootstrapStability, clusterByMeans } from '../../src/core/3-models/clusters/stability';
import type { Matrix } from '../../src/core/kit/matrix';
import { readSharedJson } from '../fixtures/reference';
import { about, type Comparison, type Section } from './comparison';
import { mallRows, retailRows, wholesaleRows } from './standard-rows';

type Known = {
  kmeans: { k: number; sizes_desc: number[] }[];
  bootstrap_stability: { k: number; jaccard_mean_by_cluster_size_desc: number[] }[];
  prediction_strength: { k: number; prediction_strength_mean: number }[];
};

/** Draws of one experiment of the reference, how many such experiments we make, and how far two of them may lie apart. */
const nDraws = 50;
const nExperiments = 4;
const nStarts = 10;
const usual = 0.03;

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values: number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1));

/** Ours is the mean of the experiments; where they differ much among themselves, so may the reference's one: 3 sd. */
function* compareExperiments(
  subject: string,
  figures: string[],
  experiments: number[][],
  reference: number[],
): Generator<Comparison> {
  for (const [i, value] of reference.entries()) {
    const found = experiments.map((one) => one[i]!);
    yield about(subject, 'absolute', Math.max(usual, 3 * spread(found)))(figures[i]!, mean(found), value);
  }
}

const experimentSeeds = Array.from({ length: nExperiments }, (_, i) => 1000 * (i + 1));

/** Clusters from the largest to the smallest; which is which among those of one size only their stability tells. */
const rank = (sizes: number[], stabilities: number[]): number[] =>
  [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || stabilities[b]! - stabilities[a]!);

/** Cluster-wise stability in each experiment, in the order of `rank`; null at another optimum. */
function measureStabilities(X: Matrix, nClusters: number, sizes: number[]): number[][] | null {
  const model = kmeans.fit(X, { ...kmeans.defaults, nClusters }, { seed: 42 });
  const labels = kmeans.predict(model, X);
  const counts = countLabels(labels);
  const isSame = [...counts].sort((a, b) => b - a).every((size, i) => size === sizes[i]);
  if (!isSame) return null;
  const found = experimentSeeds.map((seed) =>
    bootstrapStability(X, labels, clusterByMeans(nClusters, nStarts), nDraws, seed),
  );
  const order = rank(
    [...counts],
    [...counts.keys()].map((c) => mean(found.map((one) => one[c]!))),
  );
  return found.map((one) => order.map((c) => one[c]!));
}

function* compareStability(subject: string, X: Matrix, known: Known): Generator<Comparison> {
  for (const { k, jaccard_mean_by_cluster_size_desc: bySize } of known.bootstrap_stability) {
    const { sizes_desc } = known.kmeans.find((one) => one.k === k)!;
    const theirs = rank(sizes_desc, bySize).map((c) => bySize[c]!);
    const found = measureStabilities(X, k, sizes_desc);
    const figures = theirs.map((_, c) => `${k} segments: stability of ${c + 1}`);
    if (found) yield* compareExperiments(subject, figures, found, theirs);
  }
  const ks = known.prediction_strength.map(({ k }) => k);
  yield* compareExperiments(
    subject,
    ks.map((k) => `${k} segments: prediction strength`),
    experimentSeeds.map((seed) => predictionStrength(X, ks, nDraws, nStarts, seed)),
    known.prediction_strength.map((one) => one.prediction_strength_mean),
  );
}

export const stability: Section = {
  name: 'stability',
  *compare() {
    const small = readSharedJson<Record<'wholesale' | 'mall', Known>>('reference/small_clusters.json');
    yield* compareStability('wholesale', wholesaleRows(), small.wholesale);
    yield* compareStability('mall', mallRows(), small.mall);
    const retail = readSharedJson<Omit<Known, 'kmeans'> & { kmeans_best_of_20: Known['kmeans'] }>(
      'reference/online_retail_rfm_clusters.json',
    );
    yield* compareStability('Online Retail', retailRows(), { ...retail, kmeans: retail.kmeans_best_of_20 });
  },
};
