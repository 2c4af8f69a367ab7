import { expect, test } from 'vitest';
import { sayReading, waysToRead } from '../../../src/core/5-dashboards/transform-words';

test('groups are never made from how customers acted, nor from how common a value is', () => {
  const forGroups = waysToRead('level').filter(({ purposes }) => purposes.includes('grouping'));
  expect(forGroups.map(({ transform }) => transform)).toEqual(['oneHot']);
  const forPredictions = waysToRead('number').filter(({ purposes }) => purposes.includes('predicting'));
  expect(forPredictions.map(({ transform }) => transform)).not.toContain('robustScale');
});

test('sayReading tells the choice, else what is usual', () => {
  expect(sayReading([['spend', 'quantileScale']], 'spend', 'log')).toBe('by rank');
  expect(sayReading([['spend', 'quantileScale']], 'visits', 'log')).toBe('by times');
  expect(sayReading([], 'isNew', null)).toBe('as it is');
});
