export type SeparationStrength = 'could be chance' | 'hardly' | 'a little' | 'clearly' | 'strongly';

/** One trait of one segment set against all other customers. */
export type Separation = {
  segment: number;
  feature: string;
  label: string;
  measure: 'cliffsDelta' | 'cramersV';
  /** -1..1, positive = the segment has more: Cliff's delta of a number, signed Cramér's V of a flag. */
  effect: number;
  p: number;
  /** p adjusted for all traits and segments looked at: among those up to 0.05 at most 5% are false. */
  q: number;
  strength: SeparationStrength;
  /** The segment's and the others' middle value, or the share that has a flag; null where nothing is known. */
  own: number | null;
  others: number | null;
  sentence: string;
};

/** A segment beside its nearest one: what they differ most in. */
export type Contrast = {
  segment: number;
  nearest: number;
  traits: { feature: string; label: string; effect: number; own: number | null; others: number | null }[];
  sentence: string;
};
