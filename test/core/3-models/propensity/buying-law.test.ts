import { beforeAll, expect, test } from 'vitest';
import { rocAuc } from '../../../../src/core/3-models/propensity/metrics';
import { predict } from '../../../../src/core/3-models/propensity/predict';
import { buildPredictionInput } from '../../../../src/core/2-features/prediction-input';
import { drawBuyers, trueChanceOfSilence } from '../../../fixtures/buying-law';
import { startTensors } from '../../../fixtures/tensors';

beforeAll(startTensors);

test('churn is foretold within 0.03 of what the law itself knows, and percentages come true within 3 of 100', () => {
  const days = 720;
  const horizonDays = 90;
  const buyers = drawBuyers({ nCustomers: 3000, days, seed: 2 });
  const input = buildPredictionInput(buyers.collected, {
    target: { kind: 'churn' },
    horizonDays,
    nOrigins: 1,
    asOf: buyers.asOf,
    set: 'rfm',
    splitRule: null,
    seed: 1,
  });
  const { ladder, chosen, ece } = predict(input, { seed: 1 });
  const { table, label } = input.origins[0]!.test;
  const known = Float64Array.from(table.customers, (customer) =>
    trueChanceOfSilence(buyers.times[customer]!, table.asOf!, horizonDays),
  );
  const oracle = rocAuc(label, known);
  const { auc } = ladder.find(({ model }) => model === chosen)!;
  expect(oracle).toBeGreaterThan(0.7);
  expect(auc).toBeGreaterThanOrEqual(oracle - 0.03);
  expect(ece).toBeLessThanOrEqual(0.03);
});
