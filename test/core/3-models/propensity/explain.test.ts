import { beforeAll, describe, expect, test } from 'vitest';
import { buildFeatures } from '../../../../src/core/2-features/features';
import { isActionable } from '../../../../src/core/2-features/actionable';
import { buildPredictionInput, buildScoreTable } from '../../../../src/core/2-features/prediction-input';
import { kmeans } from '../../../../src/core/3-models/clusters/kmeans';
import { stackTables } from '../../../../src/core/3-models/propensity/design-matrix';
import { averageCustomer, explain, pickFrom } from '../../../../src/core/3-models/propensity/explain';
import {
  fitRung,
  likelihoodAt,
  scoreAll,
  scoreRows,
  splitLesson,
} from '../../../../src/core/3-models/propensity/fitted-rung';
import { applyChanges, measureRanges } from '../../../../src/core/3-models/propensity/levers';
import { rungNames, type FittedRung } from '../../../../src/core/3-models/propensity/rungs';
import { findTopReasons } from '../../../../src/core/3-models/propensity/top-reasons';
import {
  findMove,
  goalFor,
  personAt,
  rowsOfPeople,
} from '../../../../src/core/3-models/propensity/what-moves';
import {
  findMiddles,
  findSegmentMove,
  nearestSegments,
} from '../../../../src/core/3-models/propensity/what-moves-segment';
import { fitColumn } from '../../../../src/core/2-features/transforms/fit-column';
import { transformColumns } from '../../../../src/core/3-models/standardise';
import type { Segmentation } from '../../../../src/core/3-models/results/segmentation';
import type { FeatureTable } from '../../../../src/core/2-features/feature-table';
import { createWhatIfDesk } from '../../../../workers/what-if-desk';
import { importShop } from '../../../fixtures/shop';
import { startTensors } from '../../../fixtures/tensors';

let shop: Awaited<ReturnType<typeof importShop>>;
beforeAll(async () => {
  await startTensors();
  shop = await importShop(1, 300);
});

const options = () =>
  ({
    target: { kind: 'churn' },
    horizonDays: 90,
    asOf: shop.asOf,
    set: 'all',
    splitRule: null,
    seed: 1,
  }) as const;

const learnt = new Map<string, FittedRung>();

function learn(name: (typeof rungNames)[number]): FittedRung {
  const known = learnt.get(name);
  if (known) return known;
  const { finalTrain, score, target } = buildPredictionInput(shop.collected, { ...options(), nOrigins: 1 });
  const fitted = fitRung(name, splitLesson(stackTables(finalTrain, score, target), 1), 1)!;
  learnt.set(name, fitted);
  return fitted;
}

const firstRows = (table: FeatureTable, n: number): FeatureTable => ({
  ...table,
  customers: table.customers.slice(0, n),
  features: table.features.map((one) => ({ ...one, values: one.values.slice(0, n) })),
});

/** Four segments by k-means on everything. */
function group(table: FeatureTable) {
  const transform = table.features.map(({ definition, values }) => fitColumn(definition.name, values));
  const X = transformColumns(
    transform,
    table.features.map(({ values }) => values),
  );
  const model = kmeans.fit(X, { ...kmeans.defaults, nClusters: 4 }, { seed: 1 });
  const segments = Array.from({ length: 4 }) as Segmentation['segments'];
  return { customers: table.customers, labels: kmeans.predict(model, X), transform, segments };
}

test('buildScoreTable is the very table that a prediction scores', () => {
  const { score } = buildPredictionInput(shop.collected, { ...options(), nOrigins: 1 });
  expect(buildScoreTable(shop.collected, options())).toEqual(score);
});

