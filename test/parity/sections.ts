import { startTensors } from '../fixtures/tensors';
import { clusters } from './clusters';
import type { Section } from './comparison';

export { distance, holds } from './comparison';
export const start = startTensors;

/** Every field with figures of trusted software, one line each. */
export const sections: Section[] = [clusters];
