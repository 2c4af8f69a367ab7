import type { FeatureDefinition, Suspect, Target } from '../2-features/feature-table';

export type ColumnTransform = { name: string; log: boolean; mean: number; sd: number; skew: number };

export type CandidateK = {
  nClusters: number;
  inertia: number;
  silhouette: number;
  /** Mean cluster-wise Jaccard similarity under resampling (Hennig 2007), 0..1. */
  stability: number;
  smallestShare: number;
};

export type SegmentTrait = {
  feature: string;
  label: string;
  /** Mean in standard deviations from all customers, after the transform. */
  z: number;
  mean: number;
  median: number;
};

/** `slot` 1..8 fixes colour and shape for life; 0 = other. */
export type Segment = {
  id: number;
  name: string;
  slot: number;
  size: number;
  share: number;
  /** Null when the features hold no spend. */
  revenue: number | null;
  revenueShare: number | null;
  sentence: string;
  /** Share of the segment's held-out members that the sentence's rule gets right, 0..1. */
  fidelity: number;
  stability: number;
  traits: SegmentTrait[];
  /** Index into `customers` of the member closest to the middle. */
  typical: number;
};

/** The result behind segments.json. `labels[i]` is the segment id (0-based) of `customers[i]`. */
export type Segmentation = {
  asOf: number | null;
  features: FeatureDefinition[];
  transform: ColumnTransform[];
  algorithm: string;
  nClusters: number;
  seed: number;
  inertia: number;
  silhouette: number;
  /** False = "no natural groups here": the groups below are a useful slicing, not islands. */
  naturalGroups: boolean;
  /** Why this many, and why natural or not: sentences. */
  reason: string;
  candidates: CandidateK[];
  segments: Segment[];
  customers: Int32Array;
  labels: Int32Array;
  /** First two principal components of the transformed features (for a map), row-major n x 2. */
  map: Float32Array;
  explained: [number, number];
  backend: string;
};

/** RFM scores (1..5, 5 best) and the lifecycle name's index for each customer with orders. */
export type RfmResult = {
  customers: Int32Array;
  recency: Float64Array;
  frequency: Float64Array;
  monetary: Float64Array;
  r: Uint8Array;
  f: Uint8Array;
  m: Uint8Array;
  lifecycle: Uint8Array;
  cuts: { recency: number[]; frequency: number[]; monetary: number[] };
  groups: {
    name: string;
    size: number;
    share: number;
    revenue: number;
    revenueShare: number;
    medianRecency: number;
    medianFrequency: number;
    medianMonetary: number;
  }[];
};

export type Scores = {
  auc: number;
  averagePrecision: number;
  brier: number;
  logLoss: number;
  liftTop10: number;
};

/** One step of the curve of gains, customers ranked best first: share contacted, share of events caught, lift. */
export type GainPoint = { share: number; gain: number; lift: number };
export type CalibrationBin = { predicted: number; observed: number; low: number; high: number; n: number };

export type OriginResult = {
  asOf: number | null;
  nTrain: number;
  nTest: number;
  positives: number;
  model: Scores;
  recency: Scores | null;
};

export type Coefficient = {
  feature: string;
  label: string;
  /** Change in log-odds for one standard deviation of the (transformed) feature. */
  weight: number;
};

export type Grade = 'solid' | 'fair' | 'shaky' | 'cannot tell';

/** The result behind predictions.json. `propensity[i]` is the calibrated likelihood of `customers[i]`. */
export type Prediction = {
  target: Target;
  horizonDays: number;
  split: 'temporal' | 'random' | 'rule';
  seed: number;
  origins: OriginResult[];
  ladder: ({ model: 'prevalence' | 'recency' | 'logistic' } & Scores)[];
  chosen: string;
  /** One sentence a person can repeat. */
  verdict: string;
  grade: Grade;
  /** Set when nothing could be trained: what is missing and how much. */
  blocked: string | null;
  gains: { model: GainPoint[]; recency: GainPoint[] };
  calibration: CalibrationBin[];
  coefficients: Coefficient[];
  baseRate: number;
  customers: Int32Array;
  propensity: Float64Array;
  /** For a ready label: 1 where a customer already shows the outcome; null for what is yet to come. */
  happened?: Uint8Array | null;
  /** Features that may give the answer away. */
  suspects?: Suspect[];
  /** Columns not learnt from because they describe the day of the export. */
  leftOut?: string[];
  backend: string;
};
