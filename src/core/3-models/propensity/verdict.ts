import type { PredictionInput, Suspect, Target } from '../../2-features/feature-table';
import type { Grade } from '../results/grade';
import type { CalibrationBin, LadderStep, Optimism, Validation } from '../results/prediction';
import { joinWords } from '../rules/sentences';
import { calibrationError } from './metrics';
import type { RungName } from './rungs';

/** What to call the customers the prediction looks for. */
function nameEvents(target: Target): string {
  if (target.kind === 'churn') return 'leavers';
  if (target.kind === 'repurchase') return 'returning buyers';
  if (target.kind === 'cancel') return 'customers who cancel';
  if (target.kind === 'upgrade') return 'customers who move up';
  if (target.kind === 'event') return `customers who do “${target.name}”`;
  return `customers with ${target.column} ${target.value}`;
}

function describeTest({ split, splitRule, origins }: PredictionInput): string {
  if (split === 'temporal') return `Tested on ${origins.length} later date${origins.length === 1 ? '' : 's'}`;
  if (split === 'rule') return `Tested on the customers kept aside by ${splitRule}`;
  return 'Tested on customers kept aside at random, because this column has no dates';
}

const times = (lift: number) => `${lift.toFixed(1)}×`;

/** Names what almost gives the answer away and was put aside or not, or was learnt from though it describes today. */
function warnOf(suspects: Suspect[]): string {
  const say = (some: Suspect[], one: string, many: string) => {
    if (some.length === 0) return '';
    const named = joinWords(some.slice(0, 3).map(({ label }) => `“${label}”`));
    return ` ${named} ${some.length === 1 ? one : many}`;
  };
  const after = (one: string, many: string) =>
    [`${one}: was it written after the event?`, `${many}: were they written after the event?`] as const;
  const learnt = suspects.filter(({ isAside }) => !isAside);
  return [
    say(
      suspects.filter(({ isAside }) => isAside),
      'almost gives the answer away, so it was put aside: was it written after the event?',
      'almost give the answer away, so they were put aside: were they written after the event?',
    ),
    say(
      learnt.filter(({ isSnapshot, isDated }) => !isSnapshot && !isDated),
      ...after('almost gives the answer away', 'almost give the answer away'),
    ),
    say(
      learnt.filter(({ isSnapshot }) => isSnapshot),
      ...after('describes the day of the export', 'describe the day of the export'),
    ),
    say(
      learnt.filter(({ isDated }) => isDated),
      'alone almost tells who, and looks only at what came before.',
      'each almost tell who, and look only at what came before.',
    ),
  ].join('');
}

function sayFound(input: PredictionInput, ladder: LadderStep[], chosen: RungName, shown: RungName): string {
  const events = nameEvents(input.target);
  const tested = describeTest(input);
  const at = (model: string) => ladder.find((step) => step.model === model);
  const recency = at('recency');
  const model = at(shown)!;
  if (chosen === 'prevalence') {
    const n = input.origins.reduce((sum, { test }) => sum + test.label.length, 0);
    return `Cannot tell who: nothing in this data tells them apart better than guessing (tested on ${n.toLocaleString('en-US')} ${n === 1 ? 'customer' : 'customers'}).`;
  }
  if (chosen === 'recency')
    return `No better than days since last order: use that. ${tested}, it finds ${times(recency!.liftTop10)} as many ${events} as chance in the top tenth.`;
  const own = `${tested}: finds ${times(model.liftTop10)} as many ${events} as chance in the top tenth`;
  if (!recency) return `${own}.`;
  const alone = `days since last order alone finds ${times(recency.liftTop10)}`;
  if (model.liftTop10 > recency.liftTop10 && times(model.liftTop10) !== times(recency.liftTop10))
    return `${own}; ${alone}.`;
  const pairs = (auc: number) => `${Math.round(auc * 100)} times in 100`;
  return `${own}; ${alone}, but over everybody the model tells two customers apart ${pairs(model.auc)}, days alone ${pairs(recency.auc)}.`;
}

/** One sentence a person can repeat: what was found beyond chance, beside days since the last order where known. */
export const sayVerdict = (
  input: PredictionInput,
  ladder: LadderStep[],
  chosen: RungName,
  shown: RungName,
): string => sayFound(input, ladder, chosen, shown) + warnOf(input.suspects ?? []);

type Evidence = {
  auc: number;
  /** Customers of the rarer outcome learnt from. */
  fewestOutcomes: number;
  bins: CalibrationBin[];
  optimism: Optimism['grade'];
  badge: Validation['badge'];
};

/**
 * How far to trust it: outcomes learnt from, how well it tells them apart, whether its percentages came true, whether
 * it kept what it promised on customers it learnt from, and whether luck alone could look as good.
 */
export function gradePrediction(
  chosen: string,
  { auc, fewestOutcomes, bins, optimism, badge }: Evidence,
): Grade {
  if (chosen === 'prevalence') return 'cannot tell';
  if (fewestOutcomes < 50 || auc < 0.55 || optimism === 'red' || badge !== 'validated') return 'shaky';
  const gap = calibrationError(bins);
  if (fewestOutcomes >= 200 && auc >= 0.65 && gap <= 0.05 && optimism === 'green') return 'solid';
  return gap <= 0.1 ? 'fair' : 'shaky';
}
