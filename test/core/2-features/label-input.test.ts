import { describe, expect, test } from 'vitest';
import type { Collected } from '../../../src/core/1-collect/collected';
import type { CustomerAttribute } from '../../../src/core/1-collect/collected';
import type { Target } from '../../../src/core/2-features/feature-table';
import { toTables } from './tables';
import { buildPredictionInput } from '../../../src/core/2-features/prediction-input';
import { options } from './prediction-options';

describe('buildPredictionInput for a label in the customer table', () => {
  const n = 1000;
  const label = Int32Array.from({ length: n }, (_, i) => (i % 10 === 7 ? -1 : i % 3 === 0 ? 1 : 0));
  const collected: Collected = {
    customerIds: Array.from({ length: n }, (_, i) => `c${i}`),
    lines: null,
    from: NaN,
    to: NaN,
    attributes: [
      { name: 'Churn', kind: 'category', codes: label, levels: ['No', 'Yes'], source: 'Churn' },
      {
        name: 'Copy',
        kind: 'number',
        values: Float64Array.from(label, (v) => 1 - Math.max(0, v)),
        source: 'Copy',
      },
      {
        name: 'Age',
        kind: 'number',
        values: Float64Array.from(label, (_, i) => 20 + (i % 50)),
        source: 'Age',
      },
    ],
  };
  const column = (value: string): Target => ({ kind: 'column', column: 'Churn', value });
  const build = (change: Partial<typeof options>) =>
    buildPredictionInput(collected, { ...options, target: column('Yes'), ...change });

  test('index%5==0 makes the matching rows of the file the one test set', () => {
    const { split, origins, score, finalTrain } = build({ splitRule: 'index%5==0' });
    expect(split).toBe('rule');
    expect(origins.length).toBe(1);
    const { train, test } = origins[0]!;
    expect(Array.from(test.table.customers)).toEqual(
      Array.from({ length: n }, (_, i) => i).filter((i) => i % 5 === 0 && i % 10 !== 7),
    );
    expect(train[0]!.table.customers.length + test.label.length).toBe(900);
    expect(finalTrain[0]!.label.length).toBe(900);
    expect(score.customers.length).toBe(n);
    test.table.customers.forEach((customer, i) => expect(test.label[i]).toBe(label[customer]));
  });

  test('without a rule a seeded quarter is held back', () => {
    const { split, origins } = build({});
    const customers = Array.from(origins[0]!.test.table.customers);
    expect(split).toBe('random');
    expect(customers.length).toBe(225);
    expect(Array.from(build({}).origins[0]!.test.table.customers)).toEqual(customers);
    expect(Array.from(build({ seed: 2 }).origins[0]!.test.table.customers)).not.toEqual(customers);
    const inTrain = new Set(origins[0]!.train[0]!.table.customers);
    expect(customers.some((customer) => inTrain.has(customer))).toBe(false);
  });

  test('neither the label nor its copy is a feature', () => {
    expect(build({}).score.features.map(({ definition }) => definition.label)).toEqual(['Age']);
    expect(build({}).suspects).toEqual([{ label: 'Copy', auc: 1, isColumn: true, isAside: true }]);
    const trusted = build({ knownBefore: ['Copy'] });
    expect(trusted.score.features.map(({ definition }) => definition.label)).toEqual(['Copy', 'Age']);
  });

  test('a column whose values give the answer away only together is put aside with all of them', () => {
    const levels = ['active', 'trial', 'paused', 'cancelled'];
    const codes = Int32Array.from(label, (y, i) => (y === 1 ? 3 : i % 3));
    const known: Collected = {
      ...collected,
      attributes: [
        ...collected.attributes,
        { name: 'Plan', kind: 'category', codes, levels, source: 'Plan' },
      ],
    };
    const { suspects, score } = buildPredictionInput(known, { ...options, target: column('Yes') });
    expect(suspects!.map(({ label, isAside }) => [label, isAside])).toEqual([
      ['Copy', true],
      ['Plan', true],
    ]);
    expect(score.features.map(({ definition }) => definition.label)).toEqual(['Age']);
  });

  test('a column of the day of the export is used and named where nothing has a date, else left out', () => {
    const total = { name: 'Total Spent', kind: 'number', source: 'Total Spent', isSnapshot: true } as const;
    const values = Float64Array.from(label, (_, i) => i % 8);
    const others = collected.attributes.filter(({ name }) => name !== 'Copy');
    const known = { ...collected, attributes: [...others, { ...total, values }] };
    const ask = (given: Collected) => buildPredictionInput(given, { ...options, target: column('Yes') });
    const undated = ask(known);
    expect(undated.suspects).toMatchObject([{ label: 'Total Spent', isSnapshot: true }]);
    expect(undated.leftOut).toEqual([]);
    const { suspects, leftOut, score } = ask({ ...known, ...toTables([{ customer: 0, day: 3 }]) });
    expect([suspects, leftOut]).toEqual([[], ['Total Spent']]);
    expect(score.features.map(({ definition }) => definition.label)).toEqual(['Age']);
  });

  test('one answer for everybody is said with the column and the answer', () => {
    for (const value of ['', 'Yes', 'No']) {
      const codes = Int32Array.from(label, (code) => (code < 0 ? -1 : 0));
      const [churn, ...others] = collected.attributes;
      const oneSided = { ...collected, attributes: [{ ...churn!, codes } as CustomerAttribute, ...others] };
      const { blocked, origins } = buildPredictionInput(oneSided, { ...options, target: column(value) });
      expect(origins).toEqual([]);
      expect(blocked).toBe(
        'wanted customers with different answers in "Churn"; got "No" for all 900 who have one: add customers with another answer, or predict something else',
      );
    }
  });

  test('an empty value means the yes-like one', () => {
    expect(build({ target: column('') }).target).toEqual(column('Yes'));
  });

  test('refuses a column, a value or a rule that is not there', () => {
    expect(() => build({ target: { kind: 'column', column: 'Left', value: '' } })).toThrow(
      'need a column "Left" in the customer table; got Churn, Copy, Age',
    );
    expect(() => build({ target: column('Maybe') })).toThrow('need "Maybe" among the values of Churn');
    expect(() => build({ splitRule: 'every fifth' })).toThrow('need a split rule like index%5==0');
  });

  test('needs fifty of each outcome beside the quarter to test on, and counts all that the file has', () => {
    const among = (positives: number) => {
      const rare = Int32Array.from(label, (_, i) => (i < positives ? 1 : 0));
      const churnOnly = [{ ...collected.attributes[0]!, codes: rare }, collected.attributes[2]!];
      return buildPredictionInput(
        { ...collected, attributes: churnOnly as Collected['attributes'] },
        { ...options, target: column('Yes') },
      );
    };
    expect(among(50).blocked).toBe(
      'not enough data: need 67 examples of customers who have "Yes" in Churn, 50 to learn from and the rest to test on, got 50: needs 17 more',
    );
    expect(among(66).blocked).toMatch(/got 66: needs 1 more$/);
    const { blocked, origins } = among(67);
    expect(blocked).toBe(null);
    expect(origins[0]!.train[0]!.label.filter((one) => one === 1)).toHaveLength(50);
  });
});
