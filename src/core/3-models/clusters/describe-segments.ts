import type { Feature, FeatureTable } from '../../2-features/feature-table';
import { type ColumnTransform, transformValue } from '../../2-features/transforms/fit-column';
import type { Matrix } from '../../kit/matrix';
import { medianOf } from '../../kit/quantiles';
import { part, type Report } from '../estimator';
import type { Segment, SegmentTrait } from '../results/segmentation';
import { takeValues } from '../rows';
import { distil } from '../rules/distil';
import { averageMembers, distanceToCentroid } from './centroids';
import { findExemplars } from './exemplars';
import { countLabels } from './indices';
import { nameSegments } from './name-segments';

const nSlots = 8;

/** Labels renumbered so that 0 is the largest; `order[id]` is the number that segment had. -1 stays. */
export function rankBySize(labels: Int32Array): { labels: Int32Array; order: number[] } {
  const sizes = countLabels(labels);
  const order = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const ranks = Int32Array.from(sizes, (_, c) => order.indexOf(c));
  return { labels: labels.map((label) => (label < 0 ? -1 : ranks[label]!)), order };
}

/** What is told of: the features that count, how they are standardised, and the rows that were clustered. */
type Described = { features: Feature[]; transforms: ColumnTransform[]; X: Matrix };

function describeTraits(
  { features, transforms }: Described,
  members: Int32Array,
  report: Report,
): SegmentTrait[] {
  const traits = features.map(({ definition, values }, j) => {
    report(j / features.length);
    const own = takeValues(values, members);
    const known = own.filter(Number.isFinite);
    let z = 0;
    for (const value of own) z += transformValue(transforms[j]!, value) / members.length;
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    return { feature: definition.name, label: definition.label, z, mean, median: medianOf(known) };
  });
  return traits.sort((a, b) => Math.abs(b.z) - Math.abs(a.z));
}

function findTypical(X: Matrix, centroid: number[], members: Int32Array): number {
  const middle = Float64Array.from(centroid);
  let typical = members[0]!;
  let least = Infinity;
  for (const row of members) {
    const gap = distanceToCentroid(X, row, middle, 0);
    if (gap < least) {
      least = gap;
      typical = row;
    }
  }
  return typical;
}

/** Money by segment; null without a spend feature. */
function sumRevenue(table: FeatureTable, labels: Int32Array, nSegments: number) {
  const monetary = table.features.find(({ definition }) => definition.name === 'monetary');
  if (!monetary) return null;
  const bySegment = new Float64Array(nSegments);
  let all = 0;
  labels.forEach((label, i) => {
    const value = monetary.values[i]!;
    if (!Number.isFinite(value)) return;
    all += value;
    if (label >= 0) bySegment[label]! += value;
  });
  return { bySegment, all };
}

function nameAll(features: Feature[], traits: SegmentTrait[][]): string[] {
  const definitions = new Map(features.map(({ definition }) => [definition.name, definition]));
  return nameSegments(
    traits.map((each) => each.map(({ feature, z }) => ({ definition: definitions.get(feature)!, z }))),
  );
}

function listMembers(labels: Int32Array, nSegments: number): Int32Array[] {
  const members: number[][] = Array.from({ length: nSegments }, () => []);
  labels.forEach((label, row) => members[label]?.push(row));
  return members.map((rows) => Int32Array.from(rows));
}

/**
 * Any grouping of the table's customers, however made, told in words: `labels` are 0..k-1 without gaps, or -1 for those in
 * no segment; `stabilities` one a segment.
 */
export function describeSegments(
  table: FeatureTable,
  described: Described,
  labels: Int32Array,
  stabilities: number[],
  seed: number,
  report: Report,
): Segment[] {
  const nSegments = countLabels(labels).length;
  const members = listMembers(labels, nSegments);
  const centroids = averageMembers(described.X, labels, nSegments);
  const note = 'putting the segments into words';
  const tell: Report = (fraction) => report(fraction, note);
  const traits = members.map((rows, id) =>
    describeTraits(described, rows, part(tell, (0.5 * id) / nSegments, (0.5 * (id + 1)) / nSegments)),
  );
  const names = nameAll(described.features, traits);
  const told = distil(described.features, labels, seed, part(tell, 0.5, 0.9));
  tell(0.9);
  const revenue = sumRevenue(table, labels, nSegments);
  const exemplars = findExemplars(described.X, labels, centroids);
  return members.map((rows, id) => ({
    id,
    name: names[id]!,
    slot: id < nSlots ? id + 1 : 0,
    size: rows.length,
    share: rows.length / labels.length,
    revenue: revenue && revenue.bySegment[id]!,
    revenueShare: revenue && (revenue.all > 0 ? revenue.bySegment[id]! / revenue.all : 0),
    ...told[id]!,
    stability: stabilities[id]!,
    traits: traits[id]!,
    typical: findTypical(described.X, centroids[id]!, rows),
    exemplars: exemplars[id]!,
  }));
}
