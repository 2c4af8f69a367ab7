// Golden numbers: ../shared/reference, made with scikit-learn 1.2.1 and R's fpc 2.2.10 (see its README for rules and tolerances).
import { describe, expect, test } from 'vitest';
import { calinskiHarabasz, daviesBouldin } from '../../src/core/3-models/clusters/dispersion';
import { countLabels, silhouetteRows } from '../../src/core/3-models/clusters/indices';
import { kmeans } from '../../src/core/3-models/clusters/kmeans';
import { mutualInformation } from '../../src/core/3-models/clusters/mutual-information';
import { predictionStrength } from '../../src/core/3-models/clusters/prediction-strength';
import { bootstrapStability, clusterByMeans } from '../../src/core/3-models/clusters/stability';
import { fitColumn, transformColumns } from '../../src/core/3-models/standardise';
import type { Matrix } from '../../src/core/kit/matrix';
import { readSharedJson, readSharedTable } from '../fixtures/reference';

type Known = {
  kmeans: { k: number; inertia: number; calinski_harabasz: number; davies_bouldin: number }[];
  bootstrap_stability: { k: number; jaccard_mean_by_cluster_size_desc: number[] }[];
  prediction_strength: { k: number; prediction_strength_mean: number }[];
};

const spend = ['Fresh', 'Milk', 'Grocery', 'Frozen', 'Detergents_Paper', 'Delicassen'];
const small = () => readSharedJson<{ wholesale: Known; mall: Known }>('reference/small_clusters.json');

function standardise(file: string, names: string[]): Matrix {
  const rows = readSharedTable(file);
  const columns = names.map((name) => Float64Array.from(rows, (row) => Number(row[name])));
  return transformColumns(
    columns.map((values, j) => fitColumn(names[j]!, values)),
    columns,
  );
}

const wholesale = () => standardise('data/wholesale-customers/Wholesale customers data.csv', spend);
const mall = () => standardise('data/mall-customers/Mall_Customers.csv', ['Annual_Income', 'Spending_Score']);
const onlineRetail = () =>
  standardise('reference/online_retail_rfm.csv', ['recency_days', 'frequency_invoices', 'monetary']);

function knownOnlineRetail(): Known {
  const known = readSharedJson<Known & { kmeans_best_of_20: Known['kmeans'] }>(
    'reference/online_retail_rfm_clusters.json',
  );
  return { ...known, kmeans: known.kmeans_best_of_20 };
}

const cluster = (X: Matrix, nClusters: number) => {
  const model = kmeans.fit(X, { ...kmeans.defaults, nClusters }, { seed: 42 });
  return { labels: kmeans.predict(model, X), inertia: model.inertia };
};

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Cluster-wise stability, clusters from the largest to the smallest. */
function measureStability(X: Matrix, nClusters: number): number[] {
  const { labels } = cluster(X, nClusters);
  const sizes = countLabels(labels);
  const stabilities = bootstrapStability(
    X,
    labels,
    clusterByMeans(nClusters, 10),
    X.nRows < 1000 ? 200 : 50,
    1,
  );
  return [...stabilities.keys()].sort((a, b) => sizes[b]! - sizes[a]!).map((c) => stabilities[c]!);
}

describe('small arrays', () => {
  test('silhouetteRows, calinskiHarabasz and daviesBouldin equal scikit-learn', () => {
    const { cluster_quality: known } = readSharedJson<{
      cluster_quality: {
        points: number[][];
        labels: number[];
        silhouette_each: number[];
        calinski_harabasz: number;
        davies_bouldin: number;
      };
    }>('reference/small_arrays.json');
    const X = { data: Float64Array.from(known.points.flat()), nRows: 10, nColumns: 2 };
    const labels = Int32Array.from(known.labels);
    const [each] = silhouetteRows(X, [labels]);
    known.silhouette_each.forEach((value, i) => expect(each![i]).toBeCloseTo(value, 9));
    expect(calinskiHarabasz(X, labels)).toBeCloseTo(known.calinski_harabasz, 9);
    expect(daviesBouldin(X, labels)).toBeCloseTo(known.davies_bouldin, 9);
  });

  test('mutualInformation equals scikit-learn', () => {
    const { cluster_agreement: known } = readSharedJson<{
      cluster_agreement: { a: number[]; b: number[]; ami_arithmetic: number; nmi_arithmetic: number };
    }>('reference/small_arrays.json');
    const found = mutualInformation(Int32Array.from(known.a), Int32Array.from(known.b));
    expect(found.adjusted).toBeCloseTo(known.ami_arithmetic, 9);
    expect(found.normalised).toBeCloseTo(known.nmi_arithmetic, 9);
  });
});

