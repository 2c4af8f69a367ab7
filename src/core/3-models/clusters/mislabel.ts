import type { FeatureTable } from '../../2-features/feature-table';
import type { Matrix } from '../../kit/matrix';
import type { Segmentation } from '../results/segmentation';
import { transformColumns } from '../standardise';

/** How much speaks against each row's label: 0 nothing, 1 everything; `likelier` is the label its neighbours have. */
export type MislabelScores = { score: Float64Array; likelier: Int32Array };

const NEIGHBOURS = 15;
/** Rows compared with each row: all of them up to here, else a regular sample, so that time grows with the rows alone. */
const MOST_COMPARED = 4_000;

/**
 * Who is probably labelled wrong: the share of the nearest neighbours with another label, together with how much nearer
 * the row lies to another label's centre than to its own. The columns of X must be standardised; labels count from 0.
 */
export function mislabelScore(X: Matrix, labels: ArrayLike<number>): MislabelScores {
  const nLabels = 1 + Math.max(-1, ...new Set(Array.from(labels)));
  const score = new Float64Array(X.nRows);
  const likelier = new Int32Array(X.nRows);
  const compared = sampleRows(X.nRows);
  const centres = findCentres(X, labels, nLabels);
  const votes = new Float64Array(nLabels);
  for (let row = 0; row < X.nRows; row++) {
    const nearest = findNearest(X, row, compared);
    votes.fill(0);
    for (const other of nearest) votes[labels[other]!]!++;
    const own = labels[row]!;
    const against = nearest.length > 0 ? 1 - votes[own]! / nearest.length : 0;
    score[row] = (2 * against + pullAway(X, row, own, centres)) / 3;
    likelier[row] = votes.reduce((best, n, label) => (n > votes[best]! ? label : best), own);
  }
  return { score, likelier };
}

/** A customer whose segment is doubtful: by project index, the segment they are in, the one they look like, 0..1. */
export type Doubtful = { customer: number; segment: number; likelier: number; score: number };

/** Customers who look more like another segment than like their own, the most doubtful first. */
export function findDoubtful(
  { features }: FeatureTable,
  { transform, customers, labels }: Pick<Segmentation, 'transform' | 'customers' | 'labels'>,
  limit: number,
): Doubtful[] {
  const columns = transform.map(
    ({ name }) => features.find(({ definition }) => definition.name === name)!.values,
  );
  const { score, likelier } = mislabelScore(transformColumns(transform, columns), labels);
  return [...score.keys()]
    .filter((row) => labels[row]! >= 0 && likelier[row] !== labels[row])
    .sort((a, b) => score[b]! - score[a]! || a - b)
    .slice(0, limit)
    .map((row) => ({
      customer: customers[row]!,
      segment: labels[row]!,
      likelier: likelier[row]!,
      score: score[row]!,
    }));
}

function sampleRows(nRows: number): Int32Array {
  const n = Math.min(nRows, MOST_COMPARED);
  return Int32Array.from({ length: n }, (_, i) => Math.floor((i * nRows) / n));
}

const squaredDistance = ({ data, nColumns }: Matrix, a: number, b: number): number => {
  let sum = 0;
  for (let j = 0; j < nColumns; j++) {
    const gap = data[a * nColumns + j]! - data[b * nColumns + j]!;
    sum += gap * gap;
  }
  return sum;
};

/** The nearest of the compared rows, without the row itself. */
function findNearest(X: Matrix, row: number, compared: Int32Array): number[] {
  const rows: number[] = [];
  const distances: number[] = [];
  for (const other of compared) {
    if (other === row) continue;
    const distance = squaredDistance(X, row, other);
    if (rows.length === NEIGHBOURS && distance >= distances[NEIGHBOURS - 1]!) continue;
    let at = rows.length < NEIGHBOURS ? rows.length : NEIGHBOURS - 1;
    for (; at > 0 && distances[at - 1]! > distance; at--) {
      rows[at] = rows[at - 1]!;
      distances[at] = distances[at - 1]!;
    }
    rows[at] = other;
    distances[at] = distance;
  }
  return rows;
}

/** The mean row of each label, label by label. */
function findCentres({ data, nRows, nColumns }: Matrix, labels: ArrayLike<number>, nLabels: number): Matrix {
  const centres = new Float64Array(nLabels * nColumns);
  const sizes = new Float64Array(nLabels);
  for (let i = 0; i < nRows; i++) {
    sizes[labels[i]!]!++;
    for (let j = 0; j < nColumns; j++) centres[labels[i]! * nColumns + j]! += data[i * nColumns + j]!;
  }
  for (let k = 0; k < centres.length; k++) centres[k]! /= Math.max(1, sizes[Math.floor(k / nColumns)]!);
  return { data: centres, nRows: nLabels, nColumns };
}

/** 0 in the own centre, 1/2 between it and the nearest other one, 1 in that other one. */
function pullAway({ data }: Matrix, row: number, own: number, centres: Matrix): number {
  const { nRows: nLabels, nColumns } = centres;
  let toOwn = 0;
  let toOther = Infinity;
  for (let label = 0; label < nLabels; label++) {
    let sum = 0;
    for (let j = 0; j < nColumns; j++) {
      const gap = data[row * nColumns + j]! - centres.data[label * nColumns + j]!;
      sum += gap * gap;
    }
    if (label === own) toOwn = Math.sqrt(sum);
    else toOther = Math.min(toOther, Math.sqrt(sum));
  }
  return toOther === Infinity || toOwn + toOther === 0 ? 0 : toOwn / (toOwn + toOther);
}
