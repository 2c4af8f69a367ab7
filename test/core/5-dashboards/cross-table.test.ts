import { expect, test } from 'vitest';
import { crossPartings } from '../../../src/core/5-dashboards/cross-table';

const groups = (...names: string[]) => names.map((name) => ({ name, slot: null }));

test('two ways to part customers are laid over each other; rows, columns and those outside add up', () => {
  // Customers 0–11 are in A, 12–14 in B, 15 in none; 0–8 are new, 9–13 lost, nobody is loyal, 14 has no stage.
  const down = {
    what: 'segment',
    customers: Int32Array.from({ length: 16 }, (_, i) => i),
    group: Int32Array.from({ length: 16 }, (_, i) => (i < 12 ? 0 : i < 15 ? 1 : -1)),
    groups: groups('A', 'B'),
  };
  const across = {
    what: 'stage',
    customers: Int32Array.from({ length: 14 }, (_, i) => 13 - i),
    group: Int32Array.from({ length: 14 }, (_, i) => (13 - i < 9 ? 0 : 2)),
    groups: groups('New', 'Loyal', 'Lost'),
  };
  const table = crossPartings(down, across);
  expect(table.columns).toEqual([
    { name: 'New', total: 9 },
    { name: 'Lost', total: 5 },
  ]);
  expect(table.counts).toEqual([
    [9, 3],
    [0, 2],
  ]);
  expect(table.rows.map(({ total }) => total)).toEqual([12, 2]);
  expect(table.shares[0]).toEqual([0.75, 0.25]);
  expect(table.outside).toBe(1);
  expect(table.sentence).toBe('Closest: of 12 customers in A, 9 (75.0%) are in New.');
});

test('nobody in common leaves no columns and nothing to say', () => {
  const one = { what: '', customers: Int32Array.of(1), group: [0], groups: groups('A') };
  const other = { ...one, customers: Int32Array.of(2) };
  expect(crossPartings(one, other)).toMatchObject({ columns: [], counts: [[]], outside: 1, sentence: '' });
});
