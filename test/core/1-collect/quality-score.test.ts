import { describe, expect, test } from 'vitest';
import type { FileCheck, Issue } from '../../../src/core/1-collect/collected';
import { qualityScore } from '../../../src/core/1-collect/quality-score';

const file = { name: 'a.csv', rowsRead: 100, columns: [] } as unknown as FileCheck;
const issue = (change: Partial<Issue>): Issue => ({
  kind: 'a fault',
  severity: 'warning',
  sentence: 'a.csv: something.',
  rows: 4,
  example: { file: 'a.csv', row: 2, column: 'b', value: '' },
  dimension: 'validity',
  ...change,
});
const validityOf = (issues: Issue[]) =>
  qualityScore(issues, [file]).dimensions.find(({ dimension }) => dimension === 'validity')!.score;

describe('qualityScore(issues, files), by hand', () => {
  test('is 100 where nothing is wrong', () => {
    expect(qualityScore([], [file]).overall).toBe(100);
  });

  test('a warning about 4 of 100 rows takes 20 points off its side and a sixth of that off the whole', () => {
    const { overall } = qualityScore([issue({})], [file]);
    expect(validityOf([issue({})])).toBe(80);
    expect(overall).toBe(97);
  });

  test('a remark counts a quarter of it, and never more than 5 points', () => {
    expect(validityOf([issue({ severity: 'info', rows: 1 })])).toBe(98);
    expect(validityOf([issue({ severity: 'info', rows: 100 })])).toBe(95);
  });

  test('what stops everything sets its side to 0; what was mended counts no more', () => {
    expect(validityOf([issue({ severity: 'blocking' })])).toBe(0);
    const fix = { fault: 'x', file: 0, column: 0, label: '', rows: 4, isSafe: true, isApplied: true };
    expect(validityOf([issue({ fix })])).toBe(100);
  });
});
