import { getBackend } from '@tensorflow/tfjs-core';
import { AppError } from '../../kit/errors';
import { outcomes } from '../../2-features/examples';
import type {
  FeatureTable,
  LabelledTable,
  PredictionInput,
  Target,
  TestOrigin,
} from '../../2-features/feature-table';
import { columnOf, stackTables, type Stacked } from './design-matrix';
import { part, type Report } from '../estimator';
import { calibrationBins, compareAuc, gainsCurve, scoreModel } from './metrics';
import {
  fitPropensity,
  fitRecencyRule,
  listCoefficients,
  predictPropensity,
  type PropensityModel,
} from './propensity-model';
import type { OriginResult, Prediction, Scores } from '../results';
import { gradePrediction, sayVerdict } from './verdict';

type Rung = 'prevalence' | 'recency' | 'logistic';
type RungResult = { ranking: ArrayLike<number>; likelihood: Float64Array; scores: Scores };
type OriginTest = { result: OriginResult; y: Uint8Array; rungs: Map<Rung, RungResult> };

/** A difference in AUC too small for anyone to notice in a list. */
const unnoticed = 0.005;

/** Standard errors that a model must be better than guessing: luck alone gets there once in twenty times. */
const guessWidth = 1.645;

const shareOf = (y: Uint8Array) => (y.length > 0 ? y.reduce((sum, label) => sum + label, 0) / y.length : 0);

const columnsOf = (table: FeatureTable) => (name: string) => columnOf(table.features, name)!;

