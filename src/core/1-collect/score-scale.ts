import type { Column } from './read-table';
import { headerWords } from './role-words';

export type Scale = { kind: 'nps' | 'rating'; min: number; max: number };

const recommending =
  /\b(nps|net promoter|recommend\w*|weiterempf\w*|empfehl\w*|recommand\w*|recomend\w*|aanbevel\w*|aanraden)\b/;
const ends = [5, 7, 10, 100];
/** A scale must hold all but so many of the answers; the rest (99 for "no answer") is left empty. */
const MAX_OUTSIDE = 0.02;

/** What the scores mean: 0 to 10 for "would you recommend us", else a rating that ends at 5, 7, 10 or 100. */
export function scaleOf(column: Column | undefined, fileName: string): Scale {
  const values = column?.numbers?.values;
  if (!column || !values) return { kind: 'rating', min: 1, max: 5 };
  const holds = (min: number, max: number): boolean => {
    let inside = 0;
    let all = 0;
    values.forEach((value, code) => {
      if (Number.isNaN(value)) return;
      all += column.profile.counts[code]!;
      if (value >= min && value <= max) inside += column.profile.counts[code]!;
    });
    return inside >= all * (1 - MAX_OUTSIDE);
  };
  const isAsked = recommending.test(column.words) || recommending.test(headerWords(fileName));
  const hasBothEnds = values.includes(0) && values.includes(10);
  const isWhole = values.every((value) => Number.isNaN(value) || Number.isInteger(value));
  const isFive = holds(0, 5) && !recommending.test(column.words);
  if ((isAsked || hasBothEnds) && isWhole && holds(0, 10) && !isFive) return { kind: 'nps', min: 0, max: 10 };
  const min = values.includes(0) ? 0 : 1;
  const max = ends.find((end) => holds(min, end)) ?? Math.max(...values.filter((v) => !Number.isNaN(v)));
  return { kind: 'rating', min, max };
}
