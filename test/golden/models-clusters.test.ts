// Golden numbers: ../shared/reference, made with scikit-learn 1.2.1 (see its README for rules and tolerances).
import { beforeAll, describe, expect, test } from 'vitest';
import { adjustedRand, silhouettes } from '../../src/core/3-models/clusters/indices';
import { kmeans } from '../../src/core/3-models/clusters/kmeans';
import { fitColumn, transformColumns } from '../../src/core/3-models/standardise';
import { readSharedJson, readSharedTable } from '../fixtures/reference';
import { startTensors } from '../fixtures/tensors';

type Known = { k: number; inertia: number; silhouette_all: number };

beforeAll(startTensors);

const columnsOf = (rows: Record<string, string>[], names: string[]) =>
  names.map((name) => Float64Array.from(rows, (row) => Number(row[name])));

function standardiseColumns(rows: Record<string, string>[], names: string[]) {
  const columns = columnsOf(rows, names);
  const transforms = names.map((name, j) => fitColumn(name, columns[j]!));
  return { X: transformColumns(transforms, columns), transforms };
}

/** Inertia at most 0.1% above the best known, silhouette to 1e-6 where the inertia says the labels are the same. */
function expectClusters(X: ReturnType<typeof transformColumns>, known: Known[], best: (k: number) => number) {
  const labels = known.map(({ k }) => {
    const model = kmeans.fit(X, { ...kmeans.defaults, nClusters: k }, { seed: 42 });
    expect(model.inertia / best(k), `inertia for ${k} segments`).toBeLessThan(1.001);
    return { labels: kmeans.predict(model, X), inertia: model.inertia };
  });
  const found = silhouettes(
    X,
    labels.map((one) => one.labels),
    0,
  );
  let nSame = 0;
  known.forEach(({ inertia, silhouette_all }, i) => {
    if (Math.abs(labels[i]!.inertia / inertia - 1) > 1e-9) return;
    nSame++;
    expect(found[i]).toBeCloseTo(silhouette_all, 6);
  });
  expect(nSame).toBeGreaterThan(0);
}

describe('Online Retail', () => {
  const names = ['recency_days', 'frequency_invoices', 'monetary'];

  test('kmeans reaches the best known inertia for 2 to 10 segments', () => {
    const known = readSharedJson<{
      log1p_mean: number[];
      log1p_sd: number[];
      kmeans_best_of_20: Known[];
      kmeans_inertia_best_of_60: Record<string, number>;
    }>('reference/online_retail_rfm_clusters.json');
    const { X, transforms } = standardiseColumns(readSharedTable('reference/online_retail_rfm.csv'), names);
    transforms.forEach(({ log, mean, sd }, j) => {
      expect(log).toBe(true);
      expect(mean).toBeCloseTo(known.log1p_mean[j]!, 9);
      expect(sd).toBeCloseTo(known.log1p_sd[j]!, 9);
    });
    expectClusters(X, known.kmeans_best_of_20, (k) => known.kmeans_inertia_best_of_60[k]!);
  });

  test('kmeans finds the same 3, 4 and 5 segments as scikit-learn', () => {
    const { X } = standardiseColumns(readSharedTable('reference/online_retail_rfm.csv'), names);
    const expected = readSharedTable('reference/online_retail_kmeans_labels.csv');
    for (const nClusters of [3, 4, 5]) {
      const model = kmeans.fit(X, { ...kmeans.defaults, nClusters }, { seed: 7 });
      const theirs = Int32Array.from(expected, (row) => Number(row[`k${nClusters}`]));
      expect(adjustedRand(kmeans.predict(model, X), theirs)).toBeGreaterThan(0.98);
    }
  });
});

describe('small data sets', () => {
  type Small = { kmeans: Known[]; mean?: number[]; sd?: number[] };
  const known = () => readSharedJson<{ wholesale: Small; mall: Small }>('reference/small_clusters.json');

  test('kmeans reaches the best known inertia on the wholesale customers', () => {
    const { wholesale } = known();
    const rows = readSharedTable('data/wholesale-customers/Wholesale customers data.csv');
    const names = ['Fresh', 'Milk', 'Grocery', 'Frozen', 'Detergents_Paper', 'Delicassen'];
    const { X, transforms } = standardiseColumns(rows, names);
    expect(transforms.every(({ log }) => log)).toBe(true);
    transforms.forEach(({ mean }, j) => expect(mean).toBeCloseTo(wholesale.mean![j]!, 9));
    expectClusters(X, wholesale.kmeans, (k) => wholesale.kmeans.find((row) => row.k === k)!.inertia);
  });

  test('kmeans reaches the best known inertia on the mall customers', () => {
    const { mall } = known();
    const rows = readSharedTable('data/mall-customers/Mall_Customers.csv');
    const { X, transforms } = standardiseColumns(rows, ['Annual_Income', 'Spending_Score']);
    expect(transforms.some(({ log }) => log)).toBe(false);
    expectClusters(X, mall.kmeans, (k) => mall.kmeans.find((row) => row.k === k)!.inertia);
  });
});
