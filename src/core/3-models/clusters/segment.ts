import { getBackend } from '@tensorflow/tfjs-core';
import { AppError } from '../../kit/errors';
import type { FeatureTable } from '../../2-features/feature-table';
import type { Matrix } from '../../kit/matrix';
import { part, type ClusterAlgorithm, type Report } from '../estimator';
import type { CandidateK, LeftOut, Memberships, Segmentation } from '../results/segmentation';
import { chooseFeatures, type ChosenFeatures } from './choose-features';
import { chooseK, type Candidate, type Task } from './choose-k';
import { describeSegments, rankBySize } from './describe-segments';
import { silhouettes } from './indices';
import { measureQuality, measureStabilities } from './measure-quality';
import { membershipOf } from './membership';
import { partition, type Partition } from './partition';
import { findComponents, projectRows } from './principal';

export type SegmentParams = { algorithm: ClusterAlgorithm; nClusters: 'auto' | number; seed: number };

const fewestCustomers = 10;

const toCandidate = ({ labels, centroids, ...figures }: Candidate): CandidateK => figures;

/** Where everybody lies along the first two principal components, and the share of the spread each explains. */
export function drawMap(X: Matrix): Pick<Segmentation, 'map' | 'explained'> {
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

/** The chosen candidate's clusters on all rows: k-means has them, other ways tried their sizes on fewer. */
function clusterAll(task: Task, chosen: Candidate, nAsked: number, report: Report): Partition {
  const { X, seed } = task;
  if (chosen.labels.length === X.nRows) return chosen;
  return partition(task, X, nAsked, seed, (fraction) => report(fraction, 'giving everybody a segment'));
}

/** How sure each customer's own segment is, and the next likeliest one. */
function readMemberships(
  X: Matrix,
  labels: Int32Array,
  nSegments: number,
  seed: number,
  report: Report,
): Memberships {
  const { probabilities, second } = membershipOf(X, labels, nSegments, seed, (fraction) =>
    report(fraction, 'measuring how sure each customer is'),
  );
  const read = (of: Int32Array) =>
    Float32Array.from(of, (label, i) => (label < 0 ? 0 : probabilities[i * nSegments + label]!));
  return { probability: read(labels), second, secondProbability: read(second) };
}

function checkSize(nRows: number, nClusters: SegmentParams['nClusters']): void {
  const needed = Math.max(fewestCustomers, nClusters === 'auto' ? 0 : nClusters + 1);
  if (nRows < needed) throw new AppError('TooFewCustomers', nRows, needed);
}

function sayCombined({ combined, features }: ChosenFeatures): string {
  if (!combined) return '';
  const share = Math.round(100 * combined.share);
  return ` Made from the ${combined.nColumns} strongest combinations of ${features.length} traits, which hold ${share}% of how customers differ.`;
}

const leaveOutcome = (label: string): LeftOut => ({
  label,
  why: 'tells what became of customers, so segments made from it would foretell themselves; add it by “my own choice”',
});

/** The whole way from features to named segments: transform, choose how many, cluster, test, retell, name. */
export function segment(table: FeatureTable, params: SegmentParams, report: Report = () => {}): Segmentation {
  const { algorithm, seed } = params;
  const nRows = table.customers.length;
  checkSize(nRows, params.nClusters);
  report(0, 'getting the traits ready');
  const chosen = chooseFeatures(table.features, part(report, 0, 0.02));
  if (chosen.features.length === 0) throw new AppError('NothingToSegmentBy', table.features.length);
  const { X, blocks } = chosen;
  const task: Task = { X, blocks, algorithm, seed };
  const choice = chooseK(task, params.nClusters, part(report, 0.02, 0.6));
  const nAsked = choice.chosen.nClusters;
  const found = clusterAll(task, choice.chosen, nAsked, part(report, 0.6, 0.65));
  const { labels } = rankBySize(found.labels);
  const stabilities = measureStabilities(task, labels, nAsked, part(report, 0.65, 0.8));
  const quality = measureQuality(task, labels, nAsked, choice.chosen, part(report, 0.8, 0.93));
  const segments = describeSegments(table, chosen, labels, stabilities, seed, part(report, 0.93, 0.97));
  const memberships = readMemberships(X, labels, segments.length, seed, part(report, 0.97, 1));
  const nUnassigned = labels.reduce((n, label) => n + Number(label < 0), 0);
  report(1);
  return {
    asOf: table.asOf,
    features: chosen.features.map(({ definition }) => definition),
    transform: chosen.transforms,
    algorithm,
    nClusters: segments.length,
    seed,
    inertia: found.inertia,
    silhouette: found === choice.chosen ? choice.chosen.silhouette : silhouettes(X, [labels], seed)[0]!,
    naturalGroups: choice.naturalGroups,
    reason: choice.reason + sayCombined(chosen),
    candidates: choice.candidates.map(toCandidate),
    segments,
    customers: table.customers,
    labels,
    ...drawMap(X),
    backend: getBackend(),
    quality,
    memberships,
    unassigned: { count: nUnassigned, share: nUnassigned / nRows },
    leftOut: [...(table.outcomes ?? []).map(leaveOutcome), ...chosen.leftOut],
  };
}
