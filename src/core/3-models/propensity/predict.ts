import { getBackend } from '@tensorflow/tfjs-core';
import { countCustomers, outcomes } from '../../2-features/examples';
import type { PredictionInput } from '../../2-features/feature-table';
import { AppError } from '../../kit/errors';
import { part, type Report } from '../estimator';
import type { LadderStep, OriginResult, Prediction } from '../results/prediction';
import { listDrivers } from './drivers';
import { tellEffects } from './effects';
import { gradeExamples } from './enough-data';
import { fitRung, scoreAll, splitLesson, type Lesson } from './fitted-rung';
import { againstRecency, buildLadder, chooseRung, modelToShow, pool } from './ladder';
import { calibrationBins, calibrationError, gainsCurve } from './metrics';
import { bootstrapOptimism } from './optimism';
import type { RungName } from './rungs';
import { stackForLearning, testOrigin, type OriginTest } from './test-ladder';
import { chanceOfLuck, validate } from './validation';
import { gradePrediction, sayVerdict } from './verdict';

/** `tries`: different ways in which this question was asked of this data so far, this one among them. */
export type PredictParams = { seed: number; tries?: number };

const emptyPrediction = (input: PredictionInput, params: PredictParams, blocked: string): Prediction => ({
  target: input.target,
  horizonDays: input.horizonDays,
  split: input.split,
  seed: params.seed,
  origins: [],
  ladder: [],
  chosen: 'none',
  verdict: blocked,
  grade: 'cannot tell',
  blocked,
  gains: { model: [], recency: [] },
  calibration: [],
  ece: 0,
  coefficients: [],
  model: null,
  againstRecency: null,
  optimism: null,
  enough: gradeExamples({ ...input, blocked }),
  validation: validate('none', 1, params.tries ?? 1),
  baseRate: 0,
  customers: new Int32Array(),
  propensity: new Float64Array(),
  suspects: input.suspects ?? [],
  leftOut: input.leftOut ?? [],
  backend: getBackend(),
});

/** What keeps this from being learnt, as a sentence; null when nothing does. */
function whyBlocked({ blocked, origins, finalTrain, score, target, suspects }: PredictionInput) {
  if (blocked !== null) return blocked;
  if (score.features.length === 0) {
    const aside = suspects?.filter(({ isAside }) => isAside).map(({ label }) => label) ?? [];
    return new AppError('NothingToLearnFrom', aside).message;
  }
  const hasBoth = [0, 1].every((outcome) => countCustomers(finalTrain, outcome) > 0);
  if (origins.length > 0 && hasBoth) return null;
  return new AppError('OneOutcomeOnly', ...outcomes(target)).message;
}

/** Each test as told: the model shown, the rule, and the whole ladder. */
function tellOrigin({ asOf, nTrain, y, rungs }: OriginTest, shown: RungName): OriginResult {
  return {
    asOf,
    nTrain,
    nTest: y.length,
    positives: y.reduce((sum, label) => sum + label, 0),
    model: rungs.get(shown)!.scores,
    recency: rungs.get('recency')?.scores ?? null,
    ladder: Array.from(rungs, ([model, { scores }]) => ({ model, ...scores })),
  };
}

/** Whom a list catches and whether percentages came true, over the test rows of all origins; empty for a mere guess. */
function judgeTogether(
  tests: OriginTest[],
  ladder: LadderStep[],
  chosen: RungName,
  shown: RungName,
): Pick<Prediction, 'gains' | 'calibration' | 'ece'> {
  if (chosen === 'prevalence') return { gains: { model: [], recency: [] }, calibration: [], ece: 0 };
  const hasRecency = ladder.some(({ model }) => model === 'recency');
  const calibration = calibrationBins(...pool(tests, chosen));
  return {
    gains: {
      model: gainsCurve(...pool(tests, shown)),
      recency: hasRecency ? gainsCurve(...pool(tests, 'recency')) : [],
    },
    calibration,
    ece: calibrationError(calibration),
  };
}

