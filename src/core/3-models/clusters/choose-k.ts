import { AppError } from '../../kit/errors';
import type { Matrix } from '../../kit/matrix';
import { part, type Report } from '../estimator';
import type { CandidateK } from '../results/segmentation';
import { sampleRows, takeRows } from '../rows';
import { calinskiHarabasz, daviesBouldin } from './dispersion';
import { explainChoice } from './explain-choice';
import { gapStatistic } from './gap';
import { countLabels, silhouettes } from './indices';
import { compareWithNull, type NullComparison } from './null-data';
import { clusterBy, partition, type Partition, type Way } from './partition';
import { predictionStrength } from './prediction-strength';
import { bootstrapStability } from './stability';

/** All sizes that are shown, and the most segments a person can keep in mind: more are never recommended. */
const shownK = [2, 3, 4, 5, 6, 7, 8, 9, 10];
const mostRecommended = 8;
/** A slicing without natural groups is useful from 3 segments (two only cut the crowd in half) to 6. */
const slicingK = [3, 4, 5, 6];

/** Rows and repeats that candidates are judged by; the one chosen is measured again with more of both. */
const judgedRows = 1_500;
const nResamples = 10;
const nStarts = 5;
const nSplits = 6;
const nReferences = 10;
/** Other ways to cluster than k-means, slower ones, try their sizes on at most this many rows, and less often. */
const triedRows = 3_000;
const slowRows = 500;
const slowResamples = 4;

/** Groups are natural when their silhouette lies this far, and this many standard deviations, above data without groups. */
const naturalBy = (usual: number) => 0.01 + 0.1 * usual;
const naturalSpreads = 4;
/** Numbers of groups that stand out by scores this near to each other, as a share, are equally good. */
const asGood = 0.01;
/** Below this mean Jaccard similarity a grouping dissolves (Hennig 2007). */
const dissolvesBelow = 0.6;

/** What is clustered, standardised rows, and how. */
export type Task = Way & { X: Matrix; seed: number };

export type Candidate = CandidateK & { labels: Int32Array; centroids: number[][] };

export type Choice = {
  candidates: Candidate[];
  chosen: Candidate;
  naturalGroups: boolean;
  /** Sentences: why this many, and why natural or not. */
  reason: string;
};

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const shareOfSmallest = (labels: Int32Array) =>
  Math.min(...countLabels(labels).filter((size) => size > 0)) / Math.max(1, labels.length);

/** The task's own way to cluster, for each size; sizes that give the same number of clusters count once. */
function fitSizes(task: Task, sizes: number[], report: Report): { X: Matrix; fits: Partition[] } {
  const { X, algorithm, seed } = task;
  const tried = algorithm === 'kmeans' ? X : takeRows(X, sampleRows(X.nRows, triedRows, seed));
  const wanted = algorithm === 'density' ? sizes.slice(0, 1) : sizes;
  const fits = wanted.map((nClusters, i) => {
    const note = algorithm === 'density' ? 'looking for crowds' : `looking for ${nClusters} segments`;
    const step = part(report, i / wanted.length, (i + 1) / wanted.length);
    step(0, note);
    return partition(task, tried, nClusters, seed, (fraction) => step(fraction, note));
  });
  const isFirst = (fit: Partition, i: number) =>
    fit.centroids.length > 0 && fits.findIndex((one) => one.centroids.length === fit.centroids.length) === i;
  return { X: tried, fits: fits.filter(isFirst) };
}

/** Every size with the figures that it is judged by. */
function judgeSizes(task: Task, sizes: number[], report: Report): Candidate[] {
  const { seed, algorithm } = task;
  const isQuick = algorithm === 'kmeans';
  const { X, fits } = fitSizes(task, sizes, part(report, 0, 0.5));
  const found = fits.map(({ centroids }) => centroids.length);
  const labellings = fits.map(({ labels }) => labels);
  const clear = silhouettes(X, labellings, seed, part(report, 0.5, 0.55));
  const sampled = sampleRows(X.nRows, isQuick ? judgedRows : slowRows, seed);
  const sample = takeRows(X, sampled);
  const gaps = gapStatistic(sample, found, nReferences, seed, part(report, 0.55, 0.65));
  const strengths = predictionStrength(sample, found, nSplits, 3, seed, part(report, 0.65, 0.8));
  return fits.map(({ labels, centroids, inertia }, i) => ({
    nClusters: found[i]!,
    inertia,
    silhouette: clear[i]!,
    stability: mean(
      bootstrapStability(
        sample,
        Int32Array.from(sampled, (row) => labels[row]!),
        clusterBy(task, found[i]!, nStarts),
        isQuick ? nResamples : slowResamples,
        seed,
        part(report, 0.8 + (0.2 * i) / fits.length, 0.8 + (0.2 * (i + 1)) / fits.length),
      ),
    ),
    smallestShare: shareOfSmallest(labels),
    calinskiHarabasz: calinskiHarabasz(X, labels),
    daviesBouldin: daviesBouldin(X, labels),
    gap: gaps[i]!.gap,
    gapSpread: gaps[i]!.spread,
    predictionStrength: strengths[i]!,
    labels,
    centroids,
  }));
}

