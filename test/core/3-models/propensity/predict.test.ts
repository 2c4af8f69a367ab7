import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type {
  FeatureDefinition,
  LabelledTable,
  PredictionInput,
} from '../../../../src/core/2-features/feature-table';
import { frequency, recency } from '../../../../src/core/2-features/measures/rfm';
import { predict } from '../../../../src/core/3-models/propensity/predict';
import { rungNames } from '../../../../src/core/3-models/propensity/rungs';
import { gradePrediction } from '../../../../src/core/3-models/propensity/verdict';
import { sigmoidOf } from '../../../../src/core/3-models/propensity/logistic';
import { createRandom } from '../../../../src/core/kit/random';
import { startTensors } from '../../../fixtures/tensors';

beforeAll(startTensors);

const noise = (name: string): FeatureDefinition => ({
  name,
  label: name,
  unit: 'number',
  formula: 'made up',
  source: 'made up',
  high: name,
  low: name,
});

/** Customers who leave as their days since the last order, and with `hidden` also their number of orders, tell. */
function makeTable(nRows: number, seed: number, hidden: number): LabelledTable {
  const random = createRandom(seed);
  const column = (read: () => number) => Float64Array.from({ length: nRows }, read);
  const days = column(() => 1 + random.below(300));
  const orders = column(() => 1 + random.below(10));
  const label = Uint8Array.from(days, (value, i) =>
    Number(random.next() < sigmoidOf(1.2 * (Math.log1p(value) - 4.5) - hidden * (orders[i]! - 5))),
  );
  return {
    table: {
      asOf: 0,
      customers: Int32Array.from(days.keys()),
      features: [
        { definition: recency.definition, values: days },
        { definition: frequency.definition, values: orders },
        { definition: noise('noise'), values: column(() => random.normal()) },
        { definition: noise('constant'), values: new Float64Array(nRows).fill(2) },
      ],
    },
    label,
  };
}

function makeInput(seed: number, hidden: number, nRows = 900): PredictionInput {
  const at = (step: number) => makeTable(nRows, 100 * seed + step, hidden);
  return {
    target: { kind: 'churn' },
    horizonDays: 90,
    split: 'temporal',
    splitRule: null,
    origins: [1, 2, 3].map((step) => ({ train: [at(step)], test: at(step + 1) })),
    finalTrain: [at(4)],
    score: at(5).table,
    blocked: null,
  };
}

test('predict chooses the model when more than recency tells, says so in one sentence, and means its percentages', () => {
  const prediction = predict(makeInput(1, 0.5), { seed: 42 });
  expect(prediction.chosen).toBe('logistic');
  expect(prediction.ladder.map(({ model }) => model)).toEqual(rungNames);
  expect(prediction.verdict).toMatch(
    /^Tested on 3 later dates: finds \d\.\d× as many leavers as chance in the top tenth; days since last order alone finds \d\.\d×\.$/,
  );
  expect(prediction.grade).toBe('solid');
  for (const { predicted, low, high } of prediction.calibration)
    expect(predicted > low - 0.05 && predicted < high + 0.05).toBe(true);
  expect(prediction.coefficients.map(({ feature }) => feature)).not.toContain('constant');
  expect(prediction.coefficients[0]!.feature).toBe('frequency');
  expect(prediction.coefficients[0]!.weight).toBeLessThan(0);
  expect(prediction.propensity).toHaveLength(900);
});

/** TRUTH_SETS=20 for all of them. */
const nTruthSets = Number(process.env['TRUTH_SETS'] ?? 8);

test('predict says that recency is enough when it is, in at least nine of ten truth sets', () => {
  const honest = Array.from({ length: nTruthSets }, (_, i) => i + 1).filter((seed) => {
    const { chosen, verdict } = predict(makeInput(seed, 0, 300), { seed });
    return chosen === 'recency' && verdict.startsWith('No better than days since last order: use that.');
  });
  expect(honest.length).toBeGreaterThanOrEqual(Math.floor(0.9 * nTruthSets));
});

