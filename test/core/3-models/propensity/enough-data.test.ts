import { expect, test } from 'vitest';
import { gradeExamples } from '../../../../src/core/3-models/propensity/enough-data';
import { lawInput } from '../../../fixtures/leaving-law';

/** Customers 0 to `nLeavers` leave, of 1,000, at two dates with the same customers. */
function asking(nLeavers: number) {
  const input = lawInput({ nRows: 1000, seed: 1, more: 0 });
  const [one] = input.finalTrain;
  const label = Uint8Array.from({ length: 1000 }, (_, i) => Number(i < nLeavers));
  return { ...input, finalTrain: [1, 2].map(() => ({ table: one!.table, label })) };
}

test('gradeExamples counts customers, not rows, and says how many are missing', () => {
  expect(gradeExamples(asking(49))).toMatchObject({ grade: 'refused', positives: 49, negatives: 951 });
  expect(gradeExamples(asking(49)).sentence).toBe(
    'Not enough data: 49 customers who stopped ordering, need at least 50: 1 more.',
  );
  expect(gradeExamples(asking(120))).toMatchObject({ grade: 'graded', missing: 80, eventsPerFeature: 30 });
  expect(gradeExamples(asking(120)).sentence).toMatch(
    /120 customers who stopped ordering; 80 more, 200 in all/,
  );
  expect(gradeExamples(asking(300))).toMatchObject({ grade: 'allowed', missing: 0 });
});
