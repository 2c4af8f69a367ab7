import type { EarlierTables } from '../../2-features/look-back';
import type { FeatureTable } from '../../2-features/feature-table';
import { nearestCentroid } from '../clusters/lloyd';
import type { Report } from '../estimator';
import { columnOf } from '../propensity/design-matrix';
import { findMiddles, type SegmentMiddles } from '../propensity/what-moves-segment';
import type { SegmentGrowth } from '../results/segment-growth';
import type { Segmentation } from '../results/segmentation';
import { transformColumns } from '../standardise';
import { cannotTellGrowth, tellGrowth } from './tell-growth';

const nearlyAll = 0.9;

/** How many customers lie nearest to each middle; null where a trait was not known then. */
function countNearest(
  { customers, features }: FeatureTable,
  { transform, centroids }: SegmentMiddles,
): number[] | null {
  const columns = transform.flatMap(({ name }) => columnOf(features, name) ?? []);
  if (columns.length < transform.length) return null;
  const counts = centroids.map(() => 0);
  if (customers.length === 0) return counts;
  const flat = Float64Array.from(centroids.flat());
  for (const segment of nearestCentroid(transformColumns(transform, columns), flat, centroids.length))
    counts[segment]!++;
  return counts;
}

/**
 * Today's segments, frozen, asked of earlier dates: everybody goes to the segment whose middle is nearest to what was
 * known of them then.
 */
export function measureGrowth(
  { tables, stepDays, from, blocked }: EarlierTables,
  segmentation: Pick<Segmentation, 'customers' | 'labels' | 'transform' | 'segments'>,
  report: Report = () => {},
): SegmentGrowth {
  if (blocked) return cannotTellGrowth(stepDays, blocked);
  const middles = findMiddles(tables[0]!, segmentation);
  const { labels } = segmentation;
  const assigned = labels.reduce((n, label) => n + Number(label >= 0), 0) / labels.length;
  if (!middles || middles.agreement * assigned < nearlyAll)
    return cannotTellGrowth(
      stepDays,
      'cannot tell: these segments have no middles that tell them apart, so nobody knows who would have been in them: group as round groups to see',
    );
  const dates: SegmentGrowth['dates'] = [];
  for (const table of tables) {
    report(dates.length / tables.length);
    const counts = countNearest(table, middles);
    if (!counts) break;
    dates.unshift({ asOf: table.asOf!, customers: table.customers.length, counts });
  }
  return tellGrowth({ stepDays, from }, dates, segmentation.segments, middles.agreement * assigned);
}
