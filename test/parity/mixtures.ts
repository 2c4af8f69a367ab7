// Gaussian mixtures beside scikit-learn 1.2.1 (10 starts) and mclust 6.0.0, Ward's tree beside scikit-learn.
import { adjustedRand, countLabels } from '../../src/core/3-models/clusters/indices';
import type { CovarianceKind } from '../../src/core/3-models/clusters/covariances';
import { gaussianMixture } from '../../src/core/3-models/clusters/gaussian-mixture';
import { kmeans } from '../../src/core/3-models/clusters/kmeans';
import { cutTree, growTree } from '../../src/core/3-models/clusters/ward';
import type { Matrix } from '../../src/core/kit/matrix';
import { readSharedJson } from '../fixtures/reference';
import { about, type Comparison, type Section } from './comparison';
import { mallRows, retailRows, wholesaleRows } from './standard-rows';

type Mixture = {
  covariance: CovarianceKind;
  k: number;
  loglik_total: number;
  bic: number;
  n_parameters: number;
};

const fit = (X: Matrix, covariance: CovarianceKind, nClusters: number) =>
  gaussianMixture.fit(X, { ...gaussianMixture.defaults, covariance, nClusters }, { seed: 42 });

/** Local optima: at or above the log-likelihood given is right. */
function* compareMixtures(subject: string, X: Matrix, known: Mixture[]): Generator<Comparison> {
  for (const { covariance, k, loglik_total, bic, n_parameters } of known) {
    const ours = fit(X, covariance, k);
    const of = `${k} ${covariance}`;
    yield about(subject, 'not below', 1e-2)(`${of}: log-likelihood`, ours.logLikelihood, loglik_total);
    yield about(subject, 'not above', 2e-2)(`${of}: BIC`, ours.bic, bic);
    yield about(subject, 'absolute', 0)(`${of}: parameters`, ours.nParameters, n_parameters);
  }
}

/** mclust counts no floor under the variances and gives BIC the other sign. */
function* compareMclust(X: Matrix): Generator<Comparison> {
  const { wholesale_mclust } = readSharedJson<{
    wholesale_mclust: { bic: Record<string, Record<string, number>> };
  }>('reference/r_crosscheck.json');
  const kinds = { VVV: 'full', VVI: 'diag', EEE: 'tied', VII: 'spherical' } as const;
  for (const [name, covariance] of Object.entries(kinds))
    for (const [k, bic] of Object.entries(wholesale_mclust.bic[name]!)) {
      const ours = fit(X, covariance, Number(k));
      yield about('wholesale, mclust', 'not above, relative', 1e-5)(`${k} ${name}: BIC`, ours.bic, -bic);
    }
}

function* compareWard(X: Matrix): Generator<Comparison> {
  const { ward } = readSharedJson<{
    ward: { ari_with_kmeans: Record<string, number>; sizes_desc: Record<string, number[]> };
  }>('reference/online_retail_rfm_clusters.json');
  const tree = growTree(X);
  for (const [k, sizes] of Object.entries(ward.sizes_desc)) {
    const labels = cutTree(tree, X.nRows, Number(k));
    const ours = [...countLabels(labels)].sort((a, b) => b - a);
    for (const [i, size] of sizes.entries())
      yield about('Online Retail, Ward', 'absolute', 0)(`${k} segments: size ${i + 1}`, ours[i]!, size);
    const means = kmeans.fit(X, { ...kmeans.defaults, nClusters: Number(k) }, { seed: 42 });
    const agreement = adjustedRand(labels, kmeans.predict(means, X));
    // k-means may stop at an optimum a few customers apart from the reference's.
    yield about('Online Retail, Ward', 'absolute', 0.01)(
      `${k} segments: ARI with k-means`,
      agreement,
      ward.ari_with_kmeans[k]!,
    );
  }
}

export const mixtures: Section = {
  name: 'mixtures',
  isLong: true,
  *compare() {
    const small = readSharedJson<Record<'wholesale' | 'mall', { gmm: Mixture[] }>>(
      'reference/small_clusters.json',
    );
    yield* compareMixtures('wholesale', wholesaleRows(), small.wholesale.gmm);
    yield* compareMixtures('mall', mallRows(), small.mall.gmm);
    yield* compareMclust(wholesaleRows());
    yield* compareWard(retailRows());
    const retail = readSharedJson<{ gmm: Mixture[] }>('reference/online_retail_rfm_clusters.json');
    yield* compareMixtures('Online Retail', retailRows(), retail.gmm);
  },
};
