import { startTensors } from '../fixtures/tensors';
import { arrays } from './arrays';
import { clusters } from './clusters';
import type { Section } from './comparison';
import { drift } from './drift';
import { mixtures } from './mixtures';
import { propensity, propensityFolds } from './propensity';
import { stability } from './stability';
import { value } from './value';

export { distance, holds } from './comparison';
export const start = startTensors;

/** Every field with figures of trusted software, one line each. */
export const sections: Section[] = [
  arrays,
  clusters,
  mixtures,
  stability,
  propensity,
  propensityFolds,
  value,
  drift,
];
