import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RawTable } from '../../../src/core/1-collect/raw-table';
import { diffTables } from '../../../src/core/1-collect/refresh';

/** A table as a reader would store it: texts numbered by first use. */
function tableOf(names: string[], rows: string[][]): RawTable {
  const columns = names.map((name, c) => {
    const codeOf = new Map<string, number>();
    const codes = Uint32Array.from(rows, (row) => {
      const text = row[c]!;
      if (!codeOf.has(text)) codeOf.set(text, codeOf.size);
      return codeOf.get(text)!;
    });
    return { name, levels: [...codeOf.keys()], codes };
  });
  return { fileName: 'orders.csv', nRows: rows.length, hasHeader: true, refusedRows: [], columns };
}

const names = ['order', 'product', 'amount'];
const rows = [
  ['1', 'tea', '3.50'],
  ['1', 'cup', '8.00'],
  ['2', 'tea', '3.50'],
];
const before = tableOf(names, rows);
const keys = ['order', 'product'];

describe('diffTables(before, after, keys)', () => {
  test('finds nothing in the same file, in another order of rows or columns', () => {
    const none = { before: 3, after: 3, added: 0, changed: 0, gone: 0 };
    expect(diffTables(before, before, keys)).toEqual(none);
    expect(diffTables(before, tableOf(names, rows.toReversed()), keys)).toEqual(none);
    const turned = tableOf(
      names.toReversed(),
      rows.map((row) => row.toReversed()),
    );
    expect(diffTables(before, turned, keys)).toEqual(none);
  });

  test('tells new, changed and gone rows apart', () => {
    const after = tableOf(names, [
      ['1', 'tea', '3.75'],
      ['2', 'tea', '3.50'],
      ['3', 'tea', '3.50'],
      ['3', 'cup', '8.00'],
    ]);
    expect(diffTables(before, after, keys)).toEqual({ before: 3, after: 4, added: 2, changed: 1, gone: 1 });
  });

  test('without keys a changed row is one gone and one new', () => {
    const after = tableOf(names, [['1', 'tea', '3.75'], ...rows.slice(1)]);
    expect(diffTables(before, after)).toEqual({ before: 3, after: 3, added: 1, changed: 0, gone: 1 });
  });

  test('rows that stand twice count twice', () => {
    const twice = tableOf(names, [...rows, rows[0]!]);
    expect(diffTables(before, twice, keys)).toMatchObject({ added: 1, changed: 0, gone: 0 });
    expect(diffTables(twice, before, keys)).toMatchObject({ added: 0, changed: 0, gone: 1 });
  });

  test('a column that only one of the files has does not count as a change', () => {
    const wider = tableOf(
      [...names, 'note'],
      rows.map((row) => [...row, 'x']),
    );
    expect(diffTables(before, wider, keys)).toMatchObject({ added: 0, changed: 0, gone: 0 });
  });

  test('counts as comparing multisets of rows key by key does, and adds up', () => {
    const cell = fc.constantFrom('a', 'b', 'c');
    const someRows = fc.array(fc.tuple(cell, cell, cell), { maxLength: 12 });
    fc.assert(
      fc.property(someRows, someRows, fc.subarray(names), (left, right, by) => {
        const diff = diffTables(tableOf(names, left), tableOf(names, right), by);
        expect(diff).toEqual(byHand(left, right, by));
        expect(diff.after).toBe(diff.before - diff.gone + diff.added);
      }),
      { numRuns: 500 },
    );
  });

  test('100,000 appended rows are 100,000 new ones', () => {
    const many = Array.from({ length: 300_000 }, (_, i) => [`${i >> 1}`, `p${i % 977}`, `${i % 5000}`]);
    const diff = diffTables(tableOf(names, many.slice(0, 200_000)), tableOf(names, many), keys);
    expect(diff).toEqual({ before: 200_000, after: 300_000, added: 100_000, changed: 0, gone: 0 });
  });
});

/** The same by pairing rows one by one. */
function byHand(left: string[][], right: string[][], by: string[]) {
  const rest = right.map((row) => row.join());
  const unpaired = left.filter((row) => {
    const at = rest.indexOf(row.join());
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  const columns = by.length === 0 ? names : by;
  const keyOf = (row: string[]) => columns.map((name) => row[names.indexOf(name)]).join();
  const keysLeft = rest.map((row) => keyOf(row.split(',')));
  const changed = unpaired.filter((row) => {
    const at = keysLeft.indexOf(keyOf(row));
    if (at >= 0) keysLeft.splice(at, 1);
    return at >= 0;
  }).length;
  const gone = unpaired.length - changed;
  return { before: left.length, after: right.length, added: keysLeft.length, changed, gone };
}
