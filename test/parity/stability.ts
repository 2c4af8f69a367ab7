// Stability by bootstrap Jaccard (Hennig 2007) and prediction strength (Tibshirani and Walther 2005) beside scikit-learn's
// k-means and fpc 2.2.10. Both sides draw at random: 0.03 is how far two such experiments lie apart.
import { countLabels } from '../../src/core/3-models/clusters/indices';
import { kmeans } from '../../src/core/3-models/clusters/kmeans';
import { predictionStrength } from '../../src/core/3-models/clusters/prediction-strength';
import { bootstrapStability, clusterByMeans } from '../../src/core/3-models/clusters/stability';
import type { Matrix } from '../../src/core/kit/matrix';
import { readSharedJson } from '../fixtures/reference';
import { about, type Comparison, type Section } from './comparison';
import { mallRows, retailRows, wholesaleRows } from './standard-rows';

type Known = {
  bootstrap_stability: { k: number; jaccard_mean_by_cluster_size_desc: number[] }[];
  prediction_strength: { k: number; prediction_strength_mean: number }[];
};

const nResamples = 50;
const nStarts = 10;

/** Cluster-wise stability, clusters from the largest to the smallest. */
function measureStability(X: Matrix, nClusters: number): number[] {
  const model = kmeans.fit(X, { ...kmeans.defaults, nClusters }, { seed: 42 });
  const labels = kmeans.predict(model, X);
  const sizes = countLabels(labels);
  const stabilities = bootstrapStability(X, labels, clusterByMeans(nClusters, nStarts), nResamples, 1);
  return [...stabilities.keys()].sort((a, b) => sizes[b]! - sizes[a]!).map((c) => stabilities[c]!);
}

function* compareStability(subject: string, X: Matrix, known: Known): Generator<Comparison> {
  const at = about(subject, 'absolute', 0.03);
  for (const { k, jaccard_mean_by_cluster_size_desc: theirs } of known.bootstrap_stability) {
    const ours = measureStability(X, k);
    for (const [c, value] of theirs.entries())
      yield at(`${k} segments: stability of ${c + 1}`, ours[c]!, value);
  }
  const sizes = known.prediction_strength.map(({ k }) => k);
  const strengths = predictionStrength(X, sizes, nResamples, nStarts, 1);
  for (const [i, { k, prediction_strength_mean }] of known.prediction_strength.entries())
    yield at(`${k} segments: prediction strength`, strengths[i]!, prediction_strength_mean);
}

export const stability: Section = {
  name: 'stability',
  *compare() {
    const small = readSharedJson<Record<'wholesale' | 'mall', Known>>('reference/small_clusters.json');
    yield* compareStability('wholesale', wholesaleRows(), small.wholesale);
    yield* compareStability('mall', mallRows(), small.mall);
    yield* compareStability(
      'Online Retail',
      retailRows(),
      readSharedJson<Known>('reference/online_retail_rfm_clusters.json'),
    );
  },
};
