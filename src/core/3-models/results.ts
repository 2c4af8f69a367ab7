import type { ClusterAlgorithm } from './estimator';
import type { FeatureDefinition, FeatureUnit, Suspect, Target } from '../2-features/feature-table';
import type { FittedRung, RungName } from './propensity/rungs';
import type { Rule } from '../2-features/rule/rule';

export type ColumnTransform = { name: string; log: boolean; mean: number; sd: number; skew: number };

export type CandidateK = {
  nClusters: number;
  inertia: number;
  silhouette: number;
  /** Mean cluster-wise Jaccard similarity under resampling (Hennig 2007), 0..1. */
  stability: number;
  smallestShare: number;
  /** Variance between over variance within (higher is clearer), and overlap with the nearest (lower is clearer). */
  calinskiHarabasz?: number;
  daviesBouldin?: number;
  /** How much tighter than evenly spread customers, on a log scale, with its standard error. */
  gap?: number;
  gapSpread?: number;
  /** Share of pairs that one half of the customers puts together as the other half does, in the worst segment. */
  predictionStrength?: number;
};

/** A trait that segments are not made from. */
export type LeftOut = { label: string; why: string };

/** One segment's silhouettes: `closerElsewhere` is the share of members nearer to another segment; `values` rise, at most 200. */
export type SilhouetteProfile = { mean: number; closerElsewhere: number; values: number[] };

/** How well the chosen segments hold; null = cannot be told of so few customers or segments. */
export type SegmentationQuality = {
  calinskiHarabasz: number;
  daviesBouldin: number;
  gap: number | null;
  predictionStrength: number | null;
  silhouetteBySegment: SilhouetteProfile[];
  /** Mean adjusted Rand index over refits from other starts, and against other ways to cluster. */
  agreementSeeds: number | null;
  agreementMethods: { method: ClusterAlgorithm; adjustedRand: number }[];
  /** Only of k-prototypes: what one category that differs costs, in squared standard units. */
  gamma?: number;
};

/** How sure each customer's segment is: 0..1 for the own and for the second-likeliest one (-1 = there is none). */
export type Memberships = {
  probability: Float32Array;
  second: Int32Array;
  secondProbability: Float32Array;
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
  /** What the sentence says; it reads back as this. */
  rule: Rule;
  /** Share of the segment's held-out members that the sentence's rule gets right, 0..1. */
  fidelity: number;
  /** Share of the held-out customers that the rule picks who are members, 0..1. */
  precision: number;
  /** False = not simply explainable: the sentence is only roughly true. */
  isSimple: boolean;
  stability: number;
  traits: SegmentTrait[];
  /** Index into `customers` of the member closest to the middle. */
  typical: number;
  /** Rows in `customers`, most telling first; `other` = the second-closest segment, `gap` 0 = as near to it as to its own. */
  exemplars?: { typical: number[]; border: { row: number; other: number; gap: number }[] };
  /** Against the run before: true = a segment of its own, false = goes on an old one and keeps its name and slot. */
  isNew?: boolean;
};

/** The result behind segments.json. `labels[i]` is the segment id (0-based) of `customers[i]`, -1 when in none. */
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
  /** Of the way to cluster; absent in results made before it was told. */
  modelVersion?: number | null;
  /** Absent in results made before they were measured. */
  quality?: SegmentationQuality;
  memberships?: Memberships;
  /** Customers in no segment (label -1). */
  unassigned?: { count: number; share: number };
  /** Traits that segments are not made from, with why. */
  leftOut?: LeftOut[];
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

/** How much say a trait has: mean distance of its part of the log-odds from its middle, with 95% over customers. */
export type TraitSay = {
  feature: string;
  label: string;
  /** About who somebody is, not what they do. */
  isPersonal: boolean;
  value: number;
  low: number;
  high: number;
};

/** Mean likelihood of all customers if everybody had a value of one trait and kept the rest. */
export type TraitCurve = {
  feature: string;
  label: string;
  unit: FeatureUnit;
  /** 'line': values at points; 'steps': flat from each x to the next; 'bars': one value each. */
  form: 'line' | 'steps' | 'bars';
  x: number[];
  /** Where the last step ends. */
  end: number;
  likelihood: number[];
  /** 95%, where the model tells. */
  low: number[] | null;
  high: number[] | null;
  /** Customers at each bar, or in even stretches from the first x to the end. */
  counts: number[];
  missing: { n: number; likelihood: number } | null;
};

