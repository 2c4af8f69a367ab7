import type { Coded } from '../../1-collect/canonical';
import type { LevelTransform } from './transform';

/** One column of 0 and 1 for each text seen, by code point; a text never seen, or none, is 0 in all of them. */
export const oneHot: LevelTransform<Record<string, never>, { levels: string[] }> = {
  name: 'oneHot',
  defaults: {},
  fit: (coded) => ({ levels: levelsSeen(coded) }),
  transform({ levels }, { codes, levels: own }) {
    return levels.map((level) => {
      const code = own.indexOf(level);
      return Float64Array.from(codes, (each) => (each >= 0 && each === code ? 1 : 0));
    });
  },
};

/** The texts that rows have, in the order of their code units. */
const levelsSeen = ({ codes, levels }: Coded): string[] =>
  [...new Set(codes)]
    .filter((code) => code >= 0)
    .map((code) => levels[code]!)
    .sort((a, b) => (a < b ? -1 : 1));
