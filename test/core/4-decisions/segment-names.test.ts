import { expect, test } from 'vitest';
import { isNameTaken } from '../../../src/core/4-decisions/wording';
import { segmentation } from './example-results';

test('a name is taken by another segment’s name, suggested or given, in capitals or not; never by its own', () => {
  const { segments } = segmentation;
  expect(isNameTaken(segments, [], 1, ' regulars ')).toBe(true);
  expect(isNameTaken(segments, [], 0, 'Regulars')).toBe(false);
  expect(isNameTaken(segments, ['Home'], 1, 'Regulars')).toBe(false);
  expect(isNameTaken(segments, ['Home'], 1, 'HOME')).toBe(true);
});
