import type { FeatureUnit, Suspect, Target } from '../../2-features/feature-table';
import type { Encoder } from '../../2-features/transforms/encode-input';
import type { FittedRung, RungName } from '../propensity/rungs';
import type { Effects } from './effects';
import type { Grade } from './grade';

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

/** One test: `model` is the chosen model, or the best one where a simple rule was chosen; `ladder` all that were tried. */
export type OriginResult = {
  asOf: number | null;
  nTrain: number;
  nTest: number;
  positives: number;
  model: Scores;
  recency: Scores | null;
  ladder: ({ model: RungName } & Scores)[];
};

/** How much better it looks on customers it learnt from than on later ones; red = do not trust it. */
export type Optimism = { trainAuc: number; testAuc: number; gap: number; grade: 'green' | 'amber' | 'red' };

/** One step of the ladder: scores averaged over the origins, and how far they spread. */
export type LadderStep = {
  model: RungName;
  /** What it goes by, in a marketer's words. */
  words: string;
  /** Standard deviation over the origins; 0 with one origin. */
  spread: Scores;
  /** Standard error of the AUC; the same customer at several origins counts once. */
  aucError: number;
  /** AUC short of the best step's, and the standard error of that difference. */
  behindBest: { gap: number; error: number };
  /** Mean distance between likelihoods said and shares that came true, over ten bins. */
  ece: number;
  optimism: Optimism;
} & Scores;

/** The best model against days since the last order on the same customers: AUC more, with its 95% interval. */
export type AgainstRecency = {
  model: RungName;
  difference: number;
  low: number;
  high: number;
  verdict: 'better' | 'no better' | 'worse';
};

/** Whether there is enough to learn from; `missing` = how many more customers of the rarer outcome for 'allowed'. */
export type EnoughData = {
  grade: 'allowed' | 'graded' | 'refused';
  positives: number;
  negatives: number;
  nFeatures: number;
  /** Customers of the rarer outcome a feature. */
  eventsPerFeature: number;
  missing: number;
  sentence: string;
};

/**
 * Whether it is better than guessing: `p` is how often luck alone would look as good with one try, `adjustedP` with all
 * the tries made at this question so far.
 */
export type Validation = {
  tries: number;
  p: number;
  adjustedP: number;
  badge: 'validated' | 'not yet' | 'no';
  sentence: string;
};

export type Coefficient = {
  feature: string;
  label: string;
  /** Change in log-odds for one standard deviation of the (transformed) feature. */
  weight: number;
};

/** The result behind predictions.json. `propensity[i]` is the calibrated likelihood of `customers[i]`. */
export type Prediction = {
  target: Target;
  horizonDays: number;
  split: 'temporal' | 'random' | 'rule';
  seed: number;
  origins: OriginResult[];
  ladder: LadderStep[];
  chosen: RungName | 'none';
  /** One sentence a person can repeat. */
  verdict: string;
  grade: Grade;
  /** Set when nothing could be trained: what is missing and how much. */
  blocked: string | null;
  gains: { model: GainPoint[]; recency: GainPoint[] };
  calibration: CalibrationBin[];
  /** Expected calibration error of the chosen step over all test rows: mean distance between said and happened. */
  ece: number;
  coefficients: Coefficient[];
  /** What the chosen step goes by; absent in results made before it was told. */
  effects?: Effects | null;
  /** Where trees or a network were chosen and curves do nearly as well: what the curves go by. */
  readable?: Effects | null;
  /** What was learnt from everything known, to score, explain and try out again; null when nothing could be. */
  model: FittedRung | null;
  /** Null where no orders tell days since the last one, or nothing could be trained. */
  againstRecency: AgainstRecency | null;
  /** Of the chosen step; `bootstrap` = AUC lost from redrawn customers to the real ones (Harrell), simple steps only. */
  optimism: (Optimism & { bootstrap: number | null }) | null;
  enough: EnoughData;
  validation: Validation;
  baseRate: number;
  customers: Int32Array;
  propensity: Float64Array;
  /** For a ready label: 1 where a customer already shows the outcome; null for what is yet to come. */
  happened?: Uint8Array | null;
  /** Why each customer scores as they do; absent in results made before it was asked, and where nothing was learnt. */
  reasons?: TopReasons;
  /** Of the model that was learnt; absent in results made before it was told. */
  modelVersion?: number | null;
  /** What categories that go as one number are told by. */
  encoders?: Encoder[];
  /** Features that may give the answer away. */
  suspects?: Suspect[];
  /** Columns not learnt from because they describe the day of the export. */
  leftOut?: string[];
  backend: string;
};

/** The strongest reasons of each customer, `perCustomer` in a row of each array, strongest first. */
export type TopReasons = {
  features: { feature: string; label: string; unit: FeatureUnit; isPersonal: boolean }[];
  perCustomer: number;
  /** Index into `features`, -1 = no further reason, or not explained. */
  feature: Int16Array;
  /** What it adds to the log-odds beyond what it adds for the average customer. */
  part: Float32Array;
  value: Float64Array;
  /** Customers explained: of models that are slow to explain, the likeliest. */
  explained: number;
};
