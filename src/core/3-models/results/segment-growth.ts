/** How many customers each segment had at earlier dates, told apart as today's are; counts are by segment id. */
export type SegmentGrowth = {
  /** Days between two dates. */
  stepDays: number;
  /** When the first order came: what lies before it is not known, ms UTC. */
  from: number;
  /** Oldest first; the last is the day the segments are of. */
  dates: { asOf: number; customers: number; counts: number[] }[];
  /** Share of today's customers whom this way of counting puts in the segment they are in. */
  agreement: number;
  /** By segment id: whether it counts today's members well enough to tell of earlier ones. */
  isTold: boolean[];
  /** Set when nothing can be said: what is missing. */
  blocked: string | null;
};