test('predict gives the same answer for the same seed, leaves its input as it was and no tensor behind', () => {
  const input = makeInput(2, 0.5, 300);
  const before = structuredClone(input);
  const tensors = memory().numTensors;
  expect(predict(input, { seed: 7 })).toEqual(predict(input, { seed: 7 }));
  expect(input).toEqual(before);
  expect(memory().numTensors).toBe(tensors);
});

test('predict never learns from what it is judged on: other outcomes in a test leave its likelihoods alone', () => {
  const input = makeInput(3, 0.5, 400);
  const changed = structuredClone(input);
  for (const { test } of changed.origins)
    for (let i = 0; i < 400; i += 20) test.label[i] = 1 - test.label[i]!;
  const [one, other] = [predict(input, { seed: 1 }), predict(changed, { seed: 1 })];
  expect([one.chosen, other.chosen]).toEqual(['logistic', 'logistic']);
  expect(other.origins[0]!.model.auc).not.toBe(one.origins[0]!.model.auc);
  expect(other.calibration.map(({ predicted }) => predicted)).toEqual(
    one.calibration.map(({ predicted }) => predicted),
  );
  expect(other.propensity).toEqual(one.propensity);
});

test('predict passes on what blocks it, and says what is missing when there is one outcome only', () => {
  const input = makeInput(4, 0.5, 200);
  const sentence = 'not enough data: needs 12 more';
  const blocked = predict({ ...input, blocked: sentence }, { seed: 1 });
  expect(blocked.blocked).toBe(sentence);
  expect(blocked.verdict).toBe(sentence);
  expect(blocked.grade).toBe('cannot tell');
  expect(blocked.origins).toEqual([]);
  expect(blocked.propensity).toHaveLength(0);
  for (const { label } of input.finalTrain) label.fill(0);
  expect(predict(input, { seed: 1 }).blocked).toMatch(/^need customers who /);
});

test('predict has no recency to beat when the table has none', () => {
  const input = makeInput(5, 0.5, 400);
  const drop = (one: LabelledTable['table']) => ({ ...one, features: one.features.slice(1) });
  const without = ({ table, label }: LabelledTable) => ({ table: drop(table), label });
  const prediction = predict(
    {
      ...input,
      split: 'random',
      target: { kind: 'column', column: 'Churn', value: 'Yes' },
      origins: input.origins
        .slice(0, 1)
        .map(({ train, test }) => ({ train: train.map(without), test: without(test) })),
      finalTrain: input.finalTrain.map(without),
      score: drop(input.score),
    },
    { seed: 1 },
  );
  expect(prediction.origins[0]!.recency).toBeNull();
  expect(prediction.gains.recency).toEqual([]);
  expect(prediction.verdict).toMatch(
    /^Tested on customers kept aside at random, because this column has no dates: finds /,
  );
});

test('predict stays finite when a test date has one outcome only', () => {
  const input = makeInput(6, 0.5, 300);
  input.origins[0]!.test.label.fill(0);
  const { ladder, propensity, calibration } = predict(input, { seed: 1 });
  const numbers = [
    ...ladder.flatMap(({ auc, brier, logLoss, ece, aucError }) => [auc, brier, logLoss, ece, aucError]),
    ...propensity,
  ];
  expect(numbers.every(Number.isFinite)).toBe(true);
  expect(calibration.every(({ observed }) => Number.isFinite(observed))).toBe(true);
});

/** Outcomes drawn by lot, and one feature that knows nothing of them. */
function drawByLot(seed: number): PredictionInput {
  const input = makeInput(seed, 0, 200);
  const random = createRandom(seed);
  const blur = ({ table, label }: LabelledTable): LabelledTable => ({
    table: { ...table, features: table.features.slice(2) },
    label: label.map(() => random.below(2)),
  });
  const [origin] = input.origins;
  return {
    ...input,
    split: 'random',
    target: { kind: 'column', column: 'Genre', value: 'Female' },
    origins: [{ train: origin!.train.map(blur), test: blur(origin!.test) }],
    finalTrain: input.finalTrain.map(blur),
    score: blur({ table: input.score, label: new Uint8Array(200) }).table,
  };
}

