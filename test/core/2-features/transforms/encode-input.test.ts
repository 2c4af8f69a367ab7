import { describe, expect, test } from 'vitest';
import type { Collected, CustomerAttribute } from '../../../../src/core/1-collect/collected';
import type { FeatureTable, LabelledTable, Target } from '../../../../src/core/2-features/feature-table';
import { DAY } from '../../../../src/core/2-features/history';
import { buildPredictionInput, buildScoreTable } from '../../../../src/core/2-features/prediction-input';
import type { ChosenTransforms } from '../../../../src/core/2-features/transforms/registry';
import { targetEncode } from '../../../../src/core/2-features/transforms/target-encode';
import { rocAuc } from '../../../../src/core/3-models/propensity/metrics';
import { createRandom } from '../../../../src/core/kit/random';
import { type Line, toCollected } from '../order-lines';

const nLevels = 120;
const levels = Array.from({ length: nLevels }, (_, level) => `town ${level}`);

const category = (name: string, codes: Int32Array): CustomerAttribute => ({
  name,
  kind: 'category',
  codes,
  levels,
  source: name,
});

/** Who left, a town that says nothing and a district that does; a tenth of the labels and towns is not known. */
function drawCompany(n: number, seed: number) {
  const random = createRandom(seed);
  const towns = Int32Array.from({ length: n }, () => random.below(nLevels + 10) - 10).map((code) => Math.max(-1, code)); // prettier-ignore
  const districts = Int32Array.from({ length: n }, () => random.below(nLevels));
  const left = districts.map((code) => Number(random.next() < (code % 2 === 0 ? 0.65 : 0.2)));
  const label = left.map((one) => (random.next() < 0.1 ? -1 : one));
  const collected: Collected = {
    customerIds: Array.from({ length: n }, (_, i) => `c${i}`),
    lines: null,
    from: NaN,
    to: NaN,
    attributes: [
      { name: 'Left', kind: 'category', codes: label, levels: ['No', 'Yes'], source: 'Left' },
      category('Home town', towns),
      category('District', districts),
    ],
  };
  return { collected, towns, label };
}

const options = {
  target: { kind: 'column', column: 'Left', value: 'Yes' } as Target,
  horizonDays: 60,
  nOrigins: 3,
  asOf: null as number | null,
  set: 'all' as const,
  splitRule: null as string | null,
  seed: 1,
};
const byTarget: ChosenTransforms = [
  ['homeTown', 'targetEncode'],
  ['district', 'targetEncode'],
];
const valuesOf = (table: FeatureTable, name: string) =>
  table.features.find(({ definition }) => definition.name === name)!.values;
const aucOf = ({ table, label }: LabelledTable, name: string) => rocAuc(label, valuesOf(table, name));

