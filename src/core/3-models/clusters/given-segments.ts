import { getBackend } from '@tensorflow/tfjs-core';
import type { FeatureTable } from '../../2-features/feature-table';
import type { Rule } from '../../2-features/rule/rule';
import { AppError } from '../../kit/errors';
import { part, type Report } from '../estimator';
import type { Segmentation } from '../results/segmentation';
import { averageMembers, distanceToCentroid } from './centroids';
import { chooseFeatures } from './choose-features';
import { describeSegments } from './describe-segments';
import { silhouettes } from './indices';
import { drawMap } from './segment';

/**
 * A grouping that rules made: `labels[i]` is the place in `parts` of `customers[i]`. An empty name is found from what sets
 * the segment apart; `isRest` = whoever no rule took.
 */
export type GivenSegments = {
  customers: Int32Array;
  labels: Int32Array;
  parts: { name: string; rule: Rule; sentence: string; isRest: boolean }[];
  /** 'rules' = a person's own, 'outcome' = made for an outcome. */
  algorithm: 'rules' | 'outcome';
  reason: string;
  seed: number;
};

/** Any grouping by rules told like one that was found. Rules are exact, and draw the same people from whoever is asked. */
export function describeGiven(
  table: FeatureTable,
  given: GivenSegments,
  report: Report = () => {},
): Segmentation {
  const { algorithm, reason, seed, parts } = given;
  report(0, 'getting the traits ready');
  const chosen = chooseFeatures(table.features);
  if (chosen.features.length === 0) throw new AppError('NothingToSegmentBy', table.features.length);
  const { X } = chosen;
  const labels = alignLabels(table.customers, given);
  const told = describeSegments(table, chosen, labels, parts.map(() => 1), seed, part(report, 0.1, 0.8)); // prettier-ignore
  const segments = told.map((segment, id) => {
    const { name, rule, sentence, isRest } = parts[id]!;
    const exact = { rule, sentence, fidelity: 1, precision: 1, isSimple: true };
    return { ...segment, ...exact, name: name || segment.name, slot: isRest ? 0 : segment.slot };
  });
  report(0.9, 'drawing the map');
  const centroids = Float64Array.from(averageMembers(X, labels, parts.length).flat());
  let inertia = 0;
  labels.forEach((label, row) => (inertia += label < 0 ? 0 : distanceToCentroid(X, row, centroids, label)));
  const nUnassigned = labels.reduce((n, label) => n + Number(label < 0), 0);
  return {
    asOf: table.asOf,
    features: chosen.features.map(({ definition }) => definition),
    transform: chosen.transforms,
    algorithm,
    nClusters: segments.length,
    seed,
    inertia,
    silhouette: silhouettes(X, [labels], seed)[0]!,
    naturalGroups: true,
    reason,
    candidates: [],
    segments,
    customers: table.customers,
    labels,
    ...drawMap(X),
    backend: getBackend(),
    unassigned: { count: nUnassigned, share: nUnassigned / labels.length },
    leftOut: chosen.leftOut,
  };
}

/** Labels in the order of the table's customers, -1 for those that the grouping does not know. */
function alignLabels(rows: Int32Array, { customers, labels }: GivenSegments): Int32Array {
  const labelOf = new Map(Array.from(customers, (customer, i) => [customer, labels[i]!]));
  return rows.map((customer) => labelOf.get(customer) ?? -1);
}
