import Papa from 'papaparse';
import { expect, test } from 'vitest';
import type { ValueResult } from '../../../src/core/3-models/results/value-result';
import { emptyValue } from '../../../src/core/3-models/value/empty-value';
import { defaultValueOptions } from '../../../src/core/3-models/value/fit-value';
import { chooseAudience, type ScoredCustomers } from '../../../src/core/4-decisions/audience';
import { contactListCsv, contactListName, customersCsv } from '../../../src/core/4-decisions/lists';
import { finish } from '../../../src/core/kit/steps';
import { scored } from './example-results';

const wholeCsv = (scored: ScoredCustomers) => finish(customersCsv(scored));

const records = (text: string) =>
  Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;

/** Customers "100" and "9" of the example, worth 20 and 500; the second is long overdue. */
const value: ValueResult = {
  ...emptyValue(Date.UTC(2011, 11, 10), defaultValueOptions, ''),
  blocked: null,
  grade: 'fair',
  hasMoney: true,
  customers: Int32Array.of(0, 1),
  probabilityAlive: Float64Array.of(0.5, 0.25),
  expectedPurchases: Float64Array.of(3, 1),
  lifetimeValue: Float64Array.of(20, 500),
  low: Float64Array.of(0, 250),
  high: Float64Array.of(60, 900),
  nextOrder: {
    from: Int32Array.of(Date.UTC(2011, 11, 12) / 86_400_000, -1),
    to: Int32Array.of(Date.UTC(2011, 11, 20) / 86_400_000, -1),
    coverage: { level: 0.8, inside: 0.8, orders: 40, days: 30, asOf: null },
    grade: 'solid',
    words: '',
  },
  priceSensitivity: {
    blocked: null,
    index: Float64Array.of(70.4, 20),
    low: Float64Array.of(50, 10),
    high: Float64Array.of(90, 30),
    words: '',
  },
};
const valued = { ...scored, value };

test('customers.csv has what each is worth, from when to when the next order is due, and what cannot be told empty', () => {
  const rows = new Map(records(wholeCsv(valued)).map((row) => [row['customer_id'], row]));
  expect(rows.get('100')).toMatchObject({
    clv: '20.00',
    clv_low: '0.00',
    clv_high: '60.00',
    p_alive: '0.5',
    expected_orders: '3',
    next_order_from: '2011-12-12',
    next_order_to: '2011-12-20',
    price_sensitivity: '70',
    price_sensitivity_low: '50',
    price_sensitivity_high: '90',
  });
  expect(rows.get('9')).toMatchObject({ clv: '500.00', next_order_from: '', price_sensitivity: '20' });
  expect(rows.get('10')).toMatchObject({ clv: '', p_alive: '', price_sensitivity: '' });
});

test('a list by value puts the most valuable first, those without a value last, and tells what each is worth', () => {
  const list = records(contactListCsv(valued, { sortBy: 'value' }));
  expect(list.map((row) => row['customer_id'])).toEqual(['9', '100', '10']);
  expect(list[0]).toMatchObject({ why: 'worth about 500 in 365 days (250 to 900)', clv: '500.00' });
  expect(contactListName(valued, { sortBy: 'value' })).toMatch(/^most-valuable-/);
  expect(contactListCsv(valued, {}).split('\n')[0]).not.toContain('clv');
});

test('a least value leaves out the rest; where no money is known it is orders that count', () => {
  const ids = (scoredCustomers: typeof valued, minValue: number) =>
    chooseAudience(scoredCustomers, { sortBy: 'value', minValue }).rows.map(({ id }) => id);
  expect(ids(valued, 20)).toEqual(['9', '100']);
  expect(ids(valued, 21)).toEqual(['9']);
  expect(ids({ ...valued, value: { ...value, hasMoney: false } }, 1)).toEqual(['100', '9']);
});
