import { describe, expect, test } from 'vitest';
import type { Collected, DataCheck } from '../../../src/core/1-collect/collected';
import { listDatedTargets } from '../../../src/core/1-collect/dated-targets';
import { keyOf, listAsks } from '../../../src/core/5-dashboards/ask-choices';

const checkOf = (change: Partial<DataCheck> & { orders?: number }) =>
  ({
    totals: { orders: change.orders ?? 0, customers: 40 },
    labelCandidates: [],
    ...change,
  }) as unknown as DataCheck;

const kindsOf = (check: DataCheck) =>
  listAsks(check).groups.flatMap(({ choices }) => choices.map(({ target }) => target.kind));

describe('what can be asked', () => {
  test('each kind of data brings its questions, and what is not there says what it needs', () => {
    expect(kindsOf(checkOf({}))).toEqual([]);
    expect(listAsks(checkOf({})).missing).toHaveLength(4);
    expect(kindsOf(checkOf({ orders: 9 }))).toEqual(['churn', 'repurchase']);
    const subscriptions = { n: 3, hasEnds: true, hasPrices: true };
    expect(kindsOf(checkOf({ datedTargets: { subscriptions, events: [] } }))).toEqual(['cancel', 'upgrade']);
    const neither = { n: 3, hasEnds: false, hasPrices: false };
    const { groups, missing } = listAsks(checkOf({ datedTargets: { subscriptions: neither, events: [] } }));
    expect(groups).toEqual([]);
    expect(missing.join(' ')).toMatch(/none of the subscriptions has an end date.*no price/);
  });

  test('a label in which everybody is the same is named with its value', () => {
    const { missing } = listAsks(checkOf({ oneSidedLabels: [{ column: 'Churn', value: 'No' }] }));
    expect(missing.join(' ')).toMatch(/Churn: everybody has “No” there/);
    expect(missing.join(' ')).not.toContain('A ready answer');
  });

  test('events are asked by name with how many did them, columns by value', () => {
    const events = [{ name: 'booked', customers: 12, times: 30 }];
    const { groups } = listAsks(
      checkOf({
        datedTargets: { subscriptions: null, events },
        labelCandidates: [{ column: 'Churn', values: ['Yes', 'No'] }],
      }),
    );
    const names = groups.flatMap(({ choices }) => choices.map(({ name }) => name));
    expect(names).toEqual(['who will do “booked” (12 of 40 customers did)', 'Churn = Yes', 'Churn = No']);
    const keys = groups.flatMap(({ choices }) => choices.map(({ key }) => key));
    expect(keys).toEqual(['event:booked', 'Churn=Yes', 'Churn=No']);
    expect(keyOf({ kind: 'cancel' })).toBe('cancel');
    const asked = listAsks(checkOf({ datedTargets: { subscriptions: null, events, nRefused: 4 } }));
    expect(asked.groups.flatMap(({ choices }) => choices.map(({ name }) => name))).toContain(
      'who will do “booked” (12 of 36 customers did)',
    );
  });
});

test('events are counted by who did them, most first; subscriptions by what they tell', () => {
  const collected = {
    events: {
      name: { codes: Int32Array.of(0, 0, 0, 1, 1, -1), levels: ['login', 'booked', 'never'] },
      customer: Int32Array.of(3, 3, 3, 1, 2, 5),
    },
    subscriptions: { nRows: 2, end: Float64Array.of(NaN, NaN), amount: Float64Array.of(NaN, 5) },
  } as unknown as Collected;
  expect(listDatedTargets(collected)).toEqual({
    subscriptions: { n: 2, nEnded: 0, hasEnds: false, hasPrices: true },
    events: [
      { name: 'booked', customers: 2, times: 2 },
      { name: 'login', customers: 1, times: 3 },
    ],
  });
  const subscriptions = { nRows: 2, customer: Int32Array.of(0, 3), end: Float64Array.of(5, 6) };
  const consents = [
    { purpose: 'profiling', states: Int8Array.of(-1, -1, 1, 0, -1, -1), source: 'people.csv' },
  ];
  const some = listDatedTargets({ ...collected, subscriptions, consents } as unknown as Collected);
  expect(some.subscriptions!.nEnded).toBe(1);
  expect(some.events.map(({ name }) => name)).toEqual(['booked']);
  expect(some.nRefused).toBe(1);
  expect(listDatedTargets({} as Collected)).toEqual({ subscriptions: null, events: [] });
});
