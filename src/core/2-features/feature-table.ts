import type { Encoder } from './transforms/encode-input';
import type { LevelTransformName, NumberTransformName } from './transforms/registry';

export type FeatureUnit =
  'days' | 'orders' | 'money' | 'items' | 'products' | 'share' | 'ratio' | 'flag' | 'number';

export type FeatureDefinition = {
  /** camelCase id, unique. */
  name: string;
  /** A marketer's words: "days since last order". */
  label: string;
  unit: FeatureUnit;
  /** How it is computed, in one line a reader could check by hand. */
  formula: string;
  /** Which columns or tables it reads. */
  source: string;
  /** How to say that a group is high or low on it: "long quiet" / "bought recently". Used for names. */
  high: string;
  low: string;
  /** How a person wants the values read; absent = as the model chooses. */
  transform?: NumberTransformName;
  /** The values are codes of these texts still (-1 = missing), to be told by rows that are learnt from. */
  coded?: { levels: string[]; by: LevelTransformName };
};

export type Feature = { definition: FeatureDefinition; values: Float64Array };

/**
 * One row a customer; `customers[i]` indexes the project's customer ids. Built only from rows at or before `asOf` (ms UTC).
 * `outcomes`: columns that are no features here because they tell what became of the customers.
 */
export type FeatureTable = {
  asOf: number | null;
  customers: Int32Array;
  features: Feature[];
  outcomes?: string[];
};

/**
 * 'rfm' = recency, frequency, monetary only; 'all' = the core that segments are made from; 'full' = every feature the
 * data allows; names = those of 'full' that a person chose. Formulas join all but 'rfm'.
 */
export type FeatureSet = 'all' | 'rfm' | 'full' | string[];

export type Target =
  | { kind: 'churn' }
  | { kind: 'repurchase' }
  /** Subscriptions running at the date and none at the end of the horizon. */
  | { kind: 'cancel' }
  /** More subscription money a month than at the date, at some time in the horizon. */
  | { kind: 'upgrade' }
  /** Something of this name in the table of events. */
  | { kind: 'event'; name: string }
  /** A ready label in the customer table; `value` is the positive one. */
  | { kind: 'column'; column: string; value: string };

/** A table of features with what happened after it: label[i] is 1 when the event came in (asOf, asOf + horizon]. */
export type LabelledTable = { table: FeatureTable; label: Uint8Array };

/** One honest test: learn on origins whose outcomes were known at `test.table.asOf`, judge on what came later. */
export type TestOrigin = { train: LabelledTable[]; test: LabelledTable };

/**
 * A feature or a whole column that may give the answer away: it tells the label almost perfectly by itself (`auc`: 0.5 =
 * not at all, 1 = always), or it is learnt from though it describes the day of the export. `isDated`: made only from what
 * was known by the date it stands at, so that it is no trace of the answer. `isAside`: a column not learnt from.
 */
export type Suspect = {
  label: string;
  auc: number;
  isSnapshot?: true;
  isDated?: true;
  isColumn?: true;
  isAside?: true;
};

/** Everything the models worker needs for one prediction. `blocked` set = cannot train, and says what is missing. */
export type PredictionInput = {
  target: Target;
  horizonDays: number;
  split: 'temporal' | 'random' | 'rule';
  splitRule: string | null;
  origins: TestOrigin[];
  /** What the final model learns from, and the customers it scores as of the project's asOf. */
  finalTrain: LabelledTable[];
  score: FeatureTable;
  blocked: string | null;
  /** What may have been written down after the event. */
  suspects?: Suspect[];
  /** Columns that describe the day of the export, kept out because the past is learnt from. */
  leftOut?: string[];
  /** What categories that go as one number are told by, learnt from all known outcomes. */
  encoders?: Encoder[];
};
