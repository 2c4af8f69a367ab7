import { columnByName, keepLatest, putCustomersAside, sampleStacked, type Stacked } from './design-matrix';
import { part, type Report } from '../estimator';
import { logistic, type LogisticModel } from './logistic';
import { logLoss } from './metrics';
import { bendsWithSilence } from './silence';
import { designRows, fitTerms, type Term } from './terms';

/** Penalties tried, as shares of the rows learnt from; the strongest that is as good as the best is taken. */
const ridgeShares = [0.1, 0.03, 0.01, 3e-3, 3e-4];
const middleRidge = 3e-3;
/** Rows that the penalty and the dates to learn from are tried out on. */
const trialRows = 6_000;
const trialShare = 0.3;

/** Fewer of either outcome at the latest date than this, and all dates count alike. */
const fewestEach = 30;

/** Standard errors that older dates may be worse by before they are left out. */
const beyondLuck = 2;

export type Fitted = { terms: Term[]; logistic: LogisticModel };

/** Logistic regression with its design, all learnt from these rows. */
export function fitOn(training: Stacked, ridgeShare: number, seed: number, report?: Report): Fitted {
  const { definitions, columns, signs } = training;
  const terms = definitions.map(({ name, transform }, j) =>
    fitTerms(name, columns[j]!, bendsWithSilence(name), transform),
  );
  const ridge = Math.max(1, ridgeShare * training.y.length);
  const params = {
    ...logistic.defaults,
    ridge,
    signs: terms.flatMap((each, j) => each.map(() => signs[j]!)),
  };
  const X = designRows(terms.flat(), columnByName(training));
  return { terms: terms.flat(), logistic: logistic.fit(X, params, { seed, report, y: training.y }) };
}

/** Whether the rows can teach something by themselves. */
const hasEnough = ({ y }: Stacked): boolean => {
  const positives = y.reduce((sum, label) => sum + label, 0);
  return Math.min(positives, y.length - positives) >= fewestEach;
};

/** The rows of the latest date, nearest to what is to be foretold; all rows where those are too few. */
export function preferLatest(stacked: Stacked): Stacked {
  const latest = keepLatest(stacked);
  return hasEnough(latest) ? latest : stacked;
}

/** Log-loss of each row, and their mean. */
function judge({ terms, logistic: model }: Fitted, rows: Stacked) {
  const { y } = rows;
  const likelihood = logistic.predict(model, designRows(terms, columnByName(rows)));
  const losses = Float64Array.from(y, (label, i) =>
    logLoss(Uint8Array.of(label), likelihood.subarray(i, i + 1)),
  );
  return { losses, mean: meanOf(losses) };
}

const meanOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Whether a loss is within so many standard errors (paired) of the best. */
function isAsGood(losses: Float64Array, best: Float64Array, nErrors = 1): boolean {
  const n = losses.length;
  const gaps = losses.map((loss, i) => loss - best[i]!);
  const mean = meanOf(gaps);
  const variance = meanOf(gaps.map((gap) => (gap - mean) ** 2));
  return mean <= nErrors * Math.sqrt(variance / n);
}

/**
 * Whether the latest date alone foretells customers kept out of the trial better than all dates do, beyond what luck
 * does once in forty times: what was so long ago may be so no longer, but to do without it costs most of the rows.
 */
export function doOldDatesMislead(training: Stacked, seed: number, report: Report): boolean {
  if (training.isLatest.every((flag) => flag === 1)) return false;
  const { kept, aside } = putCustomersAside(training, trialShare, seed + 1);
  const [judged, latest] = [keepLatest(aside), keepLatest(kept)];
  if (!hasEnough(judged) || !hasEnough(latest)) return false;
  const tryOut = (rows: Stacked, own: Report) =>
    judge(fitOn(sampleStacked(rows, trialRows, seed), middleRidge, seed, own), judged).losses;
  const [all, alone] = [tryOut(kept, part(report, 0, 0.5)), tryOut(latest, part(report, 0.5, 1))];
  return !isAsGood(all, alone, beyondLuck);
}

/**
 * What to learn from and how strongly to hold back: all dates or the latest alone, and a penalty, by log-loss at the
 * latest date on customers kept out of the trial.
 */
export function chooseFit(training: Stacked, seed: number, report?: Report) {
  const { kept, aside } = putCustomersAside(training, trialShare, seed + 1);
  const judged = preferLatest(aside);
  if (!hasEnough(judged)) return { isLatestOnly: false, ridgeShare: middleRidge };
  const steps = ridgeShares.length + 2;
  let done = 0;
  const tryOut = (rows: Stacked, ridgeShare: number) => {
    const own = part(report, done / steps, ++done / steps);
    return judge(fitOn(rows, ridgeShare, seed, own), judged);
  };
  const [latest, all] = [preferLatest(kept), kept].map((rows) => sampleStacked(rows, trialRows, seed));
  const hasOneDate = training.isLatest.every((flag) => flag === 1);
  const isLatestOnly = hasOneDate || tryOut(latest!, middleRidge).mean < tryOut(all!, middleRidge).mean;
  const tried = ridgeShares.map((ridgeShare) => ({
    ridgeShare,
    ...tryOut(isLatestOnly ? latest! : all!, ridgeShare),
  }));
  const best = tried.reduce((a, b) => (b.mean < a.mean ? b : a));
  const { ridgeShare } = tried.find(({ losses }) => isAsGood(losses, best.losses))!;
  return { isLatestOnly, ridgeShare };
}
