import type { Matrix } from '../../kit/matrix';
import { part, type Report } from '../estimator';
import { clusterJaccard, countLabels, silhouettes } from './indices';
import { kmeans } from './kmeans';
import { clusterQuickly, nearestCentroid } from './lloyd';
import { compareWithNull, type NullComparison } from './null-data';
import type { CandidateK } from '../results';
import { sampleRows, takeRows } from '../rows';
import { createRandom } from '../../kit/random';

/** All sizes that are shown, and the most segments a person can keep in mind: more are never recommended. */
const shownK = [2, 3, 4, 5, 6, 7, 8, 9, 10];
const mostRecommended = 8;
/** A slicing without natural groups is useful from 3 segments (two only cut the crowd in half) to 6. */
const slicingK = [3, 4, 5, 6];

const stabilityRows = 1_500;
const nResamples = 10;
/** Below this mean Jaccard similarity a group is a pattern at most (Hennig 2007). */
const stableFrom = 0.75;

/** How far a silhouette must lie above that of data without groups to be natural at all, and to be clear. */
const naturalBy = 0.02;
const clearBy = 0.06;
/** Below this silhouette no data has groups worth that name without a caveat (Kaufman and Rousseeuw 1990). */
const clearFrom = 0.25;

export type Clustering = CandidateK & {
  labels: Int32Array;
  centroids: number[][];
  /** For each cluster: mean of its largest Jaccard similarity over the resamples. */
  stabilities: number[];
};

export type Choice = {
  candidates: Clustering[];
  chosen: Clustering;
  naturalGroups: boolean;
  /** Sentences: why this many, and why natural or not. */
  reason: string;
};

/** How each cluster survives clustering bootstrap resamples anew: mean largest Jaccard similarity, 0..1 each. */
function measureStability(
  X: Matrix,
  labels: Int32Array,
  nClusters: number,
  seed: number,
  report: Report,
): number[] {
  const random = createRandom(seed);
  const totals = new Array<number>(nClusters).fill(0);
  for (let b = 0; b < nResamples; b++) {
    report(b / nResamples, `measuring how stable ${nClusters} segments are`);
    const index = Int32Array.from({ length: X.nRows }, () => random.below(X.nRows));
    const { centroids } = clusterQuickly(takeRows(X, index), nClusters, seed + b, 2, 20);
    clusterJaccard(labels, nearestCentroid(X, centroids, nClusters)).forEach((similarity, c) => {
      totals[c]! += similarity / nResamples;
    });
  }
  return totals;
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** k-means for each size with its inertia, silhouette, stability and smallest share. */
function fitCandidates(X: Matrix, sizes: number[], seed: number, report: Report): Clustering[] {
  const sampled = sampleRows(X.nRows, stabilityRows, seed);
  const sample = takeRows(X, sampled);
  const fits = sizes.map((nClusters, i) => {
    const step = part(report, (0.6 * i) / sizes.length, (0.6 * (i + 1)) / sizes.length);
    const note = `looking for ${nClusters} segments`;
    const model = kmeans.fit(
      X,
      { ...kmeans.defaults, nClusters },
      { seed, report: (fraction) => step(fraction, note) },
    );
    return { model, labels: kmeans.predict(model, X) };
  });
  const clear = silhouettes(
    X,
    fits.map((fit) => fit.labels),
    seed,
    part(report, 0.6, 0.65),
  );
  return fits.map(({ model, labels }, i) => {
    const nClusters = sizes[i]!;
    const stabilities = measureStability(
      sample,
      Int32Array.from(sampled, (row) => labels[row]!),
      nClusters,
      seed,
      part(report, 0.65 + (0.35 * i) / sizes.length, 0.65 + (0.35 * (i + 1)) / sizes.length),
    );
    return {
      nClusters,
      inertia: model.inertia,
      silhouette: clear[i]!,
      stability: mean(stabilities),
      smallestShare: Math.min(...countLabels(labels)) / X.nRows,
      labels,
      centroids: model.centroids,
      stabilities,
    };
  });
}

/** A segment smaller than 1% of the customers, or than 5 of them, is too small to act on. */
const isLargeEnough = (candidate: Clustering, nRows: number) =>
  Math.round(candidate.smallestShare * nRows) >= Math.max(5, 0.01 * nRows);

const isNatural = (candidate: Clustering, found: NullComparison | undefined) =>
  found !== undefined && found.silhouette > found.threshold + naturalBy && candidate.stability >= stableFrom;

const highest = (candidates: Clustering[], score: (candidate: Clustering) => number): Clustering =>
  candidates.reduce((best, candidate) => (score(candidate) > score(best) ? candidate : best));

const two = (value: number) => value.toFixed(2);

/** The number of natural groups when there are any, else the slicing that holds best. */
function recommend(candidates: Clustering[], nulls: NullComparison[], nRows: number) {
  const large = candidates.filter((one) => isLargeEnough(one, nRows));
  const nullOf = (one: Clustering) => nulls.find((found) => found.nClusters === one.nClusters)!;
  const natural = large.filter((one) => one.nClusters <= mostRecommended && isNatural(one, nullOf(one)));
  if (natural.length > 0) {
    const clearAndStable = (one: Clustering) => (one.silhouette - nullOf(one).usual) * one.stability;
    return { chosen: highest(natural, clearAndStable), naturalGroups: true };
  }
  if (large.length === 0)
    return { chosen: highest(candidates, (one) => one.smallestShare), naturalGroups: false };
  const slicings = large.filter((one) => slicingK.includes(one.nClusters));
  const pool = slicings.length > 0 ? slicings : large;
  return { chosen: highest(pool, (one) => one.stability), naturalGroups: false };
}

const count = (n: number) => `${n.toLocaleString('en-US')} ${n === 1 ? 'customer' : 'customers'}`;

const numberWords = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];