describe.each(rungNames)('%s', (name) => {
  test('explain adds up to the score, and the score through calibration to the likelihood', () => {
    const fitted = learn(name);
    const table = buildScoreTable(shop.collected, options());
    const average = averageCustomer(fitted, table, 1);
    const all = scoreAll(fitted, table);
    for (const row of [0, 17, 101, 233]) {
      const told = explain(fitted, pickFrom(table, [row]), average);
      const sum = told.parts.reduce((total, { part }) => total + part, told.baseline);
      expect(Math.abs(sum - told.logOdds)).toBeLessThan(1e-6);
      expect(told.likelihood).toBeCloseTo(all[row]!, 9);
      expect(likelihoodAt(fitted, Float64Array.of(told.logOdds))[0]).toBeCloseTo(told.likelihood, 12);
      expect(told.parts.map(({ part }) => Math.abs(part))).toEqual(
        told.parts.map(({ part }) => Math.abs(part)).sort((a, b) => b - a),
      );
    }
  });

  test('findTopReasons keeps the strongest parts that explain tells', () => {
    const fitted = learn(name);
    const table = firstRows(buildScoreTable(shop.collected, options()), 30);
    const found = findTopReasons(fitted, table, scoreAll(fitted, table), 1);
    expect(found.explained).toBe(30);
    const average = averageCustomer(fitted, table, 1);
    for (const row of [3, 25]) {
      const { parts } = explain(fitted, pickFrom(table, [row]), average);
      parts
        .filter(({ part }) => part !== 0)
        .slice(0, 3)
        .forEach(({ part, value }, i) => {
          expect(found.part[row * 3 + i]).toBeCloseTo(part, 5);
          expect(found.value[row * 3 + i]).toBe(value);
        });
    }
  });

  test('findMove changes only what a company can influence, within what is seen, as scoring again confirms', () => {
    const fitted = learn(name);
    const table = buildScoreTable(shop.collected, options());
    const ranges = measureRanges(table, 1);
    let nMoved = 0;
    for (let row = 0; row < 300; row += 19) {
      const person = personAt(table, row);
      const before = scoreRows(fitted, rowsOfPeople([person]))[0]!;
      const goal = goalFor(before, 0.4, 'less likely');
      const move = findMove(fitted, table, ranges, person, { goal, direction: 'less likely' });
      expect(move.before).toBe(before);
      expect(move.changes.length).toBeLessThanOrEqual(3);
      const after = scoreRows(fitted, rowsOfPeople([applyChanges(person, move.changes)]))[0]!;
      expect(move.after).toBe(after);
      if (move.isReached) expect(after).toBeLessThanOrEqual(goal);
      if (move.changes.length > 0) expect(after).toBeLessThan(before);
      for (const { feature, to, along } of move.changes)
        for (const one of [{ feature, to }, ...along]) {
          expect(isActionable({ name: one.feature })).toBe(true);
          expect(one.to).toBeGreaterThanOrEqual(ranges.get(one.feature)!.low);
          expect(one.to).toBeLessThanOrEqual(ranges.get(one.feature)!.high);
        }
      nMoved += Number(move.changes.length > 0);
    }
    if (name === 'prevalence') expect(nMoved).toBe(0);
    else expect(nMoved).toBeGreaterThan(0);
  });
});

test('findSegmentMove brings a customer into another segment, as measuring again confirms', () => {
  const table = buildFeatures(shop.collected, shop.asOf, 'all');
  const found = group(table);
  const middles = findMiddles(table, found)!;
  expect(middles.agreement).toBeGreaterThan(0.95);
  const ranges = measureRanges(table, 1);
  let nReached = 0;
  for (let row = 0; row < 300; row += 17) {
    const person = personAt(table, row);
    const [own, second] = nearestSegments(middles, person);
    const move = findSegmentMove(middles, table, ranges, person, second!.segment);
    expect(move.from).toBe(own!.segment);
    const now = nearestSegments(middles, applyChanges(person, move.changes))[0]!.segment;
    expect(now).toBe(move.after);
    expect(move.isReached).toBe(now === second!.segment);
    nReached += Number(move.isReached);
  }
  expect(nReached).toBeGreaterThan(0);
});

test('findMiddles does not speak of segments that are told apart otherwise', () => {
  const table = buildFeatures(shop.collected, shop.asOf, 'all');
  const found = group(table);
  const shuffled = found.labels.map((_, i) => i % 4);
  expect(findMiddles(table, { ...found, labels: shuffled })).toBeNull();
});

test('the what-if desk scores again what was changed, and says whom it does not know', () => {
  const fitted = learn('recency');
  const table = buildScoreTable(shop.collected, options());
  const desk = createWhatIfDesk(fitted, table, null, { seed: 1, baseRate: 0.4 });
  const customer = table.customers[5]!;
  const { explanation, sliders } = desk.look({ customer }, 'less likely');
  expect(desk.tryOut({ customer }, []).likelihood).toBe(explanation.likelihood);
  const recency = sliders.find(({ feature }) => feature === 'recency')!;
  const near = desk.tryOut({ customer }, [['recency', recency.low]]).likelihood;
  const far = desk.tryOut({ customer }, [['recency', recency.high]]).likelihood;
  expect(near).toBeLessThan(far);
  expect(() => desk.look({ customer: 1e6 }, 'likelier')).toThrow('wanted a customer who has a likelihood');
  const without = { ...table, features: table.features.filter((one) => one.definition.name !== 'recency') };
  expect(() => createWhatIfDesk(fitted, without, null, { seed: 1, baseRate: 0.4 })).toThrow('predict again');
});

test('what is past is nothing that could still be changed', () => {
  const past = [
    'discountShare',
    'couponOrders',
    'listPaidShare',
    'lastNps',
    'lastRating',
    'daysSinceOpen',
    'monetary',
  ];
  for (const name of past) expect(isActionable({ name })).toBe(false);
  for (const name of ['recency', 'orders90', 'messages30']) expect(isActionable({ name })).toBe(true);
});
