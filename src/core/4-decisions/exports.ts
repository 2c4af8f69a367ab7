import type { DataCheck } from '../1-collect/collected';
import type { OriginResult, Prediction, Scores } from '../3-models/results/prediction';
import type { Segmentation } from '../3-models/results/segmentation';
import type { Steps } from '../kit/steps';
import { customersCsv } from './lists';
import { clvJson } from './value-export';
import type { ScoredCustomers } from './audience';
import { isoDay, segmentName, targetText, toJson } from './wording';

export type ExportedFile = { name: string; text: string };

/** The parts of an export a person can ask for alone, as in the terminal's `--only`. */
export const exportParts = ['check', 'segments', 'predictions', 'clv'] as const;
export type ExportPart = (typeof exportParts)[number];

/** The files of one analysis; a part that has not been run has no file. */
export function* buildExports(
  check: DataCheck | null,
  scored: ScoredCustomers,
  only: readonly ExportPart[] = exportParts,
): Steps<ExportedFile[]> {
  const { segmentation, names, prediction, value } = scored;
  const wants = (part: ExportPart) => only.includes(part);
  const files: ExportedFile[] = [];
  if (wants('check') && check) files.push({ name: 'data-check.json', text: dataCheckJson(check) });
  if (wants('segments') && segmentation)
    files.push({ name: 'segments.json', text: segmentsJson(segmentation, names) });
  if (wants('predictions') && prediction)
    files.push({ name: 'predictions.json', text: predictionsJson(prediction) });
  if (wants('clv') && value) files.push({ name: 'clv.json', text: clvJson(value) });
  if ((wants('segments') && segmentation) || (wants('predictions') && prediction) || (wants('clv') && value))
    files.push({ name: 'customers.csv', text: yield* customersCsv(scored) });
  return files;
}

function dataCheckJson(check: DataCheck): string {
  return toJson({
    files: check.files.map((file) => ({
      name: file.name,
      kind: file.kind,
      source: file.source?.label ?? null,
      format: file.format,
      encoding: file.encoding,
      delimiter: file.delimiter,
      rowsRead: file.rowsRead,
      rowsUsed: file.rowsUsed,
      rowsReported: file.rowsReported,
      columns: file.columns.map(({ name, role, type, missing, why }) => ({ name, role, type, missing, why })),
    })),
    issues: check.issues.map(({ kind, rows, sentence, example, dimension, fix }) => ({
      kind,
      rows,
      sentence,
      example,
      dimension,
      fix,
    })),
    score: check.score,
    totals: check.totals,
  });
}

/** Made by rules that somebody gave, not found in the data: nothing was drawn again to see whether they come back. */
const wasGiven = ({ algorithm }: Segmentation) => algorithm === 'rules' || algorithm === 'outcome';

function segmentsJson(segmentation: Segmentation, names: readonly string[]): string {
  const isGiven = wasGiven(segmentation);
  return toJson({
    asOf: dayOrNull(segmentation.asOf),
    features: segmentation.features.map(({ name, label, unit, formula, source }) => ({
      name,
      label,
      unit,
      formula,
      source,
    })),
    transform: segmentation.transform,
    algorithm: segmentation.algorithm,
    nClusters: segmentation.nClusters,
    inertia: segmentation.inertia,
    silhouette: segmentation.silhouette,
    naturalGroups: isGiven ? null : segmentation.naturalGroups,
    reason: segmentation.reason,
    candidates: segmentation.candidates.map((one) => ({
      nClusters: one.nClusters,
      inertia: one.inertia,
      silhouette: one.silhouette,
      stability: one.stability,
      calinskiHarabasz: one.calinskiHarabasz,
      daviesBouldin: one.daviesBouldin,
      gap: one.gap,
      gapSpread: one.gapSpread,
      predictionStrength: one.predictionStrength,
    })),
    segments: segmentation.segments.map((segment) => ({
      id: segment.id,
      name: segmentName(segment, names),
      size: segment.size,
      share: segment.share,
      revenue: segment.revenue,
      revenueShare: segment.revenueShare,
      sentence: segment.sentence,
      fidelity: segment.fidelity,
      stability: isGiven ? null : segment.stability,
      precision: segment.precision,
      isSimple: segment.isSimple,
      rule: segment.rule,
    })),
    quality: segmentation.quality && {
      ...segmentation.quality,
      silhouetteBySegment: segmentation.quality.silhouetteBySegment.map(({ mean, closerElsewhere }) => ({
        mean,
        closerElsewhere,
      })),
    },
    unassigned: segmentation.unassigned,
    leftOut: segmentation.leftOut,
  });
}

function predictionsJson(prediction: Prediction): string {
  return toJson({
    target: targetText(prediction.target),
    horizonDays: prediction.horizonDays,
    split: prediction.split,
    origins: prediction.origins.map((origin: OriginResult) => ({
      asOf: dayOrNull(origin.asOf),
      nTrain: origin.nTrain,
      nTest: origin.nTest,
      positives: origin.positives,
      model: scoresOf(origin.model),
      recency: origin.recency && scoresOf(origin.recency),
      ladder: origin.ladder.map((step) => ({ model: step.model, ...scoresOf(step) })),
    })),
    ladder: prediction.ladder.map((step) => ({
      model: step.model,
      ...scoresOf(step),
      words: step.words,
      spread: step.spread,
      aucError: step.aucError,
      behindBest: step.behindBest,
      ece: step.ece,
      optimism: step.optimism,
    })),
    chosen: prediction.chosen,
    verdict: prediction.verdict,
    grade: prediction.grade,
    ece: prediction.ece,
    calibration: prediction.calibration,
    againstRecency: prediction.againstRecency,
    optimism: prediction.optimism,
    enough: prediction.enough,
    validation: prediction.validation,
  });
}

const scoresOf = ({ auc, averagePrecision, brier, logLoss, liftTop10 }: Scores): Scores => ({
  auc,
  averagePrecision,
  brier,
  logLoss,
  liftTop10,
});

const dayOrNull = (time: number | null) => (time === null ? null : isoDay(time));
