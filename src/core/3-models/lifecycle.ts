/** The eleven names, best to worst in the order they are shown. */
export const lifecycleNames = [
  'Champions',
  'Loyal',
  'Potential loyalists',
  'New',
  'Promising',
  'Need attention',
  'About to sleep',
  'At risk',
  "Can't lose them",
  'Hibernating',
  'Lost',
] as const;

type LifecycleName = (typeof lifecycleNames)[number];

/** Names by recency score (rows 5..1) and by the mean of frequency and spend scores, rounded up (columns 1..5). */
const grid: Record<number, LifecycleName[]> = {
  5: ['New', 'Potential loyalists', 'Potential loyalists', 'Loyal', 'Champions'],
  4: ['Promising', 'Potential loyalists', 'Potential loyalists', 'Loyal', 'Champions'],
  3: ['About to sleep', 'About to sleep', 'Need attention', 'Loyal', 'Loyal'],
  2: ['Hibernating', 'Hibernating', 'At risk', 'At risk', "Can't lose them"],
  1: ['Lost', 'Lost', 'At risk', 'At risk', "Can't lose them"],
};

/** The name of an RFM cell, scores 1..5 each, as its index in `lifecycleNames`; all 125 cells have one. */
export function lifecycleOf(r: number, f: number, m: number): number {
  return lifecycleNames.indexOf(grid[r]![Math.ceil((f + m) / 2) - 1]!);
}