/** Learns on what was known at the origin and judges every rung on what came later. */
function testOrigin({ train, test }: TestOrigin, target: Target, seed: number, report: Report): OriginTest {
  const training = stackTables(train, test.table, target);
  const y = test.label;
  const rungs = new Map<Rung, RungResult>();
  const add = (rung: Rung, ranking: ArrayLike<number>, likelihood: Float64Array) =>
    rungs.set(rung, { ranking, likelihood, scores: scoreModel(y, ranking, likelihood) });
  const even = new Float64Array(y.length).fill(shareOf(training.y));
  add('prevalence', even, even);
  const rule = fitRecencyRule(training, seed);
  if (rule) {
    const direction = rule.logistic.weights[0]! < 0 ? -1 : 1;
    const days = columnsOf(test.table)('recency').map((value) => direction * value);
    add('recency', days, predictPropensity(rule, columnsOf(test.table)));
  }
  const likelihood = predictPropensity(fitPropensity(training, seed, report), columnsOf(test.table));
  add('logistic', likelihood, likelihood);
  const result = {
    asOf: test.table.asOf,
    nTrain: training.y.length,
    nTest: y.length,
    positives: y.reduce((sum, label) => sum + label, 0),
    model: rungs.get('logistic')!.scores,
    recency: rungs.get('recency')?.scores ?? null,
  };
  return { result, y, rungs };
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Each rung's scores, averaged over the origins. */
function buildLadder(tests: OriginTest[]): Prediction['ladder'] {
  return (['prevalence', 'recency', 'logistic'] as const)
    .filter((rung) => tests.every(({ rungs }) => rungs.has(rung)))
    .map((model) => {
      const average = (score: keyof Scores) =>
        mean(tests.map(({ rungs }) => rungs.get(model)!.scores[score]));
      return {
        model,
        auc: average('auc'),
        averagePrecision: average('averagePrecision'),
        brier: average('brier'),
        logLoss: average('logLoss'),
        liftTop10: average('liftTop10'),
      };
    });
}

/**
 * The simplest rung whose AUC is within one standard error (DeLong, paired; a wider margin for guessing) of the best. The same customers come
 * back at every origin, so more origins do not shrink the error.
 */
function chooseRung(tests: OriginTest[], ladder: Prediction['ladder']): Rung {
  // Whoever is ranked first must be likelier than chance, or there is no list to make.
  const useful = ladder.filter(({ model, liftTop10 }) => model === 'prevalence' || liftTop10 > 1);
  const best = useful.reduce((a, b) => (b.auc > a.auc ? b : a));
  const isClose = ({ model }: { model: Rung }) => {
    const gaps = tests.map(({ y, rungs }) =>
      compareAuc(y, rungs.get(best.model)!.ranking, rungs.get(model)!.ranking),
    );
    const width =
      (model === 'prevalence' ? guessWidth : 1) * mean(gaps.map(({ standardError }) => standardError));
    const allowed = Math.max(width, unnoticed);
    return mean(gaps.map(({ difference }) => difference)) <= allowed;
  };
  return useful.find(isClose)!.model;
}

/** One rung over all test rows of all origins, under one another. */
function pool(
  tests: OriginTest[],
  rung: Rung,
  read: (result: RungResult) => ArrayLike<number>,
): Float64Array {
  return Float64Array.from(tests.flatMap(({ rungs }) => Array.from(read(rungs.get(rung)!))));
}

/** The chosen rung, learnt from everything whose outcome is known; null when that is the share of all. */
function fitFinal(training: Stacked, chosen: Rung, seed: number): PropensityModel | null {
  if (chosen === 'prevalence') return null;
  return chosen === 'recency' ? fitRecencyRule(training, seed) : fitPropensity(training, seed);
}

const emptyPrediction = (input: PredictionInput, seed: number, blocked: string): Prediction => ({
  target: input.target,
  horizonDays: input.horizonDays,
  split: input.split,
  seed,
  origins: [],
  ladder: [],
  chosen: 'none',
  verdict: blocked,
  grade: 'cannot tell',
  blocked,
  gains: { model: [], recency: [] },
  calibration: [],
  coefficients: [],
  baseRate: 0,
  customers: new Int32Array(),
  propensity: new Float64Array(),
  backend: getBackend(),
});

/** What keeps this from being learnt, as a sentence; null when nothing does. */
function whyBlocked({ blocked, origins, finalTrain, target }: PredictionInput): string | null {
  if (blocked !== null) return blocked;
  const share = shareOf(Uint8Array.from(finalTrain.flatMap(({ label }) => Array.from(label))));
  if (origins.length === 0 || share === 0 || share === 1)
    return new AppError('OneOutcomeOnly', ...outcomes(target)).message;
  return null;
}

/** How many rows have the rarer outcome. */
function countRarer(tables: LabelledTable[]): number {
  const nRows = tables.reduce((sum, { label }) => sum + label.length, 0);
  const positives = tables.reduce((sum, { label }) => sum + shareOf(label) * label.length, 0);
  return Math.round(Math.min(positives, nRows - positives));
}

/** Whom a list catches and whether percentages came true, over the test rows of all origins; empty for a mere guess. */
function judgeTogether(tests: OriginTest[], chosen: Rung): Pick<Prediction, 'gains' | 'calibration'> {
  if (chosen === 'prevalence') return { gains: { model: [], recency: [] }, calibration: [] };
  const y = Uint8Array.from(tests.flatMap((test) => Array.from(test.y)));
  const hasRecency = tests.every(({ rungs }) => rungs.has('recency'));
  const ranking = pool(tests, 'logistic', (result) => result.ranking);
  const likelihoodOf = (rung: Rung) => pool(tests, rung, ({ likelihood }) => likelihood);
  return {
    gains: {
      model: gainsCurve(y, ranking),
      recency: hasRecency ? gainsCurve(y, likelihoodOf('recency')) : [],
    },
    calibration: calibrationBins(y, likelihoodOf(chosen)),
  };
}

/** Everybody's likelihood by the chosen rung, and what drives it. */
function scoreEverybody(
  { finalTrain, score, target }: PredictionInput,
  chosen: Rung,
  seed: number,
): Pick<Prediction, 'coefficients' | 'baseRate' | 'customers' | 'propensity'> {
  const training = stackTables(finalTrain, score, target);
  const model = fitFinal(training, chosen, seed);
  const baseRate = shareOf(training.y);
  const labels = new Map(score.features.map(({ definition }) => [definition.name, definition.label]));
  return {
    coefficients: model ? listCoefficients(model, (name) => labels.get(name) ?? name) : [],
    baseRate,
    customers: score.customers,
    propensity: model
      ? predictPropensity(model, columnsOf(score))
      : new Float64Array(score.customers.length).fill(baseRate),
  };
}

/** Tests the ladder on every origin, chooses, learns the chosen model from all that is known and scores everybody. */
export function predict(
  input: PredictionInput,
  { seed }: { seed: number },
  report: Report = () => {},
): Prediction {
  const blocked = whyBlocked(input);
  if (blocked !== null) return emptyPrediction(input, seed, blocked);
  const nOrigins = input.origins.length;
  const tests = input.origins.map((origin, i) => {
    const step = part(report, (0.8 * i) / nOrigins, (0.8 * (i + 1)) / nOrigins);
    return testOrigin(origin, input.target, seed, (fraction) =>
      step(fraction, `testing ${i + 1} of ${nOrigins}`),
    );
  });
  report(0.8, 'learning from all that is known');
  const ladder = buildLadder(tests);
  const chosen = chooseRung(tests, ladder);
  const judged = judgeTogether(tests, chosen);
  const scored = scoreEverybody(input, chosen, seed);
  report(1);
  const { auc } = ladder.find((rung) => rung.model === chosen)!;
  return {
    target: input.target,
    horizonDays: input.horizonDays,
    split: input.split,
    seed,
    origins: tests.map(({ result }) => result),
    ladder,
    chosen,
    verdict: sayVerdict(input, ladder, chosen),
    grade: gradePrediction(chosen, auc, countRarer(input.finalTrain), judged.calibration),
    blocked: null,
    ...judged,
    ...scored,
    suspects: input.suspects ?? [],
    leftOut: input.leftOut ?? [],
    backend: getBackend(),
  };
}
