import type { FeatureTable } from '../../2-features/feature-table';
import { transformValue } from '../../2-features/transforms/fit-column';
import { averageMembers } from '../clusters/centroids';
import { nearestCentroid } from '../clusters/lloyd';
import type { Segmentation } from '../results/segmentation';
import { transformColumns } from '../standardise';
import { columnOf } from './design-matrix';
import { applyChanges, listLevers, type Change, type Person, type Range } from './levers';
import { findSmallestChange } from './smallest-change';

/** The middles that tell segments apart, and how often a customer's own segment is the nearest. */
export type SegmentMiddles = {
  transform: Segmentation['transform'];
  centroids: number[][];
  agreement: number;
};

/** What would bring a customer into segment `to`; `after` is the segment nearest after the changes. */
export type SegmentMove = { from: number; to: number; changes: Change[]; isReached: boolean; after: number };

/** The share of customers whose segment must be the nearest one for that to be how segments are told apart. */
const nearlyAll = 0.9;

/** Null where segments are not told apart by their middles, or the table lacks a trait they are made from. */
export function findMiddles(
  table: FeatureTable,
  {
    customers,
    labels,
    transform,
    segments,
  }: Pick<Segmentation, 'customers' | 'labels' | 'transform' | 'segments'>,
): SegmentMiddles | null {
  const rowOf = new Map(Array.from(table.customers, (customer, row) => [customer, row]));
  const known = Array.from(customers.keys()).filter((i) => rowOf.has(customers[i]!) && labels[i]! >= 0);
  const columns = transform.map(({ name }) => columnOf(table.features, name));
  if (known.length === 0 || transform.length === 0 || columns.some((column) => !column)) return null;
  const picked = columns.map((values) =>
    Float64Array.from(known, (i) => values![rowOf.get(customers[i]!)!]!),
  );
  const X = transformColumns(transform, picked);
  const own = Int32Array.from(known, (i) => labels[i]!);
  const centroids = averageMembers(X, own, segments.length);
  if (centroids.length < segments.length || centroids.length < 2) return null;
  const nearest = nearestCentroid(X, Float64Array.from(centroids.flat()), centroids.length);
  const right = own.reduce((n, segment, i) => n + Number(nearest[i] === segment), 0);
  const agreement = right / known.length;
  return agreement >= nearlyAll ? { transform, centroids, agreement } : null;
}

/** Segments from the nearest to the furthest. */
function rank(centroids: number[][], row: number[]): { segment: number; distance: number }[] {
  return centroids
    .map((centroid, segment) => ({
      segment,
      distance: Math.sqrt(centroid.reduce((sum, value, j) => sum + (value - row[j]!) ** 2, 0)),
    }))
    .sort((a, b) => a.distance - b.distance || a.segment - b.segment);
}

/** Segments from the nearest to the furthest of one person. */
export const nearestSegments = ({ transform, centroids }: SegmentMiddles, person: Person) =>
  rank(
    centroids,
    transform.map((one) => transformValue(one, person.get(one.name) ?? NaN)),
  );

/** The smallest change within reach after which segment `to` is the nearest; no changes where there is none. */
export function findSegmentMove(
  middles: SegmentMiddles,
  table: FeatureTable,
  ranges: Map<string, Range>,
  person: Person,
  to: number,
): SegmentMove {
  const from = nearestSegments(middles, person)[0]!.segment;
  const definitions = table.features.map(({ definition }) => definition);
  const matters = new Set(middles.transform.map(({ name }) => name));
  const levers = listLevers(person, ranges, definitions, matters);
  const found = findSmallestChange(person, levers, (people) =>
    people.map((one) => {
      const [first, ...rest] = nearestSegments(middles, one);
      if (first!.segment === to) return 0;
      return rest.find(({ segment }) => segment === to)!.distance - first!.distance + 1e-9;
    }),
  );
  const changes = found?.isReached ? found.changes : [];
  const after = nearestSegments(middles, applyChanges(person, changes))[0]!.segment;
  return { from, to, changes, isReached: after === to, after };
}
