import { listMetrics, type MetricId } from '../1-collect/metrics';
import type { Figure } from '../1-collect/trace';
import type { Segmentation } from '../3-models/results/segmentation';

/** What each figure on the screens counts, in the words in which it is worked out. */
export const listFigures = (): { name: string; means: string }[] =>
  listMetrics().map(({ label, definition }) => ({ name: label, means: definition }));

/** A figure of some customers from rows up to and at the instant their segments are of (null = all there are). */
export const figureUpTo = (metric: MetricId, customers: Int32Array, asOf: number | null): Figure => ({
  metric,
  customers,
  ...(asOf !== null && { to: asOf + 1 }),
});

/** A figure of the members of segments; null = of everybody who was looked at, in a segment or in none. */
export const figureOfSegments = (
  metric: MetricId,
  { customers, labels, asOf }: Pick<Segmentation, 'customers' | 'labels' | 'asOf'>,
  segments: number[] | null,
): Figure =>
  figureUpTo(metric, segments ? customers.filter((_, i) => segments.includes(labels[i]!)) : customers, asOf);
