import { encodeLevels, type LevelValues, perLevel } from './encode-levels';
import type { LevelTransform } from './transform';

/** The share of training rows with the same text; missing counts as a text of its own, one never seen is 0. */
export const frequencyEncode: LevelTransform<Record<string, never>, LevelValues> = {
  name: 'frequencyEncode',
  defaults: {},
  fit(coded) {
    const { codes } = coded;
    return { values: perLevel(coded, codes.keys(), null, (n) => n / codes.length), unseen: 0 };
  },
  transform: (model, coded) => [encodeLevels(model, coded)],
};
