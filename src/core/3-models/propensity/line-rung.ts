import { fitColumn, transformValue } from '../../2-features/transforms/fit-column';
import { part } from '../estimator';
import { chooseFit, fitOn, preferLatest, type Fitted } from './choose-fit';
import { logistic } from './logistic';
import type { Reasons, Rows, Rung } from './rung';
import { designRows, straightTerm, valueOfTerm } from './terms';

/** Each term's part of the log-odds, under its feature; in double precision, so that the parts add up. */
function contributionsOf({ terms, logistic: { weights, intercept } }: Fitted, rows: Rows): Reasons {
  const parts = new Map<string, Float64Array>();
  terms.forEach((term, j) => {
    const { name } = term.transform;
    const values = rows.column(name);
    const sum = parts.get(name) ?? new Float64Array(rows.nRows);
    parts.set(name, sum);
    if (weights[j] === 0) return;
    for (let i = 0; i < rows.nRows; i++)
      sum[i]! += weights[j]! * valueOfTerm(term, transformValue(term.transform, values[i]!));
  });
  const features = [...parts].map(([feature, values]) => ({ feature, values }));
  return { baseline: intercept, features };
}

function logOddsOf(model: Fitted, rows: Rows): Float64Array {
  const { baseline, features } = contributionsOf(model, rows);
  const total = new Float64Array(rows.nRows).fill(baseline);
  for (const { values } of features) for (let i = 0; i < total.length; i++) total[i]! += values[i]!;
  return total;
}

/** The rule to beat: one-dimensional logistic regression on log days since the last order. */
export const recency: Rung<Fitted> = {
  name: 'recency',
  words: 'days since the last order alone',
  isCalibrated: true,

  fit({ definitions, columns, y }, { seed }) {
    const column = columns[definitions.findIndex(({ name }) => name === 'recency')];
    if (!column) return null;
    const { mean, sd, skew } = fitColumn('recency', column.map(Math.log1p));
    const terms = [straightTerm({ name: 'recency', log: true, mean, sd, skew })];
    const X = designRows(terms, () => column);
    return { terms, logistic: logistic.fit(X, logistic.defaults, { seed, y }) };
  },

  logOdds: logOddsOf,
  contributions: contributionsOf,
};

/** Ridge logistic regression on all features; the dates to learn from and the penalty are chosen by trial. */
export const logisticRung: Rung<Fitted> = {
  name: 'logistic',
  words: 'all traits, each adding its part evenly',
  isCalibrated: true,

  fit(training, { seed, report }) {
    const { isLatestOnly, ridgeShare } = chooseFit(training, seed, part(report, 0, 0.5));
    return fitOn(isLatestOnly ? preferLatest(training) : training, ridgeShare, seed, part(report, 0.5, 1));
  },

  logOdds: logOddsOf,
  contributions: contributionsOf,
};
