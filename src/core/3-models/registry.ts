import { density } from './clusters/density';
import { gaussianMixture } from './clusters/gaussian-mixture';
import { kPrototypes } from './clusters/k-prototypes';
import { kmeans } from './clusters/kmeans';
import { miniBatchKmeans } from './clusters/mini-batch-kmeans';
import { ward } from './clusters/ward';
import { additive } from './propensity/additive';
import { histogramBoosting } from './propensity/boosting';
import { logistic } from './propensity/logistic';
import { network } from './propensity/network';
import { honestTree } from './rules/honest-tree';

/** Every model of the house, one line each; the contract test runs over this list. */
export const registry = {
  kmeans,
  miniBatchKmeans,
  kPrototypes,
  gaussianMixture,
  ward,
  density,
  logistic,
  additive,
  histogramBoosting,
  network,
  honestTree,
};