describe('encodeInput where a ready label is foretold', () => {
  const { collected, towns, label } = drawCompany(2000, 5);
  const input = buildPredictionInput(collected, { ...options, transforms: byTarget });
  const { train, test: judged } = input.origins[0]!;

  test('what says nothing tells the outcome neither in training nor after it, as it would by its own rows', () => {
    const own = { levels, codes: Int32Array.from(train[0]!.table.customers, (row) => towns[row]!) };
    const naive = targetEncode.transform(targetEncode.fit(own, train[0]!.label, targetEncode.defaults), own);
    expect(rocAuc(train[0]!.label, naive)).toBeGreaterThan(0.6);
    expect(Math.abs(aucOf(train[0]!, 'homeTown') - 0.5)).toBeLessThan(0.05);
    expect(Math.abs(aucOf(judged, 'homeTown') - 0.5)).toBeLessThan(0.05);
  });

  test('what does say something is learnt, though it has too many values for a yes or no each', () => {
    const plain = buildPredictionInput(collected, options);
    expect(plain.score.features).toEqual([]);
    expect(aucOf(train[0]!, 'district')).toBeGreaterThan(0.62);
    expect(aucOf(judged, 'district')).toBeGreaterThan(0.62);
  });

  test('the rows that are tested on teach nothing: other outcomes there change no encoding', () => {
    const ruled = { ...options, splitRule: 'index%4==1', transforms: byTarget };
    const turned = label.map((code, row) => (row % 4 === 1 && code >= 0 ? 1 - code : code));
    const [outcome, ...others] = collected.attributes;
    const other = {
      ...collected,
      attributes: [{ ...outcome, codes: turned } as CustomerAttribute, ...others],
    };
    const [one, two] = [collected, other].map((own) => buildPredictionInput(own, ruled).origins[0]!);
    expect(two!.test.label).toEqual(one!.test.label.map((value) => 1 - value));
    for (const name of ['homeTown', 'district']) {
      expect(valuesOf(two!.test.table, name)).toEqual(valuesOf(one!.test.table, name));
      expect(valuesOf(two!.train[0]!.table, name)).toEqual(valuesOf(one!.train[0]!.table, name));
    }
  });

  test('frequencyEncode tells the share of the training rows alone', () => {
    const transforms: ChosenTransforms = [['homeTown', 'frequencyEncode']];
    const { origins } = buildPredictionInput(collected, { ...options, transforms });
    const rows = origins[0]!.train[0]!.table.customers;
    const { table } = origins[0]!.test;
    table.customers.forEach((customer, i) => {
      const n = rows.filter((row) => towns[row] === towns[customer]).length;
      expect(valuesOf(table, 'homeTown')[i]).toBeCloseTo(n / rows.length, 12);
    });
  });

  test('the encoders that come with it make the very same table to score', () => {
    const again = buildScoreTable(collected, { ...options, encoders: input.encoders });
    expect(again.features.map(({ definition }) => definition)).toEqual(
      input.score.features.map(({ definition }) => definition),
    );
    expect(valuesOf(again, 'homeTown')).toEqual(valuesOf(input.score, 'homeTown'));
    expect(input.score.features.every(({ definition }) => definition.coded === undefined)).toBe(true);
  });

  test('nothing can be told where nothing can be learnt, and then no codes are left behind', () => {
    const few = { ...collected, attributes: [...collected.attributes] };
    few.attributes[0] = { ...few.attributes[0]!, codes: label.map((code, i) => (i < 40 ? code : -1)) } as CustomerAttribute; // prettier-ignore
    const { blocked, score } = buildPredictionInput(few, { ...options, transforms: byTarget });
    expect(blocked).not.toBeNull();
    expect(score.features).toEqual([]);
  });
});

describe('encodeInput where the past is learnt from', () => {
  const days = 420;
  const n = 400;
  const random = createRandom(9);
  const lines = Array.from({ length: n }, (_, customer): Line[] => {
    const made: Line[] = [];
    for (let day = random.below(60); day < days; day += 10 + random.below(90))
      made.push({ customer, order: 0, day, amount: 10 });
    return made;
  })
    .flat()
    .map((line, order) => ({ ...line, order }));
  const towns = Int32Array.from({ length: n }, () => random.below(nLevels));
  const companyOf = (own: Line[]): Collected => ({
    ...toCollected(own, n),
    attributes: [category('Home town', towns)],
  });
  const timed = {
    ...options,
    target: { kind: 'churn' } as Target,
    asOf: days * DAY,
    transforms: [['homeTown', 'targetEncode']] as ChosenTransforms,
  };
  const input = buildPredictionInput(companyOf(lines), timed);

  test('each test is encoded by its own training rows: what came after its date changes nothing', () => {
    expect(input.origins.length).toBeGreaterThan(1);
    const { test: judged, train } = input.origins.at(-1)!;
    const origin = judged.table.asOf!;
    const without = lines.filter(({ day, customer }) => day * DAY <= origin || customer % 2 === 0);
    const changed = buildPredictionInput(companyOf(without), timed).origins.find(
      ({ test }) => test.table.asOf === origin,
    )!;
    expect(changed.test.label).not.toEqual(judged.label);
    expect(valuesOf(changed.test.table, 'homeTown')).toEqual(valuesOf(judged.table, 'homeTown'));
    train.forEach(({ table }, i) =>
      expect(valuesOf(changed.train[i]!.table, 'homeTown')).toEqual(valuesOf(table, 'homeTown')),
    );
  });

  test('no training row is told by the same customer at another date', () => {
    const lesson = input.finalTrain;
    expect(lesson.length).toBeGreaterThan(1);
    const told = new Map<number, Set<number>>();
    for (const { table } of lesson)
      table.customers.forEach((customer, i) => {
        const own = told.get(customer) ?? new Set();
        told.set(customer, own.add(valuesOf(table, 'homeTown')[i]!));
      });
    // All rows of a customer lie in one fold, so the rows of all others tell each of them the same.
    expect([...told.values()].every((values) => values.size === 1)).toBe(true);
  });
});
