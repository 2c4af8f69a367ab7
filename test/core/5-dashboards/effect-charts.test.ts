import { describe, expect, test } from 'vitest';
import { curveChart, pairTable, sayChart, sayCurve } from '../../../src/core/5-dashboards/effect-charts';
import type { TraitCurve } from '../../../src/core/3-models/results/effects';

const asked = { target: { kind: 'churn' as const }, horizonDays: 60 };
const curve: TraitCurve = {
  feature: 'recency',
  label: 'days since last order',
  unit: 'days',
  form: 'line',
  x: [10, 40, 90],
  end: 90,
  likelihood: [0.24, 0.1, 0.06],
  low: null,
  high: null,
  counts: [5, 10, 15],
  missing: null,
};

describe('what a trait does, in a sentence', () => {
  test('from end to end', () => {
    expect(sayCurve(curve)).toBe('Likelihood falls from 24.0% at 10 days to 6.0% at 90 days.');
    expect(sayCurve({ ...curve, likelihood: [0.06, 0.1, 0.24] })).toBe(
      'Likelihood rises from 6.0% at 10 days to 24.0% at 90 days.',
    );
    expect(sayCurve({ ...curve, form: 'steps', end: 120 })).toContain('to 6.0% at 120 days');
  });

  test('over a turning point, or hardly at all', () => {
    expect(sayCurve({ ...curve, likelihood: [0.1, 0.4, 0.2] })).toBe(
      'Likelihood rises from 10.0% at 10 days to 40.0% at 40 days and falls again to 20.0% at 90 days.',
    );
    expect(sayCurve({ ...curve, likelihood: [0.4, 0.1, 0.3] })).toContain(
      'falls from 40.0% at 10 days to 10.0% at 40 days and rises again',
    );
    expect(sayCurve({ ...curve, likelihood: [0.1, 0.105, 0.1] })).toBe(
      'Likelihood hardly changes with it: 10.0% to 10.5%.',
    );
  });

  test('a flag with and without, other few values one by one', () => {
    const flag = { ...curve, label: 'on trial', unit: 'flag' as const, form: 'bars' as const, x: [0, 1] };
    expect(sayCurve({ ...flag, likelihood: [0.1, 0.3] })).toBe(
      'Likelihood is 30.0% with “on trial”, 10.0% without.',
    );
    const chart = curveChart({ ...flag, likelihood: [0.1, 0.3], counts: [70, 30] }, asked);
    expect(chart.table.rows).toEqual([
      ['no', '10.0%', '70'],
      ['yes', '30.0%', '30'],
    ]);
  });

  test('the table has as many columns as heads, with and without a band, and tells of missing values', () => {
    const banded = { ...curve, low: [0.2, 0.08, 0.05], high: [0.28, 0.12, 0.07] };
    for (const one of [curve, banded]) {
      const { table, readings } = curveChart(one, asked);
      for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
      expect(readings).toHaveLength(3);
    }
    expect(curveChart({ ...curve, missing: { n: 1, likelihood: 0.5 } }, asked).sentence).toContain(
      'Where it is not known (1 customer): 50.0%.',
    );
  });
});

test('shares of the say are of all traits, also of those not listed', () => {
  const said = [3, 1].map((value, i) => ({
    feature: `f${i}`,
    label: `trait ${i}`,
    isPersonal: i === 1,
    value,
    low: value - 0.5,
    high: value + 0.5,
  }));
  const { bars, text } = sayChart({ model: 'additive', said, total: 8, curves: [], pairs: [] }, asked);
  expect(bars.map(({ share }) => share)).toEqual([0.375, 0.125]);
  expect(text.sentence).toBe(
    'Trait 0 and trait 1 (about who somebody is) have 50.0% of the say in who is likely to leave.',
  );
});

test('a table of two traits shades from the least to the most', () => {
  const side = (label: string, at: number[]) => ({ feature: label, label, unit: 'number' as const, at });
  const table = pairTable({
    first: side('a', [1, 2]),
    second: side('b', [3, 4, 5]),
    likelihood: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
  });
  expect(table.rows.map(({ cells }) => cells.map(({ says }) => says))).toEqual([
    ['10.0%', '20.0%', '30.0%'],
    ['40.0%', '50.0%', '60.0%'],
  ]);
  expect([table.rows[0]!.cells[0]!.shade, table.rows[1]!.cells[2]!.shade]).toEqual([0, 1]);
  expect(table.sentence).toBe('Highest, 60.0%: a 2 with b 5. Lowest, 10.0%: a 1 with b 3.');
});
