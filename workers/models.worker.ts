import { expose, transfer } from 'comlink';
import type { FeatureTable, PredictionInput } from '../src/core/2-features/feature-table';
import { findDoubtful } from '../src/core/3-models/clusters/mislabel';
import { part } from '../src/core/3-models/estimator';
import type { FittedRung } from '../src/core/3-models/propensity/rungs';
import { findTopReasons } from '../src/core/3-models/propensity/top-reasons';
import type { Direction } from '../src/core/3-models/propensity/what-moves';
import { predict, type PredictParams } from '../src/core/3-models/propensity/predict';
import { registry } from '../src/core/3-models/registry';
import type { Prediction } from '../src/core/3-models/results/prediction';
import type { RfmResult } from '../src/core/3-models/results/rfm-result';
import type { Segmentation } from '../src/core/3-models/results/segmentation';
import type { ValueResult } from '../src/core/3-models/results/value-result';
import { valueCustomers } from '../src/core/3-models/value/value-customers';
import type { ValueOptions } from '../src/core/3-models/value/fit-value';
import type { ValueInput } from '../src/core/2-features/purchase-history';
import { countCells, describeLifecycle, scoreRfm, type RfmOptions } from '../src/core/3-models/rfm';
import { describeGiven, type GivenSegments } from '../src/core/3-models/clusters/given-segments';
import { drawUmap } from '../src/core/3-models/clusters/draw-map';
import { chooseFeatures } from '../src/core/3-models/clusters/choose-features';
import { segment, type SegmentParams } from '../src/core/3-models/clusters/segment';
import type { LaterInput, OutcomeInput } from '../src/core/2-features/later-outcomes';
import { outcomeSegments } from '../src/core/3-models/rules/outcome-segments';
import { explainSegments } from '../src/core/3-models/separation/explain-segments';
import { measureGrowth } from '../src/core/3-models/separation/measure-growth';
import { testSegments, type Present } from '../src/core/3-models/separation/frozen-segments';
import { sumCellsByLifecycle } from './summary-frame';
import { startTensors } from './tensor-backend';
import { createWhatIfDesk, type KnownSegments, type Subject, type WhatIfParams } from './what-if-desk';

let whatIfDesk: ReturnType<typeof createWhatIfDesk> | null = null;

/** The versions of what the steps of the ladder learn with; guessing learns nothing. */
const versionOf: Record<FittedRung['rung'], number | null> = {
  prevalence: null,
  recency: registry.logistic.version,
  logistic: registry.logistic.version,
  additive: registry.additive.version,
  boosting: registry.histogramBoosting.version,
  network: registry.network.version,
};

type OnProgress = (fraction: number, note?: string) => void;

const api = {
  async segment(table: FeatureTable, params: SegmentParams, onProgress: OnProgress): Promise<Segmentation> {
    await startTensors();
    const result = segment(table, params, onProgress);
    const { customers, labels, map, memberships } = result;
    const columns = [customers, labels, map, ...(memberships ? Object.values(memberships) : [])];
    return transfer(
      { ...result, modelVersion: registry[params.algorithm].version },
      columns.map((column) => column.buffer),
    );
  },

  /** A grouping that rules made, told like one that was found. */
  async describeGiven(table: FeatureTable, given: GivenSegments, onProgress: OnProgress) {
    await startTensors();
    const result = describeGiven(table, given, onProgress);
    const columns = [result.customers, result.labels, result.map];
    return transfer(
      result,
      columns.map((column) => column.buffer),
    );
  },

  doubtful: findDoubtful,

  /** The customers of the table on a map where neighbours stay neighbours, two numbers each. */
  spreadMap(table: FeatureTable, seed: number, onProgress: OnProgress): Float32Array {
    const map = drawUmap(chooseFeatures(table.features).X, seed, onProgress);
    return transfer(map, [map.buffer]);
  },

  async rfm(table: FeatureTable, { cuts, names }: RfmOptions): Promise<RfmResult> {
    const scores = scoreRfm(table, cuts);
    const groups = describeLifecycle(scores, await sumCellsByLifecycle(countCells(scores)), names);
    const { customers, recency, frequency, monetary, r, f, m, lifecycle } = scores;
    const columns = [customers, recency, frequency, monetary, r, f, m, lifecycle];
    return transfer(
      { ...scores, groups },
      columns.map((column) => column.buffer),
    );
  },

  value(input: ValueInput | null, options: ValueOptions, onProgress: OnProgress): ValueResult {
    const result = valueCustomers(input, options, onProgress);
    const columns = Object.values(result).filter((column) => ArrayBuffer.isView(column));
    return transfer(result, [...new Set(columns.map((column) => column.buffer))]);
  },

  async predict(input: PredictionInput, params: PredictParams, onProgress: OnProgress): Promise<Prediction> {
    await startTensors();
    const result = predict(input, params, part(onProgress, 0, 0.95));
    const { model, customers, propensity } = result;
    if (model === null) return result;
    const reasons = findTopReasons(model, input.score, propensity, params.seed, part(onProgress, 0.95, 1));
    const { feature, part: parts, value } = reasons;
    const columns = [customers, propensity, feature, parts, value];
    return transfer(
      { ...result, reasons, modelVersion: versionOf[model.rung] },
      columns.map((column) => column.buffer),
    );
  },

  /** Takes in what single customers are looked at with; kept until the next one, or until this worker ends. */
  async openWhatIf(
    model: FittedRung,
    table: FeatureTable,
    segments: KnownSegments | null,
    params: WhatIfParams,
  ): Promise<void> {
    await startTensors();
    whatIfDesk = createWhatIfDesk(model, table, segments, params);
  },

  look: (subject: Subject, direction: Direction) => whatIfDesk!.look(subject, direction),

  whatIf: (subject: Subject, values: [string, number][]) => whatIfDesk!.tryOut(subject, values),

  whatMovesSegment: (subject: Subject, segment: number) => whatIfDesk!.moveTo(subject, segment),

  /** What separates each segment from the rest and from its nearest one. */
  explainSegments(
    table: FeatureTable,
    segmentation: Pick<Segmentation, 'customers' | 'labels'>,
    names: string[],
    onProgress: OnProgress,
  ) {
    return explainSegments(table, segmentation, names, onProgress);
  },

  /** Groups made for an outcome, each tested on customers that did not shape it. */
  outcomeSegments(input: OutcomeInput, params: { seed: number }, onProgress: OnProgress) {
    const result = outcomeSegments(input, params.seed, onProgress);
    return transfer(result, [result.customers.buffer, result.labels.buffer]);
  },

  /** Whether segments made at an earlier date tell what came after it. */
  async segmentsPredict(input: LaterInput, params: SegmentParams, present: Present, onProgress: OnProgress) {
    await startTensors();
    return testSegments(input, params, present, onProgress);
  },

  segmentGrowth: measureGrowth,
};

export type ModelsApi = typeof api;

expose(api);
