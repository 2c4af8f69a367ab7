import { kmeans } from './clusters/kmeans';
import { additive } from './propensity/additive';
import { histogramBoosting } from './propensity/boosting';
import { logistic } from './propensity/logistic';
import { network } from './propensity/network';
import { honestTree } from './rules/honest-tree';

/** Every model of the house, one line each; the contract test runs over this list. */
export const registry = { kmeans, logistic, additive, histogramBoosting, network, honestTree };