test('mutualInformation of the wholesale channels and 2 segments equals scikit-learn', () => {
  const { wholesale: known } = readSharedJson<{
    wholesale: { channel_vs_k2: { ami: number; nmi: number } };
  }>('reference/small_clusters.json');
  const rows = readSharedTable('data/wholesale-customers/Wholesale customers data.csv');
  const channel = Int32Array.from(rows, (row) => Number(row['Channel']));
  const found = mutualInformation(channel, cluster(wholesale(), 2).labels);
  expect(found.adjusted).toBeCloseTo(known.channel_vs_k2.ami, 9);
  expect(found.normalised).toBeCloseTo(known.channel_vs_k2.nmi, 9);
});

test.each([
  ['Online Retail', onlineRetail, knownOnlineRetail],
  ['wholesale', wholesale, () => small().wholesale],
  ['mall', mall, () => small().mall],
])(
  'calinskiHarabasz and daviesBouldin equal scikit-learn wherever the clusters are the same: %s',
  (_, read, known) => {
    const X = read();
    let nSame = 0;
    for (const { k, inertia, calinski_harabasz, davies_bouldin } of known().kmeans) {
      const found = cluster(X, k);
      if (Math.abs(found.inertia / inertia - 1) > 1e-11) continue;
      nSame++;
      expect(calinskiHarabasz(X, found.labels) / calinski_harabasz).toBeCloseTo(1, 9);
      expect(daviesBouldin(X, found.labels) / davies_bouldin).toBeCloseTo(1, 9);
    }
    expect(nSame).toBeGreaterThan(0);
  },
);

// Two resampling experiments of 50 to 200 draws differ by chance as well: where clusters come and go from draw to draw
// only their mean is held to the reference's tolerance of 0.03.
test.each([
  ['Online Retail', onlineRetail, knownOnlineRetail, [2, 3, 5]],
  ['wholesale', wholesale, () => small().wholesale, [2, 3, 4]],
  ['mall', mall, () => small().mall, [3, 5, 6]],
] as const)('bootstrapStability is that of the reference: %s', (_, read, known, sizes) => {
  const X = read();
  for (const k of sizes) {
    const theirs = known().bootstrap_stability.find((row) => row.k === k)!.jaccard_mean_by_cluster_size_desc;
    const ours = measureStability(X, k);
    expect(Math.abs(mean(ours) - mean(theirs)), `${k} clusters`).toBeLessThan(0.03);
    ours.forEach((value, c) => {
      if (theirs[c]! >= 0.75) expect(Math.abs(value - theirs[c]!), `${k}, ${c}`).toBeLessThan(0.03);
    });
  }
});

test.each([
  ['Online Retail', onlineRetail, knownOnlineRetail, [2, 3, 4, 5], 20],
  ['wholesale', wholesale, () => small().wholesale, [2, 4, 5], 60],
  ['mall', mall, () => small().mall, [2, 3, 4, 5, 6, 7], 60],
] as const)('predictionStrength is that of the reference: %s', (_, read, known, sizes, nSplits) => {
  const found = predictionStrength(read(), [...sizes], nSplits, 10, 1);
  sizes.forEach((k, i) => {
    const theirs = known().prediction_strength.find((row) => row.k === k)!.prediction_strength_mean;
    expect(Math.abs(found[i]! - theirs), `${k} clusters`).toBeLessThan(0.03);
  });
});
