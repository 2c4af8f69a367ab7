import * as Comlink from 'comlink';
import type { KnownSegments, Looked, Subject, Tried } from '../workers/what-if-desk';
import { createLatestCall } from './bridge/latest-call';
import type { DataCheck } from './core/1-collect/collected';
import type { Direction } from './core/3-models/propensity/what-moves';
import type { SegmentMove } from './core/3-models/propensity/what-moves-segment';
import type { Prediction } from './core/3-models/results/prediction';
import type { Segmentation } from './core/3-models/results/segmentation';
import { ensureChecked, type Engine, tableBuffers, type Work } from './pipeline';
import { scoredAt } from './pipeline-analysis';

/** Makes sure the models worker holds what single customers of this prediction are looked at with. */
async function openWhatIf(
  work: Work,
  check: DataCheck,
  prediction: Prediction,
  segmentation: Segmentation | null,
) {
  const { engine, analysis, step } = work;
  const { desk } = engine.held;
  const { starts } = engine.models;
  if (desk?.starts === starts && desk.prediction === prediction && desk.segmentation === segmentation) return;
  await ensureChecked(work);
  step.report('Getting the customers ready', 0);
  const { features: set, splitRule, formulas, knownBefore } = analysis;
  const { target, horizonDays, seed, baseRate, model, encoders } = prediction;
  const asOf = scoredAt(analysis, check);
  const table = await engine.collection.call(
    (api) =>
      api.scoreTable({ target, horizonDays, asOf, set, splitRule, seed, formulas, knownBefore, encoders }),
    step.signal,
  );
  const segments = segmentation && pickSegments(segmentation);
  await engine.models.call(
    (api) =>
      api.openWhatIf(model!, Comlink.transfer(table, tableBuffers(table)), segments, { seed, baseRate }),
    step.signal,
  );
  engine.held.desk = { starts: engine.models.starts, prediction, segmentation };
}

const pickSegments = ({ customers, labels, transform, segments }: Segmentation): KnownSegments => ({
  customers,
  labels,
  transform,
  segments,
});

/** Why a customer, or the middle one of a segment, has their likelihood, and what would move it. */
export async function lookAt(
  work: Work,
  check: DataCheck,
  { prediction, segmentation }: { prediction: Prediction; segmentation: Segmentation | null },
  subject: Subject,
  direction: Direction,
): Promise<Looked> {
  await openWhatIf(work, check, prediction, segmentation);
  return work.engine.models.call((api) => api.look(subject, direction), work.step.signal);
}

const tryLatest = createLatestCall();

/** The likelihood with some traits at other values: null when a newer try came meanwhile, or nobody is looked at. */
export async function tryWhatIf(
  engine: Engine,
  subject: Subject,
  values: [feature: string, value: number][],
): Promise<Tried | null> {
  if (engine.held.desk?.starts !== engine.models.starts) return null;
  return tryLatest(() => engine.models.call((api) => api.whatIf(subject, values)));
}

/** The smallest change that brings whoever is looked at into a segment; null where that cannot be told. */
export async function whatMovesSegment(
  engine: Engine,
  subject: Subject,
  segment: number,
): Promise<SegmentMove | null> {
  if (engine.held.desk?.starts !== engine.models.starts) return null;
  return engine.models.call((api) => api.whatMovesSegment(subject, segment));
}
