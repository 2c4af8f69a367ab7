import { normalCdf } from '../../kit/special';
import type { LadderStep, Validation } from '../results/prediction';
import type { RungName } from './rungs';
import { meanAuc, type OriginTest } from './test-ladder';

/** Luck alone gets past this once in a hundred questions; over 20 tries, each adjusted, less than once in twenty. */
const beyondDoubt = 0.01;

/** Chance that at least one of `times` independent tries looks this good by luck (Šidák 1967). */
export const adjustForTries = (p: number, times: number): number =>
  p >= 1 ? 1 : -Math.expm1(times * Math.log1p(-p));

/** Standard error of the mean AUC if nothing told anybody apart (Mann and Whitney 1947), origins taken as independent. */
function errorByLuck(tests: OriginTest[]): number {
  const variance = tests.reduce((sum, { y }) => {
    const positives = y.reduce((total, label) => total + label, 0);
    const negatives = y.length - positives;
    return positives && negatives ? sum + (y.length + 1) / (12 * positives * negatives) : sum;
  }, 0);
  return Math.sqrt(variance) / tests.length;
}

/** How often luck alone would make the best of all steps look as good as it does: one-sided, all steps counted. */
export function chanceOfLuck(tests: OriginTest[], ladder: LadderStep[]): number {
  const steps = ladder.filter(({ model }) => model !== 'prevalence');
  const best = steps.reduce((a, b) => (b.auc > a.auc ? b : a));
  const { auc, error } = meanAuc(tests, best.model);
  const width = Math.max(error, errorByLuck(tests));
  const p = width > 0 ? normalCdf(-(auc - 0.5) / width) : 1;
  return adjustForTries(p, steps.length);
}

const sayTries = (tries: number) => (tries === 1 ? 'one try' : `${tries} tries`);

function sayChance(adjustedP: number): string {
  if (adjustedP < 0.001) return 'fewer than 1 time in 1,000';
  if (adjustedP < 0.1) return `about ${Math.max(1, Math.round(adjustedP * 1000))} times in 1,000`;
  return `about ${Math.round(adjustedP * 100)} times in 100`;
}

/** The badge, after `tries` different ways to ask this question of this data, this one among them. */
export function validate(chosen: RungName | 'none', p: number, tries: number): Validation {
  const adjustedP = adjustForTries(p, tries);
  const isGuess = chosen === 'prevalence' || chosen === 'none';
  const badge = isGuess ? 'no' : adjustedP < beyondDoubt ? 'validated' : 'not yet';
  const luck = `luck alone would look as good ${sayChance(adjustedP)} after ${sayTries(tries)} at this question`;
  const sentence = isGuess
    ? `Not better than guessing after ${sayTries(tries)} at this question.`
    : badge === 'validated'
      ? `Better than guessing: ${luck}.`
      : `Not yet shown to be better than guessing: ${luck}.`;
  return { tries, p, adjustedP, badge, sentence };
}
