import { additive, contributionsOfAdditive } from './additive';
import { contributionsOfBoosting, histogramBoosting, logOddsOfBoosting } from './boosting';
import type { CalibrationModel } from './calibrate';
import { logisticRung, recency } from './line-rung';
import { matrixRung } from './matrix-rung';
import { contributionsOfNetwork, logOddsOfNetwork, network } from './network';
import { prevalence } from './prevalence-rung';
import type { Rung } from './rung';
import { logOddsOfAdditive } from './shapes';

/** The ladder from the simplest to the most involved, one line a step. */
export const rungs = {
  prevalence,
  recency,
  logistic: logisticRung,
  additive: matrixRung(
    'additive',
    'all traits, each with a curve of its own, and a few in pairs',
    additive,
    logOddsOfAdditive,
    contributionsOfAdditive,
  ),
  boosting: matrixRung(
    'boosting',
    'many small decision trees, each mending the ones before',
    histogramBoosting,
    logOddsOfBoosting,
    contributionsOfBoosting,
  ),
  network: matrixRung('network', 'a small neural network', network, logOddsOfNetwork, contributionsOfNetwork),
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
