import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Collected } from '../../../src/core/1-collect/collected';
import type { PredictionInput, Target } from '../../../src/core/2-features/feature-table';
import { buildFeatures } from '../../../src/core/2-features/features';
import { defineFormula } from '../../../src/core/2-features/formula/define-formula';
import { DAY } from '../../../src/core/2-features/history';
import { namesOfOrders } from '../../../src/core/2-features/learnt-names';
import { buildPredictionInput, buildScoreTable } from '../../../src/core/2-features/prediction-input';
import { buildValueInput } from '../../../src/core/2-features/purchase-history';
import { createRandom } from '../../../src/core/kit/random';
import { anyLine, type Line, toCollected } from './order-lines';
import { days, options } from './prediction-options';

const nCustomers = 300;

/** Customers with a rhythm of their own, some of whom leave. */
function drawLines(): Line[] {
  const random = createRandom(3);
  const lines: Line[] = [];
  for (let customer = 0; customer < nCustomers; customer++) {
    const rhythm = 15 + random.below(60);
    const leaves = random.next() < 0.5 ? random.below(days) : days;
    for (let day = random.below(120); day < leaves; day += rhythm * (0.5 + random.next()))
      lines.push({ customer, order: lines.length, day, amount: 10 });
  }
  return lines;
}

/** The label by its definition, line by line. */
const ordersIn = (lines: Line[], customer: number, from: number, to: number) =>
  lines.some(
    (line) => line.customer === customer && line.amount > 0 && line.day * DAY > from && line.day * DAY <= to,
  );

