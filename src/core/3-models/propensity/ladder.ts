import { normalQuantile } from '../../kit/special';
import type { Report } from '../estimator';
import type { AgainstRecency, LadderStep, Scores } from '../results/prediction';
import { calibrationBins, calibrationError } from './metrics';
import { gradeOptimism } from './optimism';
import { rungOf, type RungName } from './rungs';
import { compareRungs, meanAuc, testedRungs, type OriginTest } from './test-ladder';

/** A difference in AUC too small for anyone to notice in a list. */
const unnoticed = 0.005;

/** Standard errors that the best of `nTried` must be ahead of guessing or of the rule: luck gets there once in twenty times. */
const doubtWidth = (nTried: number): number => normalQuantile(0.95 ** (1 / Math.max(1, nTried)));
const width95 = 1.959963984540054;

const scoreNames = ['auc', 'averagePrecision', 'brier', 'logLoss', 'liftTop10'] as const;

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function spreadOf(values: number[]): number {
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(squares / Math.max(values.length - 1, 1));
}

/** Guessing and the rule: what a model must beat beyond doubt. */
const isPlain = (name: RungName): boolean => name === 'prevalence' || name === 'recency';

/** Each rung's scores averaged over the origins, with their spread, beside the best. */
export function buildLadder(tests: OriginTest[], report: Report = () => {}): LadderStep[] {
  const names = testedRungs(tests);
  const aucOf = (name: RungName) => mean(tests.map(({ rungs }) => rungs.get(name)!.scores.auc));
  const best = names.reduce((a, b) => (aucOf(b) > aucOf(a) ? b : a));
  return names.map((name, at) => {
    report(at / names.length);
    const own = tests.map(({ rungs }) => rungs.get(name)!);
    const gather = (summarise: (values: number[]) => number) =>
      Object.fromEntries(
        scoreNames.map((score) => [score, summarise(own.map(({ scores }) => scores[score]))]),
      ) as Scores;
    const scores = gather(mean);
    const { error } = meanAuc(tests, name);
    return {
      model: name,
      words: rungOf(name).words,
      ...scores,
      spread: gather(spreadOf),
      aucError: error,
      behindBest: compareRungs(tests, best, name),
      ece: calibrationError(calibrationBins(...pool(tests, name))),
      optimism: gradeOptimism(mean(own.map(({ trainAuc }) => trainAuc)), scores.auc, error),
    };
  });
}

/** Outcomes and likelihoods of one rung over the test rows of all origins, under one another. */
export function pool(tests: OriginTest[], name: RungName): [Uint8Array, Float64Array] {
  const nRows = tests.reduce((sum, { y }) => sum + y.length, 0);
  const [y, likelihood] = [new Uint8Array(nRows), new Float64Array(nRows)];
  let start = 0;
  for (const test of tests) {
    y.set(test.y, start);
    likelihood.set(test.rungs.get(name)!.likelihood, start);
    start += test.y.length;
  }
  return [y, likelihood];
}

const bestOf = (steps: LadderStep[]) => steps.reduce((a, b) => (b.auc > a.auc ? b : a));

/** Without the network unless it is clearly better: it alone may say that quiet customers are likelier to come back. */
function keepSensible(tests: OriginTest[], steps: LadderStep[]): LadderStep[] {
  const others = steps.filter(({ model }) => model !== 'network');
  if (others.length === steps.length) return steps;
  const { gap, error } = compareRungs(tests, 'network', bestOf(others).model);
  return gap > Math.max(unnoticed, 2 * error) ? steps : others;
}

/**
 * The simplest rung whose AUC is within one standard error of the best; a wider margin for guessing and the rule, which
 * the best of all that was tried must beat beyond doubt.
 */
export function chooseRung(tests: OriginTest[], ladder: LadderStep[]): RungName {
  // Whoever is ranked first must be likelier than chance, or there is no list to make.
  const isUseful = ({ model, liftTop10 }: LadderStep) => model === 'prevalence' || liftTop10 > 1;
  const useful = keepSensible(tests, ladder.filter(isUseful));
  const best = bestOf(useful);
  const isClose = ({ model }: LadderStep) => {
    const { gap, error } = compareRungs(tests, best.model, model);
    const nTried = ladder.length - 1 - ladder.findIndex((step) => step.model === model);
    return gap <= Math.max(unnoticed, (isPlain(model) ? doubtWidth(nTried) : 1) * error);
  };
  return useful.find(isClose)!.model;
}

/** The chosen model; where a plain rung was chosen, the best of the models. */
export function modelToShow(ladder: LadderStep[], chosen: RungName): RungName {
  if (!isPlain(chosen)) return chosen;
  return bestOf(ladder.filter(({ model }) => !isPlain(model))).model;
}

/** The model against days since the last order, on the same customers; null where the rule could not be tested. */
export function againstRecency(
  tests: OriginTest[],
  model: RungName,
  chosen: RungName,
): AgainstRecency | null {
  if (!testedRungs(tests).includes('recency')) return null;
  const { gap, error } = compareRungs(tests, model, 'recency');
  const [low, high] = [gap - width95 * error, gap + width95 * error];
  const verdict = high < 0 ? 'worse' : isPlain(chosen) || low <= 0 ? 'no better' : 'better';
  return { model, difference: gap, low, high, verdict };
}
