// Golden numbers: ../shared/reference, made with scikit-learn 1.2.1, scipy 1.10.1 and R's mclust 6.0.0 (see its README).
import { describe, expect, test } from 'vitest';
import type { CovarianceKind } from '../../src/core/3-models/clusters/covariances';
import { gaussianMixture, predictProba } from '../../src/core/3-models/clusters/gaussian-mixture';
import { adjustedRand } from '../../src/core/3-models/clusters/indices';
import { kmeans } from '../../src/core/3-models/clusters/kmeans';
import { ward } from '../../src/core/3-models/clusters/ward';
import { fitColumn, transformColumns } from '../../src/core/3-models/standardise';
import type { Matrix } from '../../src/core/kit/matrix';
import { readSharedJson, readSharedTable } from '../fixtures/reference';

type Known = {
  covariance: CovarianceKind;
  k: number;
  loglik_total: number;
  bic: number;
  n_parameters: number;
};

function loadColumns(path: string, names: string[]): Matrix {
  const rows = readSharedTable(path);
  const columns = names.map((name) => Float64Array.from(rows, (row) => Number(row[name])));
  return transformColumns(
    names.map((name, j) => fitColumn(name, columns[j]!)),
    columns,
  );
}

const retail = () =>
  loadColumns('reference/online_retail_rfm.csv', ['recency_days', 'frequency_invoices', 'monetary']);
const wholesale = () =>
  loadColumns('data/wholesale-customers/Wholesale customers data.csv', [
    'Fresh',
    'Milk',
    'Grocery',
    'Frozen',
    'Detergents_Paper',
    'Delicassen',
  ]);
const mall = () => loadColumns('data/mall-customers/Mall_Customers.csv', ['Annual_Income', 'Spending_Score']);

const fitMixture = (X: Matrix, covariance: CovarianceKind, nClusters: number) =>
  gaussianMixture.fit(X, { ...gaussianMixture.defaults, covariance, nClusters }, { seed: 42 });

/** At least the likelihood known, but for the last steps of EM; the BIC is at most the one known where that is so. */
function expectAtLeast(X: Matrix, known: Known[]) {
  for (const { covariance, k, loglik_total, n_parameters, bic } of known) {
    const model = fitMixture(X, covariance, k);
    const what = `${covariance}, ${k} components`;
    expect(model.nParameters, what).toBe(n_parameters);
    expect(model.logLikelihood, what).toBeGreaterThan(loglik_total - 0.01);
    expect(model.bic, what).toBeLessThan(bic + 0.02);
  }
}

describe('gaussianMixture', () => {
  type Small = Record<'wholesale' | 'mall', { gmm: Known[] }>;
  const small = () => readSharedJson<Small>('reference/small_clusters.json');

  test('reaches the likelihoods of scikit-learn on the wholesale and the mall customers', () => {
    expectAtLeast(wholesale(), small().wholesale.gmm);
    expectAtLeast(mall(), small().mall.gmm);
  });

  test('reaches the likelihoods of scikit-learn on Online Retail, and says where a component collapsed', () => {
    const { gmm } = readSharedJson<{ gmm: Known[] }>('reference/online_retail_rfm_clusters.json');
    const X = retail();
    expectAtLeast(
      X,
      gmm.filter(({ k }) => k === 1 || k === 3 || k === 5),
    );
    expect(fitMixture(X, 'full', 4).collapsed.length).toBeGreaterThan(0);
    expect(fitMixture(X, 'tied', 4).collapsed).toEqual([]);
  });

  test('reaches the likelihoods of mclust, whose BIC has the other sign', () => {
    const kinds = { VVV: 'full', VVI: 'diag', EEE: 'tied', VII: 'spherical' } as const;
    const { wholesale_mclust } = readSharedJson<{
      wholesale_mclust: { bic: Record<keyof typeof kinds, Record<string, number>> };
    }>('reference/r_crosscheck.json');
    const X = wholesale();
    for (const [name, kind] of Object.entries(kinds))
      for (const [k, bic] of Object.entries(wholesale_mclust.bic[name as keyof typeof kinds]))
        expect(-fitMixture(X, kind, Number(k)).bic, `${name} ${k}`).toBeGreaterThan(bic - 0.02);
  });

  test('memberships of every row sum to 1', () => {
    const X = wholesale();
    const shares = predictProba(fitMixture(X, 'full', 3), X);
    for (let i = 0; i < X.nRows; i++)
      expect(Math.abs(shares[3 * i]! + shares[3 * i + 1]! + shares[3 * i + 2]! - 1)).toBeLessThan(1e-9);
  });
});

test("ward cuts Online Retail as scipy's tree does: the same sizes, the same agreement with k-means", () => {
  const known = readSharedJson<{
    ward: { sizes_desc: Record<string, number[]>; ari_with_kmeans: Record<string, number> };
  }>('reference/online_retail_rfm_clusters.json').ward;
  const X = retail();
  for (const nClusters of [2, 3, 4, 5, 6]) {
    const model = ward.fit(X, { ...ward.defaults, nClusters }, { seed: 42 });
    const labels = ward.predict(model, X);
    const sizes = new Array<number>(nClusters).fill(0);
    labels.forEach((label) => (sizes[label]! += 1));
    expect(sizes).toEqual(known.sizes_desc[nClusters]);
    const theirs = kmeans.predict(kmeans.fit(X, { ...kmeans.defaults, nClusters }, { seed: 42 }), X);
    expect(adjustedRand(labels, theirs)).toBeCloseTo(known.ari_with_kmeans[nClusters]!, 2);
  }
});
