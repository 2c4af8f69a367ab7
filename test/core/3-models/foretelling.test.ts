// Full companies and all three dates: TRUTH_SEEDS=10 npx vitest run --project unit test/core/3-models/foretelling.test.ts
import { beforeAll, expect, test } from 'vitest';
import type { PredictionInput } from '../../../src/core/2-features/feature-table';
import { buildPredictionInput } from '../../../src/core/2-features/prediction-input';
import { calibrationBins, calibrationError, rocAuc } from '../../../src/core/3-models/propensity/metrics';
import { predict } from '../../../src/core/3-models/propensity/predict';
import { importCompany } from '../../fixtures/shop';
import { startTensors } from '../../fixtures/tensors';

beforeAll(startTensors);

const asked = Number(process.env['TRUTH_SEEDS'] ?? 0);
const seeds = asked > 0 ? Array.from({ length: asked }, (_, i) => i + 1) : [1];
const horizonDays = 90;
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What the law itself knows, judged on the same test rows as the model: its AUC over the dates, and its own error. */
function judgeLaw(company: Awaited<ReturnType<typeof importCompany>>, { origins }: PredictionInput) {
  const tests = origins.map(({ test: { table, label } }) => ({
    label,
    chances: Float64Array.from(table.customers, (customer) =>
      company.chanceOfLeaving(customer, table.asOf!, horizonDays),
    ),
  }));
  const labels = Uint8Array.from(tests.flatMap(({ label }) => [...label]));
  const chances = Float64Array.from(tests.flatMap((one) => [...one.chances]));
  return {
    auc: mean(tests.map(({ label, chances }) => rocAuc(label, chances))),
    ece: calibrationError(calibrationBins(labels, chances)),
  };
}

// Few customers leave luck some room: a standard error of the AUC, and as much again of the calibration error.
test.each([
  ['shop', 1200, 6000],
  ['subscription', 2000, 6000],
  ['services', 600, 900],
] as const)(
  'who leaves is foretold within 0.03 of what the law itself knows, in percentages that come true: %s',
  { timeout: 7_200_000 },
  async (kind, few, many) => {
    for (const seed of seeds) {
      const company = await importCompany(kind, seed, asked > 0 ? many : few);
      const input = buildPredictionInput(company.collected, {
        target: { kind: kind === 'subscription' ? 'cancel' : 'churn' },
        horizonDays,
        nOrigins: asked > 0 ? 3 : 1,
        asOf: company.asOf,
        set: 'all',
        splitRule: null,
        seed: 42,
      });
      const { chosen, ladder, ece } = predict(input, { seed: 42 });
      const law = judgeLaw(company, input);
      const { auc, aucError } = ladder.find(({ model }) => model === chosen)!;
      if (asked > 0)
        console.log(
          `${kind} ${seed}: ${chosen} ${auc.toFixed(3)} of ${law.auc.toFixed(3)}, error ${ece.toFixed(4)}, the law's ${law.ece.toFixed(4)}`,
        );
      expect(auc).toBeGreaterThanOrEqual(law.auc - 0.03 - (asked > 0 ? 0 : aucError));
      expect(ece).toBeLessThanOrEqual(asked > 0 ? 0.03 : 0.06);
    }
  },
);
