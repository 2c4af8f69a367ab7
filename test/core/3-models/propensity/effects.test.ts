import { beforeAll, describe, expect, test } from 'vitest';
import type { FeatureDefinition, FeatureTable } from '../../../../src/core/2-features/feature-table';
import { recency } from '../../../../src/core/2-features/measures/rfm';
import { stackTables } from '../../../../src/core/3-models/propensity/design-matrix';
import { tellEffects } from '../../../../src/core/3-models/propensity/effects';
import { fitRung, scoreAll, splitLesson } from '../../../../src/core/3-models/propensity/fitted-rung';
import { sigmoidOf } from '../../../../src/core/3-models/propensity/logistic';
import type { RungName } from '../../../../src/core/3-models/propensity/rungs';
import { createRandom } from '../../../../src/core/kit/random';
import { startTensors } from '../../../fixtures/tensors';

beforeAll(startTensors);

const define = (name: string): FeatureDefinition => ({
  name,
  label: name,
  unit: 'number',
  formula: 'made up',
  source: 'made up',
  high: name,
  low: name,
});

/** Leaving rises with days; a and b matter only together; the flag matters a little; some days are not known. */
function makeTable(n: number, seed: number): { table: FeatureTable; label: Uint8Array } {
  const random = createRandom(seed);
  const column = (read: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => read(i));
  const days = column(() => 1 + random.below(300));
  const [a, b] = [column(() => random.normal()), column(() => random.normal())];
  const flag = column(() => random.below(2));
  const label = Uint8Array.from(days, (value, i) => {
    const logOdds = (value - 150) / 60 + 1.5 * Math.sign(a[i]! * b[i]!) + 0.6 * (flag[i]! - 0.5);
    return Number(random.next() < sigmoidOf(logOdds));
  });
  const features = [
    { definition: recency.definition, values: days.map((value) => (random.next() < 0.1 ? NaN : value)) },
    { definition: define('a'), values: a },
    { definition: define('b'), values: b },
    { definition: { ...define('flag'), unit: 'flag' as const }, values: flag },
  ];
  return { table: { asOf: 0, customers: Int32Array.from(days.keys()), features }, label };
}

const training = makeTable(3000, 1);
const now = makeTable(800, 2).table;
const lesson = splitLesson(stackTables([training], now, { kind: 'churn' }), 1);
const told = new Map<RungName, ReturnType<typeof tellNew>>();
const tellNew = (rung: RungName) => {
  const fitted = fitRung(rung, lesson, 1)!;
  return { fitted, effects: tellEffects(fitted, now, 1) };
};
const tell = (rung: RungName) => {
  const found = told.get(rung) ?? tellNew(rung);
  told.set(rung, found);
  return found;
};

describe('what drives it', () => {
  test('an additive model is told in steps with a band that holds them, likeliest where it was planted', () => {
    const { fitted, effects } = tell('additive');
    const days = effects.curves.find(({ feature }) => feature === 'recency')!;
    expect(days.form).toBe('steps');
    expect(days.x).toHaveLength(days.likelihood.length);
    expect(days.x[0]).toBeGreaterThanOrEqual(1);
    expect(days.end).toBeLessThanOrEqual(300);
    expect(days.likelihood.at(-1)! - days.likelihood[0]!).toBeGreaterThan(0.4);
    days.likelihood.forEach((value, i) =>
      expect(days.low![i]! <= value && value <= days.high![i]!).toBe(true),
    );
    const known = now.features[0]!.values.filter(Number.isFinite).length;
    expect(days.counts.reduce((sum, n) => sum + n, 0)).toBe(known);
    expect(days.missing!.n).toBe(800 - known);
    // The average of what everybody has lies among what everybody would have.
    const mean = scoreAll(fitted, now).reduce((sum, value) => sum + value, 0) / 800;
    expect(mean).toBeGreaterThan(Math.min(...days.likelihood));
    expect(mean).toBeLessThan(Math.max(...days.likelihood));
  });

  test('a trait of two values is told in bars, and two traits that matter together as a grid', () => {
    const { effects } = tell('additive');
    const flag = effects.curves.find(({ feature }) => feature === 'flag')!;
    expect([flag.form, flag.x]).toEqual(['bars', [0, 1]]);
    expect(flag.likelihood[1]).toBeGreaterThan(flag.likelihood[0]!);
    const { first, second, likelihood } = effects.pairs[0]!;
    expect([first.feature, second.feature].sort()).toEqual(['a', 'b']);
    const at = (row: number, column: number) => likelihood[row * second.at.length + column]!;
    const [last, end] = [first.at.length - 1, second.at.length - 1];
    // Both low or both high: likelier than one of each.
    expect(Math.min(at(0, 0), at(last, end)) - Math.max(at(0, end), at(last, 0))).toBeGreaterThan(0.2);
  });

  test.each(['recency', 'logistic', 'boosting'] as const)(
    'the curves of %s are what its own scores average to',
    (rung) => {
      const { fitted, effects } = tell(rung);
      expect(effects.model).toBe(rung);
      const days = effects.curves.find(({ feature }) => feature === 'recency')!;
      expect([days.form, days.low]).toEqual(['line', null]);
      // Eight hundred customers are drawn from less than that many: the check takes all, and allows for the draw.
      for (const i of [0, days.x.length - 1]) {
        const set = { ...now, features: now.features.map((one) => ({ ...one })) };
        set.features[0]!.values = new Float64Array(800).fill(days.x[i]!);
        const mean = scoreAll(fitted, set).reduce((sum, value) => sum + value, 0) / 800;
        expect(Math.abs(days.likelihood[i]! - mean)).toBeLessThan(0.05);
      }
      const values = effects.said.map(({ value }) => value);
      expect(values).toEqual([...values].sort((a, b) => b - a));
      expect(effects.total).toBeCloseTo(values.reduce((sum, value) => sum + value, 0));
      for (const { low, value, high } of effects.said) expect(low <= value && value <= high).toBe(true);
    },
  );

  test('a column that is all missing, or the same for everybody, has no curve and breaks nothing', () => {
    const dull = (table: FeatureTable): FeatureTable => ({
      ...table,
      features: [
        ...table.features,
        { definition: define('empty'), values: new Float64Array(table.customers.length).fill(NaN) },
        { definition: define('same'), values: new Float64Array(table.customers.length).fill(3) },
      ],
    });
    const labelled = { table: dull(training.table), label: training.label };
    const table = dull(now);
    const fitted = fitRung('additive', splitLesson(stackTables([labelled], table, { kind: 'churn' }), 1), 1)!;
    const effects = tellEffects(fitted, table, 1);
    const names = effects.curves.map(({ feature }) => feature);
    expect(names).not.toContain('empty');
    expect(names).not.toContain('same');
    expect(JSON.stringify(effects)).not.toContain('null,');
    expect(structuredClone(effects)).toEqual(effects);
  });
});
