import type { PurchaseHistory } from '../../2-features/purchase-history';
import { part, type Report } from '../estimator';
import type { ValueModel, ValueRung } from '../results/value-result';
import { betaGeometric, modifiedBetaGeometric } from './beta-geometric';
import { calibrate, type Calibration, daysAWeek, firstDayOf, purchasesAfter } from './calibration';
import { foresee, type PurchaseFit } from './foresee';
import { paretoNbd } from './pareto-nbd';
import {
  fitPurchases,
  logBounds,
  type FitOptions,
  type FittedPurchases,
  type PurchaseModel,
  withReport,
} from './purchase-model';
import { maximise, type Objective } from './maximise';
import type { Triples } from './triples';
import { fitShrunkenAverage } from './shrunken-average';

const leastRepeat = 30;
const leastDays = 28;
/** More kinds of customers than this and the slowest model is left out. */
const mostForPareto = 6000;
/** Of models with as many parameters, the plainest unless another is likelier by this much (log-likelihood). */
const clearlyBetter = 2;
/** A model in which people leave must be likelier than one in which nobody does by this much (log-likelihood). */
const leaveEvidence = 2;

export type Climbed = { fit: PurchaseFit; name: ValueModel; ladder: ValueRung[]; isCollapsed: boolean };

/** From the models of who has left down to the mean of all; the first that the data can hold is taken, and always one. */
export function climbLadder(
  history: PurchaseHistory,
  now: Calibration,
  options: FitOptions,
  only?: ValueModel,
): Climbed {
  const ladder: ValueRung[] = [];
  const missing = whatIsMissing(history, now);
  const wanted = [betaGeometric, modifiedBetaGeometric, paretoNbd].filter(
    (model) => !only || model.name === only,
  );
  const isRefused = missing !== null || wanted.length === 0;
  const allStay = isRefused ? 0 : stayersLogLikelihood(now.triples, part(options.report, 0, 0.1));
  const fits = isRefused
    ? []
    : wanted.flatMap((model, k) => {
        const [from, to] = [k, k + 1].map((at) => 0.1 + (0.9 * at) / wanted.length) as [number, number];
        const own = { ...options, report: part(options.report, from, to) };
        return tryModel(model, now, own, ladder, !!only, allStay);
      });
  if (missing) for (const model of wanted) ladder.push(rung(model.name as ValueModel, null, missing));
  const sound = fits.filter(({ flaw }) => flaw === null);
  const best = sound.reduce<(typeof fits)[number] | null>(
    (top, one) =>
      top === null || one.fitted.logLikelihood > top.fitted.logLikelihood + clearlyBetter ? one : top,
    null,
  );
  const average = fitShrunkenAverage(history, now.lastDay);
  const collapsed = fits.find(({ fitted }) => Number.isFinite(fitted.logLikelihood)) ?? null;
  if (best) return take({ kind: 'model', ...best }, best.model.name as ValueModel, ladder, false);
  if (collapsed && (only || !average || isBetterLater(history, now, collapsed, options)))
    return take({ kind: 'model', ...collapsed }, collapsed.model.name as ValueModel, ladder, true);
  if (average && only !== 'mean') {
    ladder.push(rung('shrunkenAverage', null, 'what customers alike bought in the second half of the time'));
    return take({ kind: 'average', average }, 'shrunkenAverage', ladder, false);
  }
  ladder.push(rung('mean', null, 'purchases of all customers over all the time they were watched'));
  return take(meanFit(now), 'mean', ladder, false);
}

function take(fit: PurchaseFit, name: ValueModel, ladder: ValueRung[], isCollapsed: boolean): Climbed {
  return {
    fit,
    name,
    isCollapsed,
    ladder: ladder.map((one) => (one.model === name ? { ...one, isChosen: true } : one)),
  };
}

function whatIsMissing(history: PurchaseHistory, now: Calibration): string | null {
  const nRepeat = now.x.reduce((n, x) => n + Number(x > 0), 0);
  const days = now.lastDay - firstDayOf(history);
  if (nRepeat < leastRepeat)
    return `needs ${leastRepeat} customers who bought again, got ${nRepeat} of ${now.x.length}`;
  if (days < leastDays) return `needs ${leastDays} days of orders, got ${days}`;
  return null;
}

