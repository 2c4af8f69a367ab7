import { expect, test } from 'vitest';
import { countTry, questionOf, triesOf } from '../../../src/core/governance/tries';

test('countTry counts different ways of asking one question, and the same way once', () => {
  const churn = questionOf({ kind: 'churn' }, 90);
  const other = questionOf({ kind: 'churn' }, 60);
  const asked = [
    [churn, 'all'],
    [churn, 'rfm'],
    [churn, 'all'],
    [other, 'all'],
  ] as const;
  const tries = asked.reduce(
    (known, [question, way]) => countTry(known, question, way),
    countTry([], churn, 'all'),
  );
  expect([triesOf(tries, churn), triesOf(tries, other)]).toEqual([2, 1]);
  expect(triesOf(tries, questionOf({ kind: 'repurchase' }, 90))).toBe(0);
});
