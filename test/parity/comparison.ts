/** One figure of ours beside trusted software's: how far apart they may be, and whether they are. */
export type Comparison = {
  subject: string;
  figure: string;
  ours: number;
  reference: number;
  /** How the tolerance is read: |ours - reference|, the same over |reference|, or ours no worse than by that much. */
  rule: 'absolute' | 'relative' | 'not below' | 'not above' | 'not above, relative';
  tolerance: number;
};

/** Figures of one field, told one by one because some take seconds. */
export type Section = {
  name: string;
  /** Takes a minute or more: left out of the tests. */
  isLong?: true;
  compare: () => Iterable<Comparison>;
};

/** How far ours is from the reference, as the rule reads it; positive and above the tolerance = does not hold. */
export function distance({ ours, reference, rule }: Comparison): number {
  const gap = ours - reference;
  if (rule === 'absolute') return Math.abs(gap);
  if (rule === 'relative') return Math.abs(gap) / Math.max(Math.abs(reference), Number.MIN_VALUE);
  if (rule === 'not above, relative') return gap / Math.abs(reference);
  return rule === 'not below' ? -gap : gap;
}

/** False for NaN, too. */
export const holds = (one: Comparison): boolean => distance(one) <= one.tolerance;

/** A maker of comparisons about one subject. */
export const about =
  (subject: string, rule: Comparison['rule'], tolerance: number) =>
  (figure: string, ours: number, reference: number): Comparison => ({
    subject,
    figure,
    ours,
    reference,
    rule,
    tolerance,
  });