test('predict cannot tell who when nothing tells, in at least 18 of 20 truth sets', () => {
  const predictions = Array.from({ length: 20 }, (_, i) => predict(drawByLot(i + 1), { seed: 1 }));
  for (const { chosen, ladder } of predictions)
    expect(chosen === 'prevalence' || ladder.find(({ model }) => model === chosen)!.liftTop10 > 1).toBe(true);
  const honest = predictions.filter(({ chosen }) => chosen === 'prevalence');
  expect(honest.length).toBeGreaterThanOrEqual(18);
  for (const { grade, verdict, gains, calibration } of honest) {
    expect(grade).toBe('cannot tell');
    expect(verdict).toBe(
      'Cannot tell who: nothing in this data tells them apart better than guessing (tested on 200 customers).',
    );
    expect([gains.model, gains.recency, calibration]).toEqual([[], [], []]);
  }
});

test('predict names what almost gives the answer away', () => {
  const suspects = [{ label: 'noise', auc: 0.99 }];
  const prediction = predict({ ...makeInput(1, 0.5, 400), suspects }, { seed: 1 });
  expect(prediction.suspects).toEqual(suspects);
  expect(prediction.verdict).toMatch(
    /\. “noise” almost gives the answer away: was it written after the event\?$/,
  );
});

test('predict says which columns were put aside, and cannot tell when nothing else is left', () => {
  const aside = (label: string) => ({ label, auc: 1, isColumn: true, isAside: true }) as const;
  const input = makeInput(1, 0.5, 400);
  const { verdict } = predict({ ...input, suspects: [aside('Plan'), aside('Reason')] }, { seed: 1 });
  expect(verdict).toMatch(
    / “Plan” and “Reason” almost give the answer away, so they were put aside: were they written after the event\?$/,
  );
  const nothing = predict(
    { ...input, score: { ...input.score, features: [] }, suspects: [aside('Plan')] },
    { seed: 1 },
  );
  expect([nothing.grade, nothing.blocked]).toEqual([
    'cannot tell',
    'wanted traits to learn from; got none but "Plan", which give the answer away: add columns that were known before the event',
  ]);
});

test('predict tells columns of the day of the export and honest measures from traces of the answer', () => {
  const suspects = [
    { label: 'Total Spent', auc: 0.7, isSnapshot: true as const },
    { label: 'noise', auc: 0.99, isDated: true as const },
  ];
  const input = { ...makeInput(1, 0.5, 400), suspects, leftOut: ['Total Orders'] };
  const { verdict, leftOut } = predict(input, { seed: 1 });
  expect(leftOut).toEqual(['Total Orders']);
  expect(verdict).toMatch(
    / “Total Spent” describes the day of the export: was it written after the event\? /,
  );
  expect(verdict).toMatch(/ “noise” alone almost tells who, and looks only at what came before\.$/);
});

test('gradePrediction is never solid when percentages did not come true', () => {
  const bin = (predicted: number) => ({ predicted, observed: 0.5, low: 0.4, high: 0.6, n: 100 });
  const evidence = { auc: 0.9, fewestOutcomes: 500, optimism: 'green', badge: 'validated' } as const;
  const bins = [bin(0.53), bin(0.47)];
  expect(gradePrediction('logistic', { ...evidence, bins })).toBe('solid');
  expect(gradePrediction('logistic', { ...evidence, bins: [bin(0.56), bin(0.44)] })).toBe('fair');
  expect(gradePrediction('logistic', { ...evidence, bins, optimism: 'red' })).toBe('shaky');
  expect(gradePrediction('logistic', { ...evidence, bins, badge: 'not yet' })).toBe('shaky');
  expect(gradePrediction('logistic', { ...evidence, bins, fewestOutcomes: 49 })).toBe('shaky');
  expect(gradePrediction('prevalence', { ...evidence, bins })).toBe('cannot tell');
});