describe('buildPredictionInput for churn and repurchase', () => {
  const lines = drawLines();
  const collected = toCollected(lines, nCustomers);
  const churn = buildPredictionInput(collected, options);

  test('labels churn when no order comes in (origin, origin + horizon], repurchase when one does', () => {
    const repurchase = buildPredictionInput(collected, { ...options, target: { kind: 'repurchase' } });
    const tables = ({ origins, finalTrain }: PredictionInput) => [
      ...finalTrain,
      ...origins.flatMap(({ train, test }) => [...train, test]),
    ];
    expect(tables(churn).length).toBeGreaterThan(6);
    tables(churn).forEach(({ table, label }, t) => {
      const origin = table.asOf!;
      table.customers.forEach((customer, i) => {
        const isBack = ordersIn(lines, customer, origin, origin + 60 * DAY);
        expect(label[i]).toBe(isBack ? 0 : 1);
        expect(tables(repurchase)[t]!.label[i]).toBe(isBack ? 1 : 0);
      });
    });
  });

  test('a window begins after its origin and ends with the last instant of the horizon', () => {
    const edges = [380, 380.001, 439.999, 440].map((day, i) => ({
      customer: nCustomers + i,
      order: lines.length + i,
      day,
      amount: 10,
    }));
    const first = edges.map((line, i) => ({ ...line, order: line.order + 4, day: 300 + i }));
    const more = toCollected([...lines, ...edges, ...first], nCustomers + 4);
    const { finalTrain } = buildPredictionInput(more, options);
    const labelOf = (origin: number, customer: number) => {
      const { table, label } = finalTrain.find(({ table }) => table.asOf === origin * DAY)!;
      return label[table.customers.indexOf(customer)];
    };
    const step = (finalTrain[0]!.table.asOf! - finalTrain[1]!.table.asOf!) / DAY;
    expect(step).toBe(60);
    // Second orders on days 380, 380.001, 439.999 and 440: seen from day 380 the first is past, the others come back.
    expect([0, 1, 2, 3].map((i) => labelOf(380, nCustomers + i))).toEqual([1, 0, 0, 0]);
    const late = edges.map((line) => ({ ...line, day: 440.001 }));
    const later = buildPredictionInput(toCollected([...lines, ...late, ...first], nCustomers + 4), options);
    const { table, label } = later.finalTrain.find(({ table }) => table.asOf === 380 * DAY)!;
    expect(label[table.customers.indexOf(nCustomers)]).toBe(1);
  });

  test('learns and is judged in time order, and scores the customers as of the last day', () => {
    expect(churn.blocked).toBeNull();
    expect(churn.split).toBe('temporal');
    expect(churn.origins.length).toBe(3);
    for (const { train, test } of churn.origins) {
      expect(test.table.asOf! + 60 * DAY).toBeLessThanOrEqual(options.asOf);
      for (const { table } of train) expect(table.asOf! + 60 * DAY).toBeLessThanOrEqual(test.table.asOf!);
    }
    expect(churn.score).toEqual(buildFeatures(collected, options.asOf, namesOfOrders));
    const core = buildFeatures(collected, options.asOf, 'all').features;
    for (const feature of core) expect(churn.score.features).toContainEqual(feature);
  });

  test('all its tables have the same columns in the same order', () => {
    const names = churn.score.features.map(({ definition }) => definition.name);
    for (const { train, test } of churn.origins)
      for (const { table } of [...train, test, ...churn.finalTrain])
        expect(table.features.map(({ definition }) => definition.name)).toEqual(names);
  });

  test('nothing that is altered or added after asOf changes it', () => {
    const later = fc.array(anyLine(days + 0.001, days + 200), { maxLength: 40 });
    // Columns are there or not for the whole file, whatever the later rows hold.
    const known = lines.map((line) => ({ ...line, quantity: 1, discount: 0, product: 0, category: 0 }));
    const build = (after: Line[]) =>
      buildPredictionInput(toCollected([...after, ...known], nCustomers), options);
    const expected = build([]);
    fc.assert(
      fc.property(later, (after) => {
        expect(isDeepStrictEqual(build(after), expected)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  test('says how much history or how many examples are missing', () => {
    expect(buildPredictionInput(collected, { ...options, horizonDays: 250 }).blocked).toMatch(
      /^not enough history: have 500 days, need 125 more days for a 250-day horizon$/,
    );
    const few = toCollected(
      lines.filter(({ customer }) => customer < 12),
      nCustomers,
    );
    const { blocked, origins, finalTrain, score } = buildPredictionInput(few, options);
    expect(blocked).toMatch(/^not enough data: need 50 .* got \d+: needs \d+ more$/);
    expect([origins, finalTrain]).toEqual([[], []]);
    expect(score.customers.length).toBe(12);
  });

  test('uses what is known about the person beside behaviour, but no column as of today', () => {
    const flag = Int32Array.from({ length: nCustomers }, (_, i) => i % 2);
    const totals = Float64Array.from(flag, (_, i) => i % 7);
    const known: Collected = {
      ...collected,
      attributes: [
        { name: 'newsletter', kind: 'category', codes: flag, levels: ['no', 'yes'], source: 'newsletter' },
        { name: 'Total Spent', kind: 'number', values: totals, source: 'Total Spent', isSnapshot: true },
        { name: 'Tenure', kind: 'number', values: totals, source: 'Tenure' },
      ],
    };
    const labels = (set: 'all' | 'rfm') =>
      buildPredictionInput(known, { ...options, set }).score.features.map(
        ({ definition }) => definition.label,
      );
    expect(labels('all').at(-1)).toBe('newsletter: yes');
    expect(labels('all').length).toBe(churn.score.features.length + 1);
    expect(labels('rfm').length).toBe(3);
  });

  test('a number that puts customers in the order of what they bought by the end is of that day, whatever it is called', () => {
    const bought = Float64Array.from({ length: nCustomers }, (_, customer) =>
      lines.reduce((n, line) => n + (line.customer === customer ? 1 : 0), 0),
    );
    const age = bought.map((_, i) => 20 + ((i * 7) % 50));
    const known: Collected = {
      ...collected,
      attributes: [
        { name: 'Kl. 7', kind: 'number', values: bought.map((n) => 3 * n + 1), source: 'Kl. 7' },
        { name: 'Alter', kind: 'number', values: age, source: 'Alter' },
      ],
    };
    expect(buildPredictionInput(known, options).leftOut).toEqual(['Kl. 7']);
    const labels = buildScoreTable(known, options).features.map(({ definition }) => definition.label);
    expect([labels.includes('Alter'), labels.includes('Kl. 7')]).toEqual([true, false]);
  });

  test('says which columns of the day of the export it left out', () => {
    const values = Float64Array.from({ length: nCustomers }, (_, i) => i % 7);
    const known: Collected = {
      ...collected,
      attributes: [
        { name: 'Punkte', kind: 'number', values, source: 'Punkte', isSnapshot: true },
        { name: 'Alter', kind: 'number', values, source: 'Alter' },
      ],
    };
    const { leftOut, score } = buildPredictionInput(known, { ...options, set: 'full' });
    expect(leftOut).toEqual(['Punkte']);
    const labels = score.features.map(({ definition }) => definition.label);
    expect(labels).toContain('Alter');
    expect(labels).not.toContain('Punkte');
  });

  test('is suspicious of a planted trace of the future, and of nothing that is honest', () => {
    const { label, table } = churn.finalTrain[0]!;
    const planted = new Float64Array(nCustomers);
    table.customers.forEach((customer, i) => (planted[customer] = label[i]! + (customer % 10) / 20));
    const known: Collected = {
      ...collected,
      attributes: [{ name: 'Flagged', kind: 'number', values: planted, source: 'Flagged' }],
    };
    const aside = buildPredictionInput(known, options);
    expect(aside.suspects).toEqual([{ label: 'Flagged', auc: 1, isColumn: true, isAside: true }]);
    expect(churn.suspects).toEqual([]);
    const labels = ({ origins, finalTrain, score }: typeof aside) =>
      [score, finalTrain[0]!.table, origins[0]!.test.table, origins[0]!.train[0]!.table].map(({ features }) =>
        features.some(({ definition }) => definition.label === 'Flagged'),
      );
    expect(labels(aside)).toEqual([false, false, false, false]);
    const trusted = buildPredictionInput(known, { ...options, knownBefore: ['Flagged'] });
    expect(trusted.suspects).toEqual([{ label: 'Flagged', auc: 1, isColumn: true }]);
    expect(labels(trusted)).toEqual([true, true, true, true]);
  });

  test('says of an honest measure that tells almost all that it only looks back', () => {
    const regular = Array.from({ length: nCustomers }, (_, customer) =>
      Array.from({ length: customer % 2 ? 40 : 10 }, (_, j) => ({
        customer,
        order: customer * 50 + j,
        day: 1 + 12 * j + (customer % 11),
        amount: 10,
      })),
    ).flat();
    const { suspects } = buildPredictionInput(toCollected(regular, nCustomers), options);
    expect(suspects!.map(({ label }) => label)).toContain('days since last order');
    expect(suspects!.every(({ isDated }) => isDated)).toBe(true);
  });

  test('learns from every feature, and from formulas, when asked to', () => {
    const perDay = defineFormula('perDay', 'Orders a day', 'frequency / max(tenure, 1)', [
      { name: 'frequency', label: '' },
      { name: 'tenure', label: '' },
    ]);
    const { finalTrain, score } = buildPredictionInput(collected, {
      ...options,
      set: 'full',
      formulas: [perDay],
    });
    const names = score.features.map(({ definition }) => definition.name);
    expect(names.length).toBeGreaterThan(40);
    expect(names).toContain('perDay');
    for (const { table } of finalTrain)
      expect(table.features.map(({ definition }) => definition.name)).toEqual(names);
  });

  test('asks for dated orders when there are none', () => {
    const { blocked } = buildPredictionInput({ ...collected, lines: null }, options);
    expect(blocked).toContain('churn needs orders with dates');
  });
});

test('who refused to be profiled or measured is in no model: not learnt from, not scored, not valued', () => {
  const collected = toCollected(drawLines(), nCustomers);
  const states = Int8Array.from({ length: nCustomers }, (_, i) => (i % 3) - 1);
  const flag = Int32Array.from({ length: nCustomers }, (_, i) => ((i >> 2) % 2 ? 1 : 0));
  const given: Collected = {
    ...collected,
    attributes: [{ name: 'left', kind: 'category', codes: flag, levels: ['no', 'yes'], source: 'left' }],
    consents: ['profiling', 'terms'].map((purpose, p) => ({
      purpose,
      states: p ? states.map(() => 0) : states,
      source: 'people.csv',
    })),
  };
  const isKept = (customer: number) => states[customer] !== 0;
  const tablesOf = ({ origins, finalTrain, score }: PredictionInput) => [
    score,
    ...[...finalTrain, ...origins.flatMap(({ train, test }) => [...train, test])].map(({ table }) => table),
  ];
  const column: Target = { kind: 'column', column: 'left', value: 'yes' };
  for (const target of [options.target, column]) {
    const tables = tablesOf(buildPredictionInput(given, { ...options, target }));
    expect(tables.length).toBeGreaterThan(2);
    for (const { customers, features } of tables) {
      expect(customers.every(isKept)).toBe(true);
      expect(customers.some((customer) => states[customer] === -1)).toBe(true);
      expect(features.every(({ values }) => values.length === customers.length)).toBe(true);
    }
  }
  const value = buildValueInput(given, options.asOf)!;
  expect(Array.from(value.purchases.customers)).toEqual(
    Array.from(buildValueInput(collected, options.asOf)!.purchases.customers).filter(isKept),
  );
});
