import { expect, test } from 'vitest';
import type { ColumnReading, FileCheck, Issue } from '../../../src/core/1-collect/collected';
import { issueRows, sayReadability } from '../../../src/core/5-dashboards/issue-rows';

const column: ColumnReading = {
  name: 'price',
  type: 'number',
  why: '',
  role: 'price',
  roleConfidence: 1,
  roleWhy: '',
  missing: 0,
  distinct: 5,
  unreadable: [],
  examples: [],
};
const file = (name: string, kind: FileCheck['kind'], rowsRead: number): FileCheck => ({
  name,
  source: null,
  kind,
  rowsRead,
  format: 'csv',
  encoding: 'utf-8',
  delimiter: ',',
  hasHeader: true,
  bytes: 1,
  rowsUsed: rowsRead,
  rowsReported: 0,
  columns: [column],
});
const files = [file('orders.csv', 'lines', 200_000), file('customers.csv', 'customers', 20_000)];
const issue = (sentence: string, rows: number, row: number | null, part: Partial<Issue> = {}): Issue => ({
  kind: 'cancellations',
  severity: 'info',
  sentence,
  rows,
  example: row === null ? null : { file: 'orders.csv', row, column: 'x', value: '1' },
  ...part,
});

test('shares are of the file the issue is in, in customers for a table of customers', () => {
  const [rows, people] = issueRows({
    files,
    issues: [issue('a', 8, 7), issue('customers.csv: b', 97, null)],
  });
  expect([rows!.touched, rows!.share]).toEqual(['97 of 20,000 customers', '0.49%']);
  expect([people!.touched, people!.share]).toEqual(['8 of 200K rows', 'under 0.01%']);
});

test('issues on the same rows stand together, others do not', () => {
  const rows = issueRows({
    files,
    issues: [
      issue('cancelled', 50, 465),
      issue('negative', 50, 465),
      issue('elsewhere', 50, 9),
      issue('no number', 12, 3, { kind: 'unreadable cells', severity: 'warning' }),
      issue('no amount', 12, 1, { kind: 'rows without an amount', severity: 'warning' }),
    ],
  });
  expect(rows.map((row) => [row.issue.sentence, ...row.alsoSays])).toEqual([
    ['no number', 'no amount'],
    ['cancelled', 'negative'],
    ['elsewhere'],
  ]);
});

test('all is read only where no value was left empty either', () => {
  expect(sayReadability({ files, refused: [] }).isClean).toBe(true);
  const unreadable = [{ value: '16,9O', rows: 12, firstRow: 3 }];
  const spoilt = { ...files[0]!, columns: [{ ...column, unreadable }] };
  expect(sayReadability({ files: [spoilt], refused: [] })).toEqual({
    isClean: false,
    sentence: 'No row was turned away, but 12 values in 1 column could not be read and were left empty.',
  });
});

test('issues on the same rows keep the fixes of each, and a fix already made stands alone', () => {
  const fix = (fault: string, isApplied: boolean) => ({
    fix: { fault, file: 0, column: 1, label: fault, rows: 5, isSafe: true, isApplied },
  });
  const rows = issueRows({
    files,
    issues: [issue('a', 5, 7, fix('one', false)), issue('b', 5, 7, fix('two', false)), issue('c', 5, 7, fix('three', true))], // prettier-ignore
  });
  expect(rows.map(({ fixes }) => fixes.map(({ fault }) => fault))).toEqual([['one', 'two'], ['three']]);
});