/** AUC that nobody gives up for a model that can be read. */
const withinReach = 0.02;

/** The additive step beside trees or a network, where it does nearly as well: it can be read. */
function findReadable(chosen: RungName, ladder: LadderStep[], lesson: Lesson, seed: number, report: Report) {
  if (chosen !== 'boosting' && chosen !== 'network') return null;
  const additive = ladder.find(({ model }) => model === 'additive');
  return additive && additive.behindBest.gap <= withinReach
    ? fitRung('additive', lesson, seed, report)
    : null;
}

/** The chosen rung learnt from everything whose outcome is known, and everybody's likelihood by it. */
function scoreEverybody(
  { finalTrain, score, target }: PredictionInput,
  ladder: LadderStep[],
  chosen: RungName,
  seed: number,
  report: Report,
) {
  const training = stackForLearning(finalTrain, score, target, seed, part(report, 0, 0.05));
  const lesson = splitLesson(training, seed);
  const model = fitRung(chosen, lesson, seed, part(report, 0.05, 0.6))!;
  const readable = findReadable(chosen, ladder, lesson, seed, part(report, 0.6, 0.8));
  report(0.8, 'telling what drives it');
  const effects = tellEffects(model, score, seed, part(report, 0.8, 0.83));
  const readableEffects = readable && tellEffects(readable, score, seed, part(report, 0.83, 0.86));
  const coefficients = listDrivers(model, score, seed);
  return {
    model,
    effects,
    readable: readableEffects,
    coefficients,
    baseRate: training.y.reduce((sum, label) => sum + label, 0) / training.y.length,
    customers: score.customers,
    propensity: scoreAll(model, score, part(report, 0.86, 0.9)),
    bootstrap: bootstrapOptimism(chosen, training, seed, part(report, 0.9, 1)),
  };
}

/** Tests the ladder on every origin, chooses, learns the chosen model from all that is known and scores everybody. */
export function predict(
  input: PredictionInput,
  params: PredictParams,
  report: Report = () => {},
): Prediction {
  const blocked = whyBlocked(input);
  if (blocked !== null) return emptyPrediction(input, params, blocked);
  const { seed, tries = 1 } = params;
  const nOrigins = input.origins.length;
  const tests = input.origins.map((origin, i) => {
    const step = part(report, (0.85 * i) / nOrigins, (0.85 * (i + 1)) / nOrigins);
    return testOrigin(origin, input.target, seed, (fraction) =>
      step(fraction, `testing ${i + 1} of ${nOrigins}`),
    );
  });
  report(0.85, 'learning from all that is known');
  const ladder = buildLadder(tests, part(report, 0.85, 0.86));
  report(0.86);
  const chosen = chooseRung(tests, ladder);
  const shown = modelToShow(ladder, chosen);
  report(0.86);
  const judged = judgeTogether(tests, ladder, chosen, shown);
  const { bootstrap, ...scored } = scoreEverybody(input, ladder, chosen, seed, part(report, 0.86, 0.99));
  const { auc, optimism } = ladder.find(({ model }) => model === chosen)!;
  const enough = gradeExamples(input);
  const validation = validate(chosen, chanceOfLuck(tests, ladder), tries);
  report(1);
  return {
    target: input.target,
    horizonDays: input.horizonDays,
    split: input.split,
    seed,
    origins: tests.map((test) => tellOrigin(test, shown)),
    ladder,
    chosen,
    verdict: sayVerdict(input, ladder, chosen, shown),
    grade: gradePrediction(chosen, {
      auc,
      fewestOutcomes: Math.min(enough.positives, enough.negatives),
      bins: judged.calibration,
      optimism: optimism.grade,
      badge: validation.badge,
    }),
    blocked: null,
    ...judged,
    ...scored,
    againstRecency: againstRecency(tests, shown, chosen),
    optimism: { ...optimism, bootstrap },
    enough,
    validation,
    suspects: input.suspects ?? [],
    leftOut: input.leftOut ?? [],
    backend: getBackend(),
  };
}
