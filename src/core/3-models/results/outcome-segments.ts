import type { Rule } from '../../2-features/rule/rule';

/** A mean or share, between what it lies, and of how many customers it was worked out. */
export type Estimated = { value: number; low: number; high: number; n: number };

/** A group that differs from everybody else in an outcome. */
export type OutcomeGroup = {
  id: number;
  /** All customers it holds, also those the figures were not worked out from. */
  size: number;
  share: number;
  estimate: Estimated;
  /** Group less everybody else: low and high are on one side of zero, whatever the number of groups. */
  difference: Estimated;
  rule: Rule;
  sentence: string;
};

/** Segments made for one outcome. `labels[i]` is the group of `customers[i]`, -1 = no clear difference. */
export type OutcomeSegments = {
  outcome: string;
  unit: 'money' | 'orders' | 'share' | 'number';
  asOf: number | null;
  horizonDays: number | null;
  seed: number;
  nCustomers: number;
  /** Null when nothing could be worked out. */
  overall: Estimated | null;
  /** Highest outcome first; none when no groups differ. */
  groups: OutcomeGroup[];
  others: { size: number; share: number; estimate: Estimated } | null;
  /** One sentence a person can repeat. */
  verdict: string;
  /** Set when nothing can be said: what is missing. */
  blocked: string | null;
  customers: Int32Array;
  labels: Int32Array;
};
