import { contributionsOfBoosting, histogramBoosting, logOddsOfBoosting } from './boosting';
import type { CalibrationModel } from './calibrate';
import { logisticRung, recency } from './line-rung';
import { matrixRung } from './matrix-rung';
import { prevalence } from './prevalence-rung';
import type { Rung } from './rung';

/** The ladder from the simplest to the most involved, one line a step. */
export const rungs = {
  prevalence,
  recency,
  logistic: logisticRung,
  boosting: matrixRung(
    'boosting',
    'many small decision trees, each mending the ones before',
    histogramBoosting,
    logOddsOfBoosting,
    contributionsOfBoosting,
  ),
};

export type RungName = keyof typeof rungs;

type ModelOf<R> = R extends Rung<infer Model> ? Model : never;

/** What a step has learnt, as plain data: scores can be computed again from it, and explained. */
export type FittedRung = {
  [Name in RungName]: {
    rung: Name;
    model: ModelOf<(typeof rungs)[Name]>;
    calibration: CalibrationModel | null;
  };
}[RungName];

export const rungNames = Object.keys(rungs) as RungName[];

export const rungOf = (name: RungName): Rung<unknown> => rungs[name];
