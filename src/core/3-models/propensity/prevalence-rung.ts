import type { Rung } from './rung';

/** The same log-odds for everybody: those of the share of all who had the event. */
export type PrevalenceModel = { logOdds: number };

export const prevalence: Rung<PrevalenceModel> = {
  name: 'prevalence',
  words: 'guessing: the same likelihood for everybody',
  isCalibrated: false,

  fit({ y }) {
    const positives = y.reduce((sum, label) => sum + label, 0);
    const isOneSided = positives === 0 || positives === y.length;
    const half = isOneSided ? 0.5 : 0;
    return { logOdds: Math.log((positives + half) / (y.length - positives + half)) };
  },

  logOdds: ({ logOdds }, { nRows }) => new Float64Array(nRows).fill(logOdds),

  contributions: ({ logOdds }) => ({ baseline: logOdds, features: [] }),
};
