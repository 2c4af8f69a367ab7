import { expect, test } from 'vitest';
import { shownCell, shownExamples, shownValue } from '../../../src/core/5-dashboards/personal-words';
import { diffWords, refreshSentence } from '../../../src/core/5-dashboards/refresh-words';
import { checkTexts } from '../1-collect/read-text';

test('cells of people are masked on the screen, other cells are shown as they are', async () => {
  const { check } = await checkTexts([
    ['people.csv', 'customer id,email,plan\n1,ann@x.com,a\n2,bob@x.com,b\n3,eve@x.com,a\n'],
  ]);
  const [id, email] = check.files[0]!.columns;
  expect(shownExamples(email!)[0]).toEqual({ written: 'a•••@•••.com', read: 'a•••@•••.com' });
  expect(shownExamples(id!)).toBe(id!.examples);
  expect(shownExamples({ ...email!, isHashed: true })).toEqual([{ written: 'hashed', read: 'hashed' }]);
  expect(shownValue(email!, 'Eve@y.org')).toBe('E•••@•••.org');
  const cell = { file: 'people.csv', row: 2, value: 'ann@x.com' };
  expect(shownCell(check, { ...cell, column: 'email' })).toBe('a•••@•••.com');
  expect(shownCell(check, { ...cell, column: 'plan', value: 'a' })).toBe('a');
});

test('a refresh is told in one sentence over all its files', () => {
  const diff = { before: 10, after: 3129, added: 3120, changed: 14, gone: 1 };
  expect(diffWords(diff)).toBe('3,120 new rows, 14 changed, 1 gone');
  const since = Date.UTC(2025, 9, 3, 12);
  const sentence = refreshSentence(
    [
      { name: 'a', diff },
      { name: 'b', diff: { before: 0, after: 1, added: 1, changed: 0, gone: 0 } },
    ],
    since,
  );
  expect(sentence).toMatch(/^3,121 new rows, 14 changed, 1 gone in 2 files since .*2025\.$/);
});
