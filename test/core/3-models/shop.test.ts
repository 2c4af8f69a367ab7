import { beforeAll, expect, test } from 'vitest';
import { buildPredictionInput } from '../../../src/core/2-features/prediction-input';
import { rankRowsBy, rowsOfTable, scoreRows } from '../../../src/core/3-models/propensity/fitted-rung';
import { predict } from '../../../src/core/3-models/propensity/predict';
import { importShop } from '../../fixtures/shop';
import { startTensors } from '../../fixtures/tensors';

beforeAll(startTensors);

const askChurn = ({ collected, asOf }: Awaited<ReturnType<typeof importShop>>, nOrigins: number) =>
  buildPredictionInput(collected, {
    target: { kind: 'churn' },
    horizonDays: 90,
    nOrigins,
    asOf,
    set: 'all',
    splitRule: null,
    seed: 42,
  });

test('predict beats days since last order on the sample shop, on three later dates', async () => {
  const shop = await importShop(1, 1000);
  const prediction = predict(askChurn(shop, 3), { seed: 42 });
  expect(prediction.origins).toHaveLength(3);
  expect(['logistic', 'additive', 'boosting', 'network']).toContain(prediction.chosen);
  expect(prediction.againstRecency!.verdict).toBe('better');
  for (const { model, recency } of prediction.origins) expect(model.auc).toBeGreaterThan(recency!.auc);
  expect(prediction.propensity.every((value) => value >= 0 && value <= 1)).toBe(true);
});

test('predict means its percentages on the sample shop at a later date, and keeps apart whom its model keeps apart', async () => {
  const shop = await importShop(1, 6000);
  const input = askChurn(shop, 1);
  const { ece, propensity, model } = predict(input, { seed: 42 });
  expect(ece).toBeLessThanOrEqual(0.03);
  for (const share of propensity) expect(share > 0.0005 && share < 0.9995).toBe(true);
  const nKeptApart = new Set(rankRowsBy(model!, rowsOfTable(input.score))).size;
  expect(new Set(propensity).size).toBeGreaterThan(0.98 * nKeptApart);
});

test('predict on the sample shop: higher likelihoods the longer the silence and never lower for it alone', async () => {
  const shop = await importShop(1, 1200);
  const input = askChurn(shop, 1);
  const { propensity, chosen, model } = predict(input, { seed: 42 });
  for (const share of propensity) expect(share > 0.0005 && share < 0.9995).toBe(true);
  expect(new Set(propensity).size).toBeGreaterThan(0.5 * propensity.length);
  const read = (name: string) =>
    input.score.features.find(({ definition }) => definition.name === name)!.values;
  const days = read('recency');
  const meanOf = (from: number, to: number) => {
    const own = propensity.filter((_, i) => days[i]! >= from && days[i]! <= to);
    return own.reduce((sum, share) => sum + share, 0) / own.length;
  };
  expect(meanOf(0, 60)).toBeLessThan(0.5 * meanOf(120, Infinity));
  // The network alone knows nothing of signs.
  expect(chosen).not.toBe('network');
  const later = scoreRows(model!, {
    nRows: days.length,
    column: (name) => (name === 'recency' ? days.map((value) => value + 30) : read(name)),
  });
  expect(later.every((value, i) => value >= propensity[i]! - 1e-12)).toBe(true);
});
