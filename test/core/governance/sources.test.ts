import { describe, expect, test } from 'vitest';
import { freshness, newSource, overdueSources, retentionLimit } from '../../../src/core/governance/sources';

const day = 86_400_000;
const now = Date.UTC(2026, 5, 1);
const files = [
  { file: 'orders.csv', loadedAt: now - 40 * day },
  { file: 'people.csv', loadedAt: now - 5 * day },
];
const monthly = { ...newSource('orders.csv'), owner: 'Sales', steward: 'Ann', refreshDays: 30 };

describe('overdueSources(sources, files, now)', () => {
  test('names what is late, by how much, and whom to ask', () => {
    expect(overdueSources([monthly], files, now)).toEqual([
      {
        file: 'orders.csv',
        days: 10,
        sentence:
          'orders.csv is due: a newer one was expected every 30 days, this one was read 40 days ago. Ask Ann.',
      },
    ]);
  });

  test('a file is due from its day on, and not before', () => {
    const at = (age: number) =>
      overdueSources([monthly], [{ file: 'orders.csv', loadedAt: now - age }], now).length;
    expect(at(30 * day)).toBe(1);
    expect(at(30 * day - 1)).toBe(0);
  });

  test('what has no date to be renewed by, or is not of this project, is never late', () => {
    expect(overdueSources([newSource('orders.csv'), { ...monthly, file: 'gone.csv' }], files, now)).toEqual(
      [],
    );
  });

  test('the latest comes first', () => {
    const weekly = { ...newSource('people.csv'), refreshDays: 1 };
    expect(overdueSources([weekly, monthly], files, now).map(({ days }) => days)).toEqual([10, 4]);
  });
});

test('freshness is claimed only where dates are set and none has passed', () => {
  expect(freshness([], files, now)).toBeNull();
  expect(freshness([{ ...monthly, refreshDays: 60 }], files, now)).toBe('fresh');
  expect(freshness([{ ...newSource('people.csv'), refreshDays: 60 }, monthly], files, now)).toBe('overdue');
});

test('retentionLimit is so many days before now', () => {
  expect(retentionLimit({ ...monthly, retentionDays: 10 }, now)).toBe(now - 10 * day);
  expect(retentionLimit(monthly, now)).toBeNull();
});
