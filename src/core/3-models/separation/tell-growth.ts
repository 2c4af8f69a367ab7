import type { SegmentGrowth } from '../results/segment-growth';
import type { Segment } from '../results/segmentation';

/** A segment's count may be off its size by this share before nothing is said of it. */
const mostOff = 0.05;

export const cannotTellGrowth = (stepDays: number, blocked: string): SegmentGrowth => ({
  stepDays,
  from: 0,
  dates: [],
  agreement: 0,
  isTold: [],
  blocked,
});

/** Counts at each date, oldest first; those of today say which segments can be told. */
export function tellGrowth(
  { stepDays, from }: Pick<SegmentGrowth, 'stepDays' | 'from'>,
  dates: SegmentGrowth['dates'],
  segments: Pick<Segment, 'size'>[],
  agreement: number,
): SegmentGrowth {
  if (dates.length < 2)
    return cannotTellGrowth(
      stepDays,
      'cannot tell: what these segments are made from was not known at the earlier date',
    );
  const today = dates.at(-1)!.counts;
  const isTold = segments.map(({ size }, id) => Math.abs(today[id]! - size) <= Math.max(1, mostOff * size));
  return { stepDays, from, dates, agreement, isTold, blocked: null };
}