/** A segment smaller than 2% of the customers, or than 5 of them, is too small to act on: often a few odd ones out. */
const isLargeEnough = (candidate: Candidate, nRows: number) =>
  Math.round(candidate.smallestShare * nRows) >= Math.max(5, 0.02 * nRows);

const gainOf = ({ silhouette, usual }: NullComparison) => silhouette - usual;

const isNatural = (candidate: Candidate, found: NullComparison | undefined) =>
  found !== undefined &&
  gainOf(found) >= naturalBy(found.usual) &&
  gainOf(found) >= naturalSpreads * found.spread &&
  candidate.stability >= dissolvesBelow;

/** How far a grouping stands out from data without groups, counted only as far as redrawn customers give it again. */
const standing = (candidate: Candidate, found: NullComparison | undefined) =>
  (candidate.silhouette - (found?.usual ?? 0)) * candidate.stability;

const highest = (candidates: Candidate[], score: (candidate: Candidate) => number): Candidate =>
  candidates.reduce((best, candidate) => (score(candidate) > score(best) ? candidate : best));

/** The fewest natural groups that stand out about as much as any other number of them; else the slicing that holds best. */
function recommend(
  candidates: Candidate[],
  nullOf: (one: Candidate) => NullComparison | undefined,
  nRows: number,
) {
  const large = candidates.filter((one) => isLargeEnough(one, nRows));
  const natural = large.filter((one) => one.nClusters <= mostRecommended && isNatural(one, nullOf(one)));
  if (natural.length > 0) {
    const scores = natural.map((one) => standing(one, nullOf(one)));
    const best = Math.max(...scores);
    return natural.find((_, i) => scores[i]! >= best - asGood * Math.abs(best))!;
  }
  if (large.length === 0) return highest(candidates, (one) => one.smallestShare);
  const slicings = large.filter((one) => slicingK.includes(one.nClusters));
  return highest(slicings.length > 0 ? slicings : large, (one) => one.stability);
}

/** Which number of segments to use, from how clear-cut, how stable and how large they are. */
export function chooseK(task: Task, nClusters: 'auto' | number, report: Report): Choice {
  const { X, seed } = task;
  const asked = nClusters === 'auto' ? [] : [nClusters];
  const sizes = [...new Set([...shownK, ...asked])]
    .filter((k) => k < X.nRows && k >= 1)
    .sort((a, b) => a - b);
  const candidates = judgeSizes(task, sizes, part(report, 0, 0.75));
  if (candidates.length === 0) throw new AppError('NoCrowds', X.nRows);
  const compared = candidates
    .map((one) => one.nClusters)
    .filter((k) => k > 1 && (k <= mostRecommended || asked.includes(k) || task.algorithm === 'density'));
  const nulls = compareWithNull(X, task.blocks, compared, seed, part(report, 0.75, 1));
  const nullOf = (one: Candidate) => nulls.find((found) => found.nClusters === one.nClusters);
  const chosen =
    nClusters === 'auto'
      ? recommend(candidates, nullOf, X.nRows)
      : highest(candidates, (one) => -Math.abs(one.nClusters - nClusters));
  const naturalGroups = isNatural(chosen, nullOf(chosen));
  const why = explainChoice(chosen, naturalGroups, X.nRows, nullOf(chosen));
  const got = chosen.nClusters === nClusters ? '' : `; customers differ enough for ${chosen.nClusters} only`;
  const reason = nClusters === 'auto' ? why : `You asked for ${nClusters} segments${got}. ${why}`;
  return { candidates, chosen, naturalGroups, reason };
}