/** The same for two traits at once; `likelihood` is row-major by the first one's values. */
export type PairGrid = {
  first: { feature: string; label: string; unit: FeatureUnit; at: number[] };
  second: { feature: string; label: string; unit: FeatureUnit; at: number[] };
  likelihood: number[];
};

/** What a model goes by. `said`: most say first, at most 15; `total` is the say of all traits. */
export type Effects = {
  model: RungName;
  said: TraitSay[];
  total: number;
  curves: TraitCurve[];
  pairs: PairGrid[];
};

export type Grade = 'solid' | 'fair' | 'shaky' | 'cannot tell';

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

/** When each customer's next order is likely, if there is one: days from 1970, -1 = so long overdue that it cannot be told. */
export type NextOrder = {
  from: Int32Array;
  to: Int32Array;
  /** How many of the orders that came within `days` of an earlier day fell inside windows made then: meant to be `level` of them. */
  coverage: { level: number; inside: number | null; orders: number; days: number; asOf: number | null };
  grade: Grade;
  words: string;
};

/** 0 = prices hardly matter to them, 100 = they buy by price; compared with the other customers of this shop. */
export type PriceSensitivity = {
  /** Why it cannot be told; null when it can. */
  blocked: string | null;
  index: Float64Array;
  /** Hold 80 of 100. */
  low: Float64Array;
  high: Float64Array;
  words: string;
};

export type ValueModel =
  'betaGeometric' | 'modifiedBetaGeometric' | 'paretoNbd' | 'shrunkenAverage' | 'mean' | 'none';

/** What was tried on the way to a value, and why it was taken or not. */
export type ValueRung = {
  model: ValueModel;
  parameters: Record<string, number>;
  logLikelihood: number | null;
  isChosen: boolean;
  why: string;
};

/** Purchases foretold from an earlier day to the last one, beside what came. */
export type ValueHoldOut = {
  calibratedTo: number;
  days: number;
  customers: number;
  predicted: number;
  actual: number;
  correlation: number;
  meanAbsoluteError: number;
  /** By repeat purchases up to the earlier day (the last row: that many or more). */
  byFrequency: { x: number; customers: number; predictedMean: number; actualMean: number }[];
  /** By when customers first bought, in even spans of the time learned from; absent in results made before it was told. */
  byFirstOrder?: { from: number; to: number; customers: number; predicted: number; actual: number }[];
  /** Repeat purchases of all since the first day; `expected` is empty of meaning for models without ages (null). */
  tracking: { at: number; actual: number; expected: number | null }[];
};

/** The result behind clv.json. Arrays are by `customers[i]`; money is in the reported currency, times in days and weeks. */
export type ValueResult = {
  /** Null without dated orders. */
  asOf: number | null;
  model: ValueModel;
  /** Absent in results made before it was told. */
  modelVersion?: number;
  grade: Grade;
  /** One or more sentences: why this model and this grade. */
  reason: string;
  /** Set when there is no answer at all: what is missing. */
  blocked: string | null;
  /** In weeks, of the model of purchases. */
  parameters: Record<string, number>;
  /** 95% each; null where the data set no limit. */
  parameterIntervals: Record<string, [number | null, number | null]>;
  intervalMethod: 'profile likelihood' | 'curvature' | 'none';
  logLikelihood: number | null;
  spend: {
    model: 'gammaGamma' | 'shrunkenAverage' | 'none';
    parameters: Record<string, number>;
    logLikelihood: number | null;
    populationMean: number;
    customersUsed: number;
  };
  unit: 'weeks';
  horizonDays: number;
  discountRate: number;
  margin: number;
  /** False where no file says what was paid: values are empty then. */
  hasMoney: boolean;
  /** `low` and `high` hold 95 of 100: parameters and outcomes uncertain, and as far off again as the hold-out was. */
  totals: { expected: number; low: number; high: number; perCustomerMean: number; purchases: number };
  holdOut: ValueHoldOut | null;
  /** Do those who buy often spend more or less a time? The models take it that they do not. */
  dependence: { correlation: number; p: number; customers: number; words: string } | null;
  customers: Int32Array;
  probabilityAlive: Float64Array;
  expectedPurchases: Float64Array;
  /** Of one purchase. */
  expectedSpend: Float64Array;
  lifetimeValue: Float64Array;
  /** Hold 80 of 100 outcomes of each customer. */
  low: Float64Array;
  high: Float64Array;
  /** Customers and their value by tenth of customers, least valuable first. */
  distribution: { from: number; to: number; customers: number; value: number }[];
  ladder: ValueRung[];
  /** Customers expected to buy at least once within so many days; absent in results made before it was told. */
  soon?: { days: number; customers: number }[];
  nextOrder: NextOrder | null;
  priceSensitivity: PriceSensitivity | null;
};

