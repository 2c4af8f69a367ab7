import type { FeatureUnit } from '../../2-features/feature-table';
import type { RungName } from '../propensity/rungs';

/** How much say a trait has: mean distance of its part of the log-odds from its middle, with 95% over customers. */
export type TraitSay = {
  feature: string;
  label: string;
  /** About who somebody is, not what they do. */
  isPersonal: boolean;
  value: number;
  low: number;
  high: number;
};

/** Mean likelihood of all customers if everybody had a value of one trait and kept the rest. */
export type TraitCurve = {
  feature: string;
  label: string;
  unit: FeatureUnit;
  /** 'line': values at points; 'steps': flat from each x to the next; 'bars': one value each. */
  form: 'line' | 'steps' | 'bars';
  x: number[];
  /** Where the last step ends. */
  end: number;
  likelihood: number[];
  /** 95%, where the model tells. */
  low: number[] | null;
  high: number[] | null;
  /** Customers at each bar, or in even stretches from the first x to the end. */
  counts: number[];
  missing: { n: number; likelihood: number } | null;
};

/** The same for two traits at once; `likelihood` is row-major by the first one's values. */
export type PairGrid = {
  first: { feature: string; label: string; unit: FeatureUnit; at: number[] };
  second: { feature: string; label: string; unit: FeatureUnit; at: number[] };
  likelihood: number[];
};

/** What a model goes by. `said`: most say first, at most 15; `total` is the say of all traits. */
export type Effects = {
  model: RungName;
  said: TraitSay[];
  total: number;
  curves: TraitCurve[];
  pairs: PairGrid[];
};