/** Why natural or not, and how clearly, in the figures of the chosen result itself. */
function explain(chosen: Clustering, naturalGroups: boolean, nRows: number, nulls: NullComparison[]): string {
  const { nClusters, silhouette, stability, smallestShare } = chosen;
  const found = nulls.find((one) => one.nClusters === nClusters);
  const made = `in made-up data without groups${found ? ` (${two(silhouette)} against ${two(found.usual)})` : ''}`;
  const smallest = count(Math.round(smallestShare * nRows));
  const rest = `Redrawn samples give the same groups for ${Math.round(100 * stability)} of 100 members. The smallest has ${smallest}.`;
  if (!naturalGroups || !found)
    return `No natural groups here: customers shade into one another, much as ${made}; ${nClusters} segments are a useful slicing. ${rest}`;
  const many = numberWords[nClusters] ?? String(nClusters);
  const isFaint = found.silhouette - found.threshold < clearBy || silhouette < clearFrom;
  return `${many} groups, ${isFaint ? 'faint: customers sit only a little' : 'clear: customers sit'} closer together than ${made}. ${rest}`;
}

/** Which number of segments to use, from how clear-cut, how stable and how large they are. */
export function chooseK(X: Matrix, nClusters: 'auto' | number, seed: number, report: Report): Choice {
  const asked = nClusters === 'auto' ? [] : [nClusters];
  const sizes = [...new Set([...shownK, ...asked])]
    .filter((k) => k < X.nRows && k >= 1)
    .sort((a, b) => a - b);
  const candidates = fitCandidates(X, sizes, seed, part(report, 0, 0.75));
  const compared = sizes.filter((k) => k <= mostRecommended || asked.includes(k)).filter((k) => k > 1);
  const nulls = compareWithNull(X, compared, seed, part(report, 0.75, 1));
  if (nClusters === 'auto') {
    const { chosen, naturalGroups } = recommend(candidates, nulls, X.nRows);
    return { candidates, chosen, naturalGroups, reason: explain(chosen, naturalGroups, X.nRows, nulls) };
  }
  const chosen = candidates.find((one) => one.nClusters === nClusters)!;
  const naturalGroups = isNatural(
    chosen,
    nulls.find((one) => one.nClusters === nClusters),
  );
  const reason = `You asked for ${nClusters} segments. ${explain(chosen, naturalGroups, X.nRows, nulls)}`;
  return { candidates, chosen, naturalGroups, reason };
}
