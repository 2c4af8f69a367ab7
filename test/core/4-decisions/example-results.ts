import type { DataCheck } from '../../../src/core/1-collect/collected';
import type { FeatureDefinition } from '../../../src/core/2-features/feature-table';
import type { Prediction, Scores } from '../../../src/core/3-models/results/prediction';
import type { RfmResult } from '../../../src/core/3-models/results/rfm-result';
import type { Segment, Segmentation } from '../../../src/core/3-models/results/segmentation';
import type { ScoredCustomers } from '../../../src/core/4-decisions/audience';
import { ladderStep, originOf, sureness } from '../../fixtures/ladder-step';

const asOf = Date.UTC(2011, 11, 10);

const definition: FeatureDefinition = {
  name: 'recency',
  label: 'days since last order',
  unit: 'days',
  formula: 'day of asOf - day of the last order',
  source: 'order lines',
  high: 'long quiet',
  low: 'bought recently',
};

const segment = (id: number, name: string, size: number): Segment => ({
  id,
  name,
  slot: id + 1,
  size,
  share: size / 3,
  revenue: 100,
  revenueShare: 0.5,
  sentence: `${name}, in a sentence`,
  rule: { kind: 'and', rules: [] },
  fidelity: 0.9,
  precision: 0.9,
  isSimple: true,
  stability: 0.8,
  traits: [{ feature: 'recency', label: 'days since last order', z: 1, mean: 3, median: 2 }],
  typical: 0,
});

/** Customers 9, 10 and 100 (ids as text) in two segments; customer 100 has no orders, '7' is in no result. */
export const segmentation: Segmentation = {
  asOf,
  features: [definition],
  transform: [{ name: 'recency', log: true, mean: 1, sd: 2, skew: 0.3 }],
  algorithm: 'kmeans',
  nClusters: 2,
  seed: 42,
  inertia: 1.5,
  silhouette: 0.4,
  naturalGroups: true,
  reason: 'two, because they are two',
  candidates: [{ nClusters: 2, inertia: 1.5, silhouette: NaN, stability: 0.9, smallestShare: 0.3 }],
  segments: [segment(0, 'Regulars', 2), segment(1, '=Quiet', 1)],
  customers: Int32Array.of(0, 1, 2),
  labels: Int32Array.of(0, 1, 0),
  map: new Float32Array(6),
  explained: [0.7, 0.2],
  backend: 'wasm',
};

const group = (name: string) => ({
  name,
  size: 1,
  share: 0.5,
  revenue: 10,
  revenueShare: 0.5,
  medianRecency: 1,
  medianFrequency: 2,
  medianMonetary: 3,
});

const rfm: RfmResult = {
  customers: Int32Array.of(0, 1),
  recency: Float64Array.of(1, 200),
  frequency: Float64Array.of(12, 1),
  monetary: Float64Array.of(1234.5, 0.1 + 0.2),
  r: Uint8Array.of(5, 1),
  f: Uint8Array.of(5, 1),
  m: Uint8Array.of(4, 2),
  lifecycle: Uint8Array.of(0, 1),
  cuts: { recency: [], frequency: [], monetary: [] },
  groups: [group('Champions'), group('Lost')],
};

const scores: Scores = { auc: 0.8, averagePrecision: 0.7, brier: 0.1, logLoss: 0.3, liftTop10: 3 };

export const prediction: Prediction = {
  target: { kind: 'churn' },
  horizonDays: 90,
  split: 'temporal',
  seed: 42,
  origins: [
    originOf({ asOf, nTrain: 10, nTest: 9, positives: 4, model: scores, recency: { ...scores, auc: NaN } }),
  ],
  ladder: [ladderStep('logistic', scores)],
  chosen: 'logistic',
  verdict: 'better than days since last order',
  grade: 'solid',
  blocked: null,
  gains: { model: [], recency: [] },
  calibration: [],
  ...sureness,
  coefficients: [],
  baseRate: 0.4,
  customers: Int32Array.of(0, 1),
  propensity: Float64Array.of(0.123456789012345, 0.9),
  backend: 'wasm',
};

export const scored: ScoredCustomers = {
  customerIds: ['100', '9', '10', '7'],
  rfm,
  segmentation,
  names: [],
  prediction,
};

export const check: DataCheck = {
  files: [
    {
      name: 'orders.csv',
      source: null,
      format: 'csv',
      encoding: 'utf-8',
      delimiter: ',',
      hasHeader: true,
      kind: 'lines',
      bytes: 10,
      rowsRead: 5,
      rowsUsed: 4,
      rowsReported: 1,
      columns: [
        {
          name: 'who',
          type: 'text',
          why: 'kept as text',
          role: 'customer',
          roleConfidence: 1,
          roleWhy: 'its name says so',
          missing: 1,
          distinct: 4,
          unreadable: [],
          examples: [],
        },
      ],
    },
  ],
  issues: [
    {
      kind: 'no-customer',
      severity: 'warning',
      sentence: 'orders.csv: 1 row has no customer',
      rows: 1,
      example: { file: 'orders.csv', row: 3, column: 'who', value: '' },
    },
  ],
  questions: [],
  refused: [{ file: 'orders.csv', row: 3, column: 'who', value: '=1+1', why: 'no customer' }],
  totals: { customers: 4, orders: 13, lines: 13, revenue: 1234.8, from: '2011-01-01', to: '2011-12-09' },
  verdict: 'order lines',
  can: [],
  cannot: [],
  labelCandidates: [],
  dataHash: 'ab',
};
