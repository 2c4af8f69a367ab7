import { expect, test } from 'vitest';
import type { Prediction } from '../../../src/core/3-models/results/prediction';
import { listAside, sayAside } from '../../../src/core/5-dashboards/not-learnt';

const prediction = {
  suspects: [
    { label: 'Plan', auc: 0.996, isColumn: true, isAside: true },
    { label: 'Tier', auc: 1, isColumn: true },
    { label: 'days since last order', auc: 0.99, isDated: true },
  ],
  leftOut: ['Total Spent'],
} as unknown as Prediction;

test('listAside tells columns that were left out, why, and which a person may bring back', () => {
  const columns = listAside(prediction, ['Tier']);
  expect(columns.map(({ column, isLearnt, isMine }) => [column, isLearnt, isMine])).toEqual([
    ['Plan', false, true],
    ['Total Spent', false, false],
    ['Tier', true, true],
  ]);
  expect(columns[0]!.why).toContain('99 of 100 pairs');
  expect(sayAside(columns)).toBe('2 columns left out of learning, 1 column brought back');
  expect(sayAside(columns.slice(2))).toBe('1 column brought back');
  expect(sayAside(listAside({ ...prediction, suspects: [] }, []))).toBe('1 column left out of learning');
  expect(listAside({ ...prediction, suspects: [], leftOut: [] }, [])).toEqual([]);
});
