import { describe, expect, test } from 'vitest';
import {
  ladderRows,
  sayAgainstRecency,
  sayChosen,
  tellBadge,
  tellEnough,
} from '../../../src/core/5-dashboards/how-good';
import type { Prediction } from '../../../src/core/3-models/results/prediction';
import { ladderStep, originOf, sureness } from '../../fixtures/ladder-step';

const scores = { auc: 0.8, averagePrecision: 0.5, brier: 0.1, logLoss: 0.3, liftTop10: 3.1 };
const origin = originOf({ asOf: 0, nTrain: 900, nTest: 400, positives: 100, model: scores, recency: null });
const step = (model: Parameters<typeof ladderStep>[0], auc: number, gap: number, error: number) => ({
  ...ladderStep(model, { ...scores, auc }),
  behindBest: { gap, error },
});
const prediction = {
  target: { kind: 'churn' },
  horizonDays: 60,
  origins: [origin, origin, origin],
  ladder: [
    step('prevalence', 0.5, 0.31, 0.01),
    step('recency', 0.7, 0.11, 0.01),
    step('logistic', 0.806, 0.004, 0.006),
    step('additive', 0.808, 0.002, 0.005),
    step('boosting', 0.81, 0, 0),
    step('network', 0.78, 0.03, 0.004),
  ],
  chosen: 'logistic',
  baseRate: 0.25,
  ...sureness,
} as unknown as Prediction;

describe('how good', () => {
  test('every step says why it is used, or not', () => {
    expect(ladderRows(prediction).map(({ why }) => why)).toEqual([
      'What everything else must beat.',
      'Tells 11 fewer in 100 apart than the best.',
      'Used: the simplest that is as good as the best (0.4 in 100 behind, within chance).',
      'As good, but not simpler.',
      'As good, but not simpler.',
      'Tells 3 fewer in 100 apart than the best.',
    ]);
    const best = ladderRows({ ...prediction, chosen: 'boosting' }).find(({ isChosen }) => isChosen)!;
    expect(best.why).toBe('Used: nothing simpler is as good.');
  });

  test('each figure has its spread over the dates, and one date has none', () => {
    const row = ladderRows(prediction)[2]!;
    expect([row.findsSpread, row.pairsSpread]).toEqual(['± 0.50 over 3 dates', '± 1.0 over 3 dates']);
    const [, , alone] = ladderRows({ ...prediction, origins: [origin] });
    expect([alone!.findsSpread, alone!.pairsSpread]).toEqual(['', '']);
  });

  test('optimism has a symbol and a word for each grade, and none for guessing', () => {
    const marks = (['green', 'amber', 'red'] as const).map((grade) => {
      const ladder = prediction.ladder.map((one) => ({ ...one, optimism: { ...one.optimism, grade } }));
      const rows = ladderRows({ ...prediction, ladder });
      expect(rows[0]!.optimism).toBeNull();
      return rows[2]!.optimism!.mark;
    });
    expect(new Set(marks.map(({ symbol }) => symbol)).size).toBe(3);
    expect(new Set(marks.map(({ word }) => word)).size).toBe(3);
    expect(sayChosen(prediction)).toBe(
      '“All traits, evenly” is in use. It is 2 in 100 better on customers it learnt from than on those held back: holds up.',
    );
  });

  test('the badge counts the tries', () => {
    expect(tellBadge(prediction).sentence).toBe('Better than guessing.');
    const at = (tries: number) =>
      tellBadge({ ...prediction, validation: { ...sureness.validation, tries } }).sentence;
    expect([2, 3, 4, 11, 22].map((n) => at(n).split(' ')[0])).toEqual(['2nd', '3rd', '4th', '11th', '22nd']);
    expect(at(4)).toBe('4th question of this kind: better than guessing.');
    const notYet = { ...sureness.validation, badge: 'not yet' as const };
    expect(tellBadge({ ...prediction, validation: notYet }).mark.word).toBe('Not yet validated');
    expect(tellEnough(prediction)).toEqual({
      mark: { symbol: '●', word: 'enough to learn from', kind: 'ok' },
      sentence: 'Enough data.',
    });
  });

  test('against the rule it gives the interval, and says nothing where there is no rule', () => {
    expect(sayAgainstRecency(prediction)).toBe(
      '“All traits, evenly” tells two customers apart +5.0 times in 100 against days since the last order alone (95% sure it is between +3.0 and +7.0; 1,200 outcomes), so it is better than the rule beyond chance.',
    );
    expect(sayAgainstRecency({ ...prediction, againstRecency: null })).toBeNull();
    const guess = { ...prediction, chosen: 'prevalence' as const };
    const moot = { ...prediction.againstRecency!, verdict: 'no better' as const };
    expect(sayAgainstRecency({ ...guess, againstRecency: moot })).toContain('but neither beats guessing beyond chance'); // prettier-ignore
  });
});
