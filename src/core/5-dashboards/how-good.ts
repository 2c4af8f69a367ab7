import type { LadderStep, Optimism, Prediction, Scores, Validation } from '../3-models/results/prediction';
import {
  closed,
  eventWords,
  formatCount,
  formatDay,
  formatDecimal,
  formatShare,
  formatTimes,
  nothing,
} from './words';

type StepName = LadderStep['model'];

export const stepNames: Record<StepName, string> = {
  prevalence: 'Guessing',
  recency: 'Days since last order',
  logistic: 'All traits, evenly',
  additive: 'A curve for each trait',
  boosting: 'Decision trees',
  network: 'Small neural network',
};

/** Whether a simple rule (days since last order) was tested beside the model; tables without dates have none. */
export const hasRule = (prediction: Prediction): boolean =>
  prediction.ladder.some(({ model }) => model === 'recency');

/** What is marked with a symbol and a word, never by colour alone. */
export type Mark = { symbol: string; word: string; kind: 'ok' | 'plain' | 'warn' | 'bad' };

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
const ordinal = (n: number) => `${formatCount(n)}${endings[ordinals.select(n)] ?? 'th'}`;

const badges: Record<Validation['badge'], Mark> = {
  validated: { symbol: '✓', word: 'Validated', kind: 'ok' },
  'not yet': { symbol: '◌', word: 'Not yet validated', kind: 'warn' },
  no: { symbol: '✕', word: 'Not validated', kind: 'bad' },
};

/** Whether it is better than guessing, and at which try; every further try makes luck likelier, and counts. */
export function tellBadge({ validation: { badge, sentence, tries } }: Prediction): {
  mark: Mark;
  sentence: string;
} {
  const asked = tries > 1 ? `${ordinal(tries)} question of this kind: ` : '';
  return {
    mark: badges[badge],
    sentence: asked ? `${asked}${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}` : sentence,
  };
}

const amounts: Record<Prediction['enough']['grade'], Mark> = {
  allowed: { symbol: '●', word: 'enough to learn from', kind: 'ok' },
  graded: { symbol: '◐', word: 'enough to try', kind: 'warn' },
  refused: { symbol: '○', word: 'too few', kind: 'bad' },
};

export const tellEnough = ({ enough }: Prediction): { mark: Mark; sentence: string } => ({
  mark: amounts[enough.grade],
  sentence: closed(enough.sentence),
});

const inHundred = (auc: number) => Math.round(auc * 100);

/** "2.2× as many", and that no list can do better where it is within 5% of the most a base rate leaves room for. */
function sayLift(lift: number, baseRate: number): string {
  const isMost = baseRate > 0 && lift >= 0.95 / baseRate;
  return `${formatTimes(lift)} as many${isMost ? ', the most possible' : ''}`;
}

/** The area under the curve as a frequency: of two customers, one of each kind, how often the right one ranks higher. */
const sayPairs = (auc: number) => (Number.isFinite(auc) ? `${inHundred(auc)} times in 100` : nothing);

const optimisms: Record<Optimism['grade'], Mark> = {
  green: { symbol: '●', word: 'holds up', kind: 'ok' },
  amber: { symbol: '▲', word: 'looks a little too good', kind: 'warn' },
  red: { symbol: '■', word: 'learnt by heart', kind: 'bad' },
};

/** Whom it was judged on: the same people later, or others where there are no dates. */
const othersOf = ({ split }: Prediction) => (split === 'temporal' ? 'later ones' : 'those held back');

export type LadderRow = {
  model: StepName;
  name: string;
  lift: number;
  finds: string;
  /** "± 0.2 over 3 dates"; empty where there is one test or nothing to spread. */
  findsSpread: string;
  pairs: string;
  pairsSpread: string;
  /** How it did on what it learnt from against later ones; null for guessing. */
  optimism: { mark: Mark; says: string } | null;
  /** Why it is used, or not. */
  why: string;
  scores: string[];
  isChosen: boolean;
};

/** The columns of `LadderRow.scores`. */
export const ladderScores = [
  'AUC',
  'average precision',
  'Brier score',
  'log loss',
  'calibration error',
  'standard error of the AUC',
];

function sayWhy(step: LadderStep, { ladder, chosen }: Prediction): string {
  const { gap, error } = step.behindBest;
  const best = ladder.reduce((a, b) => (b.auc > a.auc ? b : a));
  const of100 = (value: number) => (100 * value).toFixed(1).replace(/\.0$/, '');
  if (step.model === chosen)
    return step === best
      ? 'Used: nothing simpler is as good.'
      : `Used: the simplest that is as good as the best (${of100(gap)} in 100 behind, within chance).`;
  if (step.model === 'prevalence') return 'What everything else must beat.';
  const at = (name: string) => ladder.findIndex(({ model }) => model === name);
  if (at(step.model) > at(chosen) && gap <= Math.max(error, 0.005)) return 'As good, but not simpler.';
  if (step === best) return 'Best by a little, not beyond chance.';
  return `Tells ${of100(gap)} fewer in 100 apart than the best.`;
}

