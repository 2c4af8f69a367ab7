// k-means and its indices beside scikit-learn 1.2.1 (best of 20 starts; Online Retail: best of 60).
import { calinskiHarabasz, daviesBouldin } from '../../src/core/3-models/clusters/dispersion';
import { adjustedRand, silhouettes } from '../../src/core/3-models/clusters/indices';
import { kmeans } from '../../src/core/3-models/clusters/kmeans';
import { mutualInformation } from '../../src/core/3-models/clusters/mutual-information';
import type { Matrix } from '../../src/core/kit/matrix';
import { readSharedJson, readSharedTable } from '../fixtures/reference';
import { about, type Comparison, type Section } from './comparison';
import { mallRows, retailRows, wholesaleRows } from './standard-rows';

type Known = {
  k: number;
  inertia: number;
  silhouette_all: number;
  calinski_harabasz: number;
  davies_bouldin: number;
};

/** The same optimum as the reference's, to rounding: only then can figures of the labels be compared. */
const sameInertia = 1e-11;

function* compareKmeans(
  subject: string,
  X: Matrix,
  known: Known[],
  bestInertia: (k: number) => number,
): Generator<Comparison> {
  for (const { k, inertia, silhouette_all, calinski_harabasz, davies_bouldin } of known) {
    const model = kmeans.fit(X, { ...kmeans.defaults, nClusters: k }, { seed: 42 });
    const of = `${k} segments, k-means`;
    yield about(subject, 'not above, relative', 1e-3)(`${of} inertia`, model.inertia, bestInertia(k));
    if (Math.abs(model.inertia / inertia - 1) > sameInertia) continue;
    const labels = kmeans.predict(model, X);
    const exact = about(subject, 'relative', 1e-9);
    yield exact(`${of} silhouette`, silhouettes(X, [labels], 0)[0]!, silhouette_all);
    yield exact(`${of} Calinski-Harabasz`, calinskiHarabasz(X, labels), calinski_harabasz);
    yield exact(`${of} Davies-Bouldin`, daviesBouldin(X, labels), davies_bouldin);
  }
}

function* compareLabels(X: Matrix): Generator<Comparison> {
  const expected = readSharedTable('reference/online_retail_kmeans_labels.csv');
  for (const nClusters of [3, 4, 5]) {
    const model = kmeans.fit(X, { ...kmeans.defaults, nClusters }, { seed: 7 });
    const theirs = Int32Array.from(expected, (row) => Number(row[`k${nClusters}`]));
    const ours = adjustedRand(kmeans.predict(model, X), theirs);
    yield about('Online Retail', 'not below', 0.02)(`${nClusters} segments, same customers (ARI)`, ours, 1);
  }
}

/** R 4.2.2's kmeans, best of 50 and 100 starts. */
function* compareWithR(
  subject: string,
  X: Matrix,
  known: { k: number; inertia: number }[],
): Generator<Comparison> {
  for (const { k, inertia } of known) {
    const model = kmeans.fit(X, { ...kmeans.defaults, nClusters: k }, { seed: 42 });
    yield about(subject, 'not above, relative', 1e-3)(`${k} segments, inertia, R`, model.inertia, inertia);
  }
}

/** Groups that come with the data beside those found. */
function* compareChannels(X: Matrix): Generator<Comparison> {
  const { wholesale } = readSharedJson<{
    wholesale: { channel_vs_k2: Record<'ari' | 'ami' | 'nmi', number> };
  }>('reference/small_clusters.json');
  const rows = readSharedTable('data/wholesale-customers/Wholesale customers data.csv');
  const channel = Int32Array.from(rows, (row) => Number(row['Channel']));
  const model = kmeans.fit(X, { ...kmeans.defaults, nClusters: 2 }, { seed: 42 });
  const labels = kmeans.predict(model, X);
  const found = mutualInformation(channel, labels);
  const exact = about('wholesale channels and 2 segments', 'relative', 1e-9);
  yield exact('adjusted Rand', adjustedRand(channel, labels), wholesale.channel_vs_k2.ari);
  yield exact('adjusted mutual information', found.adjusted, wholesale.channel_vs_k2.ami);
  yield exact('normalised mutual information', found.normalised, wholesale.channel_vs_k2.nmi);
}

export const clusters: Section = {
  name: 'clusters',
  *compare() {
    const retail = readSharedJson<{
      kmeans_best_of_20: Known[];
      kmeans_inertia_best_of_60: Record<string, number>;
    }>('reference/online_retail_rfm_clusters.json');
    const X = retailRows();
    yield* compareKmeans('Online Retail', X, retail.kmeans_best_of_20, (k) =>
      Math.min(
        retail.kmeans_inertia_best_of_60[k]!,
        retail.kmeans_best_of_20.find((one) => one.k === k)!.inertia,
      ),
    );
    yield* compareLabels(X);
    const small = readSharedJson<Record<'wholesale' | 'mall', { kmeans: Known[] }>>(
      'reference/small_clusters.json',
    );
    for (const [subject, rows] of [
      ['wholesale', wholesaleRows()],
      ['mall', mallRows()],
    ] as const) {
      const { kmeans: known } = small[subject];
      yield* compareKmeans(subject, rows, known, (k) => known.find((one) => one.k === k)!.inertia);
    }
    yield* compareChannels(wholesaleRows());
    const r = readSharedJson<
      Record<'online_retail_kmeans' | 'wholesale_kmeans', { k: number; inertia: number }[]>
    >('reference/r_crosscheck.json');
    yield* compareWithR('Online Retail', X, r.online_retail_kmeans);
    yield* compareWithR('wholesale', wholesaleRows(), r.wholesale_kmeans);
  },
};
