import { getBackend } from '@tensorflow/tfjs-core';
import { AppError } from '../../kit/errors';
import type { Matrix } from '../../kit/matrix';
import type { Feature, FeatureTable } from '../../2-features/feature-table';
import { distanceToCentroid } from './centroids';
import { chooseFeatures, type ChosenFeatures } from './choose-features';
import { chooseK, type Clustering } from './choose-k';
import { distil } from '../rules/distil';
import { part, type Report } from '../estimator';
import { nameSegments } from './name-segments';
import { findComponents, projectRows } from './principal';
import { medianOf } from '../../kit/quantiles';
import type { CandidateK, Segment, Segmentation, SegmentTrait } from '../results';

export type SegmentParams = { algorithm: 'kmeans'; nClusters: 'auto' | number; seed: number };

const fewestCustomers = 10;
const nSlots = 8;

/** Clusters renumbered from the largest to the smallest: old cluster -> new id. */
function rankBySize({ labels, nClusters }: Clustering): number[] {
  const sizes = new Float64Array(nClusters);
  for (const label of labels) sizes[label]! += 1;
  const order = Array.from({ length: nClusters }, (_, c) => c).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  return Array.from({ length: nClusters }, (_, c) => order.indexOf(c));
}

function describeTraits({ features, X }: ChosenFeatures, members: Int32Array): SegmentTrait[] {
  const traits = features.map(({ definition, values }, j) => {
    const own = Float64Array.from(members, (row) => values[row]!);
    const z = members.reduce((sum, row) => sum + X.data[row * X.nColumns + j]!, 0) / members.length;
    const mean = own.reduce((sum, value) => sum + value, 0) / members.length;
    return { feature: definition.name, label: definition.label, z, mean, median: medianOf(own) };
  });
  return traits.sort((a, b) => Math.abs(b.z) - Math.abs(a.z));
}

function findTypical({ X }: ChosenFeatures, centroid: number[], members: Int32Array): number {
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
  labels.forEach((label, i) => {
    const value = monetary.values[i]!;
    if (Number.isFinite(value)) bySegment[label]! += value;
  });
  return bySegment;
}

function nameAll(features: Feature[], traits: SegmentTrait[][]): string[] {
  const definitions = new Map(features.map(({ definition }) => [definition.name, definition]));
  return nameSegments(
    traits.map((each) => each.map(({ feature, z }) => ({ definition: definitions.get(feature)!, z }))),
  );
}

function describeSegments(
  table: FeatureTable,
  chosen: ChosenFeatures,
  clustering: Clustering,
  ranks: number[],
  labels: Int32Array,
  seed: number,
  report: Report,
): Segment[] {
  const nSegments = clustering.nClusters;
  const members = Array.from({ length: nSegments }, (_, id) =>
    Int32Array.from(labels.keys()).filter((row) => labels[row] === id),
  );
  const traits = members.map((rows, id) => {
    report((0.5 * id) / nSegments, 'putting the segments into words');
    return describeTraits(chosen, rows);
  });
  report(0.5);
  const names = nameAll(chosen.features, traits);
  const told = distil(chosen.features, labels, seed);
  const revenue = sumRevenue(table, labels, nSegments);
  const revenueOfAll = revenue?.reduce((sum, value) => sum + value, 0) ?? 0;
  return members.map((rows, id) => {
    const cluster = ranks.indexOf(id);
    return {
      id,
      name: names[id]!,
      slot: id < nSlots ? id + 1 : 0,
      size: rows.length,
      share: rows.length / labels.length,
      revenue: revenue && revenue[id]!,
      revenueShare: revenue && (revenueOfAll > 0 ? revenue[id]! / revenueOfAll : 0),
      ...told[id]!,
      stability: clustering.stabilities[cluster]!,
      traits: traits[id]!,
      typical: findTypical(chosen, clustering.centroids[cluster]!, rows),
    };
  });
}

const toCandidate = ({
  nClusters,
  inertia,
  silhouette,
  stability,
  smallestShare,
}: Clustering): CandidateK => ({
  nClusters,
  inertia,
  silhouette,
  stability,
  smallestShare,
});

/** Where everybody lies along the first two principal components, and the share of the spread each explains. */
function drawMap(X: Matrix): Pick<Segmentation, 'map' | 'explained'> {
  const components = findComponents(X);
  const spread = components.variances.reduce((sum, value) => sum + value, 0);
  const nAxes = Math.min(2, X.nColumns);
  const scores = projectRows(X, components, nAxes);
  const map = new Float32Array(X.nRows * 2);
  for (let i = 0; i < X.nRows; i++)
    for (let a = 0; a < nAxes; a++) map[i * 2 + a] = scores.data[i * nAxes + a]!;
  const [first = 0, second = 0] = components.variances;
  return { map, explained: [first / spread, second / spread] };
}

/** The whole way from features to named segments: transform, choose how many, cluster, retell, name. */
export function segment(table: FeatureTable, params: SegmentParams, report: Report = () => {}): Segmentation {
  const nRows = table.customers.length;
  const needed = Math.max(fewestCustomers, params.nClusters === 'auto' ? 0 : params.nClusters + 1);
  if (nRows < needed) throw new AppError('TooFewRows', nRows, needed);
  report(0, 'getting the traits ready');
  const chosen = chooseFeatures(table.features);
  if (chosen.features.length === 0) throw new AppError('NothingToSegmentBy', table.features.length);
  const choice = chooseK(chosen.X, params.nClusters, params.seed, part(report, 0, 0.9));
  report(0.9, 'putting the segments into words');
  const ranks = rankBySize(choice.chosen);
  const labels = choice.chosen.labels.map((label) => ranks[label]!);
  const segments = describeSegments(
    table,
    chosen,
    choice.chosen,
    ranks,
    labels,
    params.seed,
    part(report, 0.93, 1),
  );
  report(1);
  return {
    asOf: table.asOf,
    features: chosen.features.map(({ definition }) => definition),
    transform: chosen.transforms,
    algorithm: params.algorithm,
    nClusters: choice.chosen.nClusters,
    seed: params.seed,
    inertia: choice.chosen.inertia,
    silhouette: choice.chosen.silhouette,
    naturalGroups: choice.naturalGroups,
    reason: choice.reason,
    candidates: choice.candidates.map(toCandidate),
    segments,
    customers: table.customers,
    labels,
    ...drawMap(chosen.X),
    backend: getBackend(),
  };
}