/** Every step from guessing to the most involved: what it finds, how steadily, whether it keeps its promise, and why it is used. */
export function ladderRows(prediction: Prediction): LadderRow[] {
  const n = prediction.origins.length;
  const over = (spread: string) => (n > 1 ? `± ${spread} over ${formatCount(n)} dates` : '');
  return prediction.ladder.map((step) => {
    const { trainAuc, testAuc, grade } = step.optimism;
    const isGuess = step.model === 'prevalence';
    return {
      model: step.model,
      name: stepNames[step.model],
      lift: step.liftTop10,
      isChosen: step.model === prediction.chosen,
      finds: isGuess ? 'as chance has it' : sayLift(step.liftTop10, prediction.baseRate),
      findsSpread: isGuess ? '' : over(step.spread.liftTop10.toFixed(2)),
      pairs: sayPairs(step.auc),
      pairsSpread: isGuess ? '' : over((100 * step.spread.auc).toFixed(1)),
      optimism: isGuess
        ? null
        : {
            mark: optimisms[grade],
            says: `${inHundred(trainAuc)} in 100 on what it learnt from, ${inHundred(testAuc)} on ${othersOf(prediction)}`,
          },
      why: sayWhy(step, prediction),
      scores: [step.auc, step.averagePrecision, step.brier, step.logLoss, step.ece, step.aucError].map(
        (value, i) => (i < 4 ? formatDecimal(value) : value.toFixed(3)),
      ),
    };
  });
}

/** The step in use in one sentence, its gap between what it learnt from and later ones included; null for a mere guess. */
export function sayChosen(prediction: Prediction): string | null {
  const step = prediction.ladder.find(({ model }) => model === prediction.chosen);
  const { optimism } = prediction;
  if (!step || step.model === 'prevalence' || !optimism) return null;
  const gap = Math.round(100 * optimism.gap);
  const { word } = optimisms[optimism.grade];
  const others = othersOf(prediction);
  const own =
    gap > 0
      ? `${gap} in 100 better on customers it learnt from than on ${others}`
      : `no better on customers it learnt from than on ${others}`;
  return `“${stepNames[step.model]}” is in use. It is ${own}: ${word}.`;
}

const verdicts = {
  better: 'so it is better than the rule beyond chance',
  'no better': 'so it is not better than the rule beyond chance',
  worse: 'so the rule is better',
};

/** The best model against days since the last order, with its interval; null where there is no such rule. */
export function sayAgainstRecency({ againstRecency, origins, chosen }: Prediction): string | null {
  if (!againstRecency) return null;
  const { model, difference, low, high, verdict } = againstRecency;
  const signed = (value: number) => {
    const times = (100 * value).toFixed(1);
    return Number(times) > 0 ? `+${times}` : times.replace('-', '−');
  };
  const n = origins.reduce((sum, { nTest }) => sum + nTest, 0);
  const isMoot = verdict === 'no better' && low > 0;
  return `“${stepNames[model]}” tells two customers apart ${signed(difference)} times in 100 against days since the last order alone (95% sure it is between ${signed(low)} and ${signed(high)}; ${formatCount(n)} outcomes), ${isMoot ? `but ${chosen === 'prevalence' ? 'neither beats guessing' : 'that is too little to use it'} beyond chance` : verdicts[verdict]}.`;
}

export type OriginTable = { heads: string[]; rows: { when: string; cells: string[] }[] };

/** One row for each test; columns of the simple rule only where one was tested. */
export function originTable(prediction: Prediction): OriginTable {
  const { did, people } = eventWords(prediction.target, prediction.horizonDays);
  const isRuled = prediction.origins.some(({ recency }) => recency);
  const rule = (cell: (scores: Scores) => string, scores: Scores | null) =>
    isRuled ? [scores ? cell(scores) : nothing] : [];
  const lift = ({ liftTop10 }: Scores) => formatTimes(liftTop10);
  const pairs = ({ auc }: Scores) => (Number.isFinite(auc) ? `${inHundred(auc)} in 100` : nothing);
  return {
    heads: [
      'Learned from',
      'Tested on',
      closed(did).slice(0, -1),
      `Finds as many ${people} as chance`,
      ...(isRuled ? ['… by days since last'] : []),
      'Tells two apart',
      ...(isRuled ? ['… by days since last order'] : []),
    ],
    rows: prediction.origins.map((origin) => ({
      when: origin.asOf === null ? 'customers held back' : formatDay(origin.asOf),
      cells: [
        formatCount(origin.nTrain),
        formatCount(origin.nTest),
        `${formatCount(origin.positives)} (${formatShare(origin.nTest ? origin.positives / origin.nTest : NaN)})`,
        lift(origin.model),
        ...rule(lift, origin.recency),
        pairs(origin.model),
        ...rule(pairs, origin.recency),
      ],
    })),
  };
}
