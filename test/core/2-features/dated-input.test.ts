import { describe, expect, test } from 'vitest';
import type { Collected } from '../../../src/core/1-collect/collected';
import { DAY } from '../../../src/core/2-features/history';
import { buildPredictionInput } from '../../../src/core/2-features/prediction-input';
import { createRandom } from '../../../src/core/kit/random';
import { toEvents, toSubscriptions, type Row } from './tables';

const nCustomers = 700;
const days = 600;
const options = {
  horizonDays: 60,
  nOrigins: 3,
  asOf: null,
  set: 'all' as const,
  splitRule: null,
  seed: 1,
};

/** Contracts that end or are replaced by a dearer one, and invitations sent. */
function drawRows() {
  const random = createRandom(4);
  const contracts: Row[] = [];
  const events: Row[] = [];
  for (let customer = 0; customer < nCustomers; customer++) {
    let amount = 10 + random.below(20);
    let day = random.below(200);
    while (day < days) {
      const end = day + 30 + random.below(300);
      const isOver = end < days;
      contracts.push({ customer, day, amount, intervalDays: 30, ...(isOver && { end }) });
      for (let at = day; at < Math.min(end, days); at += 1 + random.below(60))
        events.push({ customer, day: at, name: random.next() < 0.2 ? 'Invited a friend' : 'login' });
      if (random.next() < 0.5) break;
      day = end;
      amount *= random.next() < 0.6 ? 1.5 : 0.8;
    }
  }
  events.push({ customer: 0, day: days, name: 'login' });
  return { contracts, events };
}

const { contracts, events } = drawRows();
const collected: Collected = {
  customerIds: Array.from({ length: nCustomers }, (_, i) => `c${i}`),
  lines: null,
  attributes: [],
  from: NaN,
  to: NaN,
  events: toEvents(events),
};
const subscriptions = toSubscriptions(contracts);
const known: Collected = { ...collected, subscriptions };

const runs = (row: Row, day: number) => row.day <= day && !(row.end !== undefined && row.end <= day);
const moneyOf = (customer: number, day: number) =>
  contracts
    .filter((row) => row.customer === customer && runs(row, day))
    .reduce((sum, { amount }) => sum + amount!, 0);

const tablesOf = (target: Parameters<typeof buildPredictionInput>[1]['target']) => {
  const input = buildPredictionInput(known, { ...options, target });
  expect(input.blocked).toBeNull();
  expect(input.origins).toHaveLength(3);
  return { input, tables: [...input.finalTrain, ...input.origins.map((origin) => origin.test)] };
};

describe('buildPredictionInput for contracts and events', () => {
  test('cancel: those with a running contract at the date, and whether none runs at the end of the horizon', () => {
    for (const { table, label } of tablesOf({ kind: 'cancel' }).tables) {
      const day = table.asOf! / DAY;
      const running = [...Array(nCustomers).keys()].filter((customer) => moneyOf(customer, day) > 0);
      expect(Array.from(table.customers)).toEqual(running);
      table.customers.forEach((customer, i) =>
        expect(label[i]).toBe(moneyOf(customer, day + 60) > 0 ? 0 : 1),
      );
      expect(new Set(label).size).toBe(2);
    }
  });

  test('upgrade: whether more money runs at some day of the horizon than at the date', () => {
    for (const { table, label } of tablesOf({ kind: 'upgrade' }).tables) {
      const day = table.asOf! / DAY;
      table.customers.forEach((customer, i) => {
        const later = Array.from({ length: 60 }, (_, k) => moneyOf(customer, day + 1 + k));
        expect(label[i]).toBe(Math.max(...later) > 1.01 * moneyOf(customer, day) ? 1 : 0);
      });
      expect(new Set(label).size).toBe(2);
    }
  });

  test('event: whoever was seen by the date, and whether one of that name comes within the horizon', () => {
    const { input, tables } = tablesOf({ kind: 'event', name: 'invited a FRIEND' });
    expect(input.target).toEqual({ kind: 'event', name: 'Invited a friend' });
    for (const { table, label } of tables) {
      const day = table.asOf! / DAY;
      table.customers.forEach((customer, i) => {
        const own = events.filter((row) => row.customer === customer);
        expect(
          [...own, ...contracts.filter((row) => row.customer === customer)].some((row) => row.day <= day),
        ).toBe(true);
        const came = own.some((row) => row.name !== 'login' && row.day > day && row.day <= day + 60);
        expect(label[i]).toBe(came ? 1 : 0);
      });
    }
  });

  test('churn is the end of the contract where there are contracts and no orders', () => {
    const { target } = buildPredictionInput(known, { ...options, target: { kind: 'churn' } });
    expect(target).toEqual({ kind: 'cancel' });
  });

  test('features know nothing of what comes after the date', () => {
    const { table } = tablesOf({ kind: 'cancel' }).input.finalTrain[0]!;
    const later = contracts.map((row) =>
      row.end !== undefined && row.end * DAY > table.asOf! ? { ...row, end: row.end + 7 } : row,
    );
    const changed = buildPredictionInput(
      { ...known, subscriptions: toSubscriptions(later) },
      { ...options, target: { kind: 'cancel' } },
    );
    expect(changed.finalTrain[0]!.table).toEqual(table);
    expect(table.features.map(({ definition }) => definition.name)).toContain('planAge');
  });

  test('says what is missing', () => {
    const ask = (given: Collected, target: Parameters<typeof buildPredictionInput>[1]['target']) => () =>
      buildPredictionInput(given, { ...options, target });
    const { subscriptions: _, ...none } = known;
    expect(ask(none, { kind: 'cancel' })).toThrow('cancel needs subscriptions with a start');
    expect(ask({ ...known, subscriptions: { ...subscriptions, amount: null } }, { kind: 'upgrade' })).toThrow(
      'upgrade needs what subscriptions cost',
    );
    expect(ask(known, { kind: 'event', name: 'referral' })).toThrow(
      'need an event called "referral"; got login, Invited a friend',
    );
  });
});