export type SeparationStrength = 'could be chance' | 'hardly' | 'a little' | 'clearly' | 'strongly';

/** One trait of one segment set against all other customers. */
export type Separation = {
  segment: number;
  feature: string;
  label: string;
  measure: 'cliffsDelta' | 'cramersV';
  /** -1..1, positive = the segment has more: Cliff's delta of a number, signed Cramér's V of a flag. */
  effect: number;
  p: number;
  /** p adjusted for all traits and segments looked at: among those up to 0.05 at most 5% are false. */
  q: number;
  strength: SeparationStrength;
  /** The segment's and the others' middle value, or the share that has a flag; null where nothing is known. */
  own: number | null;
  others: number | null;
  sentence: string;
};

/** A segment beside its nearest one: what they differ most in. */
export type Contrast = {
  segment: number;
  nearest: number;
  traits: { feature: string; label: string; effect: number; own: number | null; others: number | null }[];
  sentence: string;
};

/** A share or mean with the interval it lies in with 95%. */
export type Ranged = { value: number; low: number; high: number };

/** Do segments frozen at `asOf` differ in what their members did in the days after it? */
export type SegmentsPredict = {
  asOf: number | null;
  horizonDays: number;
  nCustomers: number;
  /**
   * Share of the spread of later spend that lies between the segments, less what random groups would show; `raw` is with
   * it. Null where nothing says what was paid.
   */
  spend: { etaSquared: number; low: number; high: number; raw: number; randomEtaSquared: number } | null;
  /** How tightly the segment goes with coming back, 0..1, less what random groups would show; `raw` is with it. */
  comeBack: { cramersV: number; low: number; high: number; raw: number; randomCramersV: number };
  bySegment: {
    id: number;
    name: string;
    n: number;
    /** Null for a segment without customers. */
    cameBack: Ranged | null;
    spendPerCustomer: Ranged | null;
  }[];
  predictsSpend: boolean;
  predictsReturn: boolean;
  /** One sentence a person can repeat. */
  verdict: string;
  /** Set when nothing can be said: what is missing. */
  blocked: string | null;
};

/** A mean or share, between what it lies, and of how many customers it was worked out. */
export type Estimated = { value: number; low: number; high: number; n: number };

/** A group that differs from everybody else in an outcome. */
export type OutcomeGroup = {
  id: number;
  /** All customers it holds, also those the figures were not worked out from. */
  size: number;
  share: number;
  estimate: Estimated;
  /** Group less everybody else: low and high are on one side of zero, whatever the number of groups. */
  difference: Estimated;
  rule: Rule;
  sentence: string;
};

/** Segments made for one outcome. `labels[i]` is the group of `customers[i]`, -1 = no clear difference. */
export type OutcomeSegments = {
  outcome: string;
  unit: 'money' | 'orders' | 'share' | 'number';
  asOf: number | null;
  horizonDays: number | null;
  seed: number;
  nCustomers: number;
  /** Null when nothing could be worked out. */
  overall: Estimated | null;
  /** Highest outcome first; none when no groups differ. */
  groups: OutcomeGroup[];
  others: { size: number; share: number; estimate: Estimated } | null;
  /** One sentence a person can repeat. */
  verdict: string;
  /** Set when nothing can be said: what is missing. */
  blocked: string | null;
  customers: Int32Array;
  labels: Int32Array;
};

/** What people said in interviews against the segments they are in. */
export type Triangulation = {
  n: number;
  kappa: number | null;
  agreed: number;
  /** Fewer than 20 interviews. */
  isThin: boolean;
  disagreements: { customer: string; coded: string; assigned: string }[];
  verdict: string;
};