type Tried = { model: PurchaseModel; fitted: FittedPurchases; flaw: string | null };

function tryModel(
  model: PurchaseModel,
  now: Calibration,
  options: FitOptions,
  ladder: ValueRung[],
  isOnly: boolean,
  allStay: number,
): Tried[] {
  const name = model.name as ValueModel;
  if (model === paretoNbd && now.triples.n > mostForPareto && !isOnly) {
    ladder.push(
      rung(name, null, 'left out: too slow for this many customers, and the first one says much the same'),
    );
    return [];
  }
  const fitted = fitPurchases(model, now.triples, options);
  const flaw = flawOf(fitted, allStay);
  ladder.push(rung(name, { model, fitted }, flaw ?? 'found a clear best fit'));
  return [{ model, fitted, flaw }];
}

/** Why a fit cannot be built on; null when it can. */
function flawOf(fitted: FittedPurchases, allStay: number): string | null {
  const { isConverged, logLikelihood } = fitted;
  if (logLikelihood < allStay + leaveEvidence)
    return 'the data do not show anybody leaving, so who has left cannot be told apart from who pauses';
  return isConverged ? null : 'no clear best fit was found';
}

const rung = (
  model: ValueModel,
  fit: { model: PurchaseModel; fitted: FittedPurchases } | null,
  why: string,
): ValueRung => ({
  model,
  parameters: fit ? named(fit.model, fit.fitted) : {},
  logLikelihood: fit ? fit.fitted.logLikelihood : null,
  isChosen: false,
  why,
});

export const named = (model: PurchaseModel, fitted: FittedPurchases): Record<string, number> =>
  Object.fromEntries(model.parameterNames.map((name, i) => [name, fitted.parameters[i]!]));

/** Whether a collapsed model foretells the last third better than the average of customers alike, each fitted before it. */
function isBetterLater(
  history: PurchaseHistory,
  now: Calibration,
  { model }: Tried,
  options: FitOptions,
): boolean {
  const first = firstDayOf(history);
  const before = calibrate(history, Math.floor(first + ((now.lastDay - first) * 2) / 3));
  const average = fitShrunkenAverage(history, before.lastDay);
  if (!average) return true;
  const weeks = (now.lastDay - before.lastDay) / daysAWeek;
  const actual = purchasesAfter(history, before, now.lastDay);
  const errorOf = (fit: PurchaseFit) =>
    foresee(fit, before, { weeks, step: weeks, rate: 0 }).purchases.reduce(
      (sum, value, i) => sum + (value - actual[i]!) ** 2,
      0,
    );
  const fitted = fitPurchases(model, before.triples, options);
  return errorOf({ kind: 'model', model, fitted }) <= errorOf({ kind: 'average', average });
}

function meanFit({ x, T }: Calibration): PurchaseFit {
  const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
  const weeks = Math.max(sum(T), 1);
  const learnedFrom = sum(x);
  const purchasesAWeek = learnedFrom / weeks;
  const mean = learnedFrom / Math.max(1, x.length);
  const variance = sum(x.map((value) => (value - mean) ** 2)) / Math.max(1, x.length);
  const variationOfMean = mean > 0 ? Math.max(0, variance - mean) / mean ** 2 : 0;
  return { kind: 'mean', purchasesAWeek, variationOfMean, learnedFrom };
}

/** The best log-likelihood if nobody ever leaves: BG/NBD with next to no chance of it, only r and alpha free. */
function stayersLogLikelihood(triples: Triples, report: Report): number {
  const never = [logBounds[0], logBounds[1]];
  const slope = new Float64Array(4);
  const objective: Objective = (logs, free) => {
    const found = betaGeometric.logLikelihood(triples, Float64Array.of(...logs, ...never), slope);
    free.set(slope.subarray(0, 2));
    return found;
  };
  const starts = [[Math.log(0.7), Math.log(10)]];
  const { value } = maximise(withReport(objective, triples.n, report), starts, logBounds);
  return value;
}
