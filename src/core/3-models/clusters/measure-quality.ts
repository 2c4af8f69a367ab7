import type { Matrix } from '../../kit/matrix';
import { quantileSorted } from '../../kit/quantiles';
import { part, type ClusterAlgorithm, type Report } from '../estimator';
import type { SegmentationQuality, SilhouetteProfile } from '../results/segmentation';
import { sampleRows, takeRows } from '../rows';
import type { Candidate, Task } from './choose-k';
import { calinskiHarabasz, daviesBouldin } from './dispersion';
import { adjustedRand, countLabels, silhouetteRows } from './indices';
import { clusterBy, gammaOf, partition } from './partition';
import { bootstrapStability, measureSeedAgreement } from './stability';

/** The chosen segments are drawn again this often (Hennig 2007), on as many rows as the work allows. */
const nResamples = 50;
const mostRows = 5_000;
const fewestRows = 1_500;
const resampleWork = 12_000_000;
/** Ways to cluster that cannot be done over in a moment get fewer repeats on fewer rows. */
const slowResamples = 12;
const slowRows = 800;

const profileRows = 3_000;
const nProfileValues = 200;
const nRefits = 5;
const refitCells = 24_000;
const refitRows = 2_500;
/** Ways to cluster whose agreement is told. */
const peers: ClusterAlgorithm[] = ['kmeans', 'gaussianMixture', 'ward'];

const pick = (labels: Int32Array, rows: Int32Array) => Int32Array.from(rows, (row) => labels[row]!);

/** One number a segment: how much of it comes back when customers are drawn again, 0..1. */
export function measureStabilities(task: Task, labels: Int32Array, nAsked: number, report: Report): number[] {
  const { X, algorithm, seed } = task;
  const isQuick = algorithm === 'kmeans';
  const work = nResamples * X.nColumns * nAsked;
  const limit = isQuick
    ? Math.min(mostRows, Math.max(fewestRows, Math.round(resampleWork / work)))
    : slowRows;
  const rows = sampleRows(X.nRows, limit, seed);
  const nInit = Math.max(2, Math.min(10, Math.floor((3 * resampleWork) / (work * rows.length))));
  const again = clusterBy(task, nAsked, nInit);
  const repeats = isQuick ? nResamples : slowResamples;
  const found = bootstrapStability(takeRows(X, rows), pick(labels, rows), again, repeats, seed, report);
  return Array.from(countLabels(labels), (_, c) => found[c] ?? 0);
}

/** Each segment's silhouettes, rising, on at most 3,000 rows. */
function profileSilhouettes({ X, seed }: Task, labels: Int32Array, report: Report): SilhouetteProfile[] {
  const rows = sampleRows(X.nRows, profileRows, seed);
  const own = pick(labels, rows);
  const [values] = silhouetteRows(takeRows(X, rows), [own], report);
  return Array.from(countLabels(labels), (_, c) => {
    const each = values!.filter((_, i) => own[i] === c).sort();
    const shown = Math.min(nProfileValues, each.length);
    return {
      mean: each.reduce((sum, value) => sum + value, 0) / Math.max(1, each.length),
      closerElsewhere: each.filter((value) => value < 0).length / Math.max(1, each.length),
      values: Array.from({ length: shown }, (_, i) =>
        quantileSorted(each, shown > 1 ? i / (shown - 1) : 0.5),
      ),
    };
  });
}

function compareMethods(X: Matrix, task: Task, labels: Int32Array, nClusters: number, report: Report) {
  const others = peers.filter((method) => method !== task.algorithm);
  return others.map((method, i) => {
    const step = part(report, i / others.length, (i + 1) / others.length);
    const tell: Report = (fraction) => step(fraction, 'finding the segments in other ways');
    const way = { ...task, algorithm: method, isRough: true };
    return {
      method,
      adjustedRand: adjustedRand(labels, partition(way, X, nClusters, task.seed, tell).labels),
    };
  });
}

/** How well the chosen segments hold, beside what is known of the candidate they came from. */
export function measureQuality(
  task: Task,
  labels: Int32Array,
  nAsked: number,
  candidate: Candidate | undefined,
  report: Report,
): SegmentationQuality {
  const { X, algorithm, seed } = task;
  const nClusters = countLabels(labels).length;
  const quickRows = Math.max(slowRows, Math.min(refitRows, Math.round(refitCells / X.nColumns)));
  const rows = sampleRows(X.nRows, algorithm === 'kmeans' ? quickRows : slowRows, seed);
  const sample = takeRows(X, rows);
  const canCompare = nClusters > 1;
  const gamma = gammaOf(task, X);
  return {
    calinskiHarabasz: calinskiHarabasz(X, labels),
    daviesBouldin: daviesBouldin(X, labels),
    gap: candidate?.gap ?? null,
    predictionStrength: candidate?.predictionStrength ?? null,
    silhouetteBySegment: profileSilhouettes(task, labels, part(report, 0, 0.3)),
    agreementSeeds: canCompare
      ? measureSeedAgreement(sample, clusterBy(task, nAsked, 3), nRefits, seed, part(report, 0.3, 0.6))
      : null,
    agreementMethods: canCompare
      ? compareMethods(sample, task, pick(labels, rows), nClusters, part(report, 0.6, 1))
      : [],
    ...(gamma !== null && { gamma }),
  };
}
