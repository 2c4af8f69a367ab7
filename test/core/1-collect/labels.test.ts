import { expect, test } from 'vitest';
import type { CustomerAttribute } from '../../../src/core/1-collect/collected';
import { findLabels, isOutcome } from '../../../src/core/1-collect/labels';
import { checkTexts } from './read-text';

const category = (name: string, levels: string[], codeOf: (i: number) => number): CustomerAttribute => ({
  name,
  kind: 'category',
  levels,
  codes: Int32Array.from({ length: 40 }, (_, i) => codeOf(i)),
  source: name,
});
const two = (name: string, levels = ['No', 'Yes']) => category(name, levels, (i) => Number(i % 4 === 0));

test('findLabels never asks about what people are, however few columns have two values', () => {
  const people = [
    two('gender', ['f', 'm']),
    two('Class', ['male', 'female']),
    two('MaritalStatus', ['Married', 'Single']),
    two('religion', ['a', 'b']),
    { ...two('over age 60'), isLast: true as const },
  ];
  const { labelCandidates, usualLabel } = findLabels(people);
  expect(usualLabel).toBeNull();
  expect(labelCandidates.map(({ isProtected }) => isProtected)).toEqual([true, true, true, true, true]);
  const more = findLabels([...people, two('plan', ['basic', 'gold'])]);
  expect(more.usualLabel).toEqual({ column: 'plan', value: 'gold' });
  expect(more.labelCandidates[0]!.column).toBe('plan');
});

test('findLabels asks first about a column named like a label, then about a last one, in its yes or else its rarer value', () => {
  const last = { ...two('Revenue', ['TRUE', 'FALSE']), isLast: true as const };
  const columns = [two('newsletter'), last, two('gender', ['f', 'm'])];
  expect(findLabels(columns).usualLabel).toEqual({ column: 'Revenue', value: 'TRUE' });
  const named = findLabels([...columns, two('Responded'), two('Churn Value', ['0', '1'])]);
  expect(named.labelCandidates.map(({ column }) => column)).toEqual([
    'Churn Value',
    'Responded',
    'Revenue',
    'newsletter',
    'gender',
  ]);
  expect(named.usualLabel).toEqual({ column: 'Churn Value', value: '1' });
});

test('findLabels tells a label in which everybody is the same, and asks about it rather than about anything', () => {
  const none = category('Churn', ['No'], (i) => (i === 3 ? -1 : 0));
  const { labelCandidates, oneSidedLabels, usualLabel } = findLabels([two('newsletter'), none]);
  expect(labelCandidates.map(({ column }) => column)).toEqual(['newsletter']);
  expect(oneSidedLabels).toEqual([{ column: 'Churn', value: 'No' }]);
  expect(usualLabel).toEqual({ column: 'Churn', value: 'No' });
  expect(findLabels([none, two('converted')]).usualLabel).toEqual({ column: 'converted', value: 'Yes' });
});

test('isOutcome knows columns that tell what became of somebody by their header or their values', () => {
  const reason = category('Churn Reason', ['price', 'moved', 'other'], (i) => i % 3);
  const status = category('status', ['active', 'paused', 'Cancelled by customer'], (i) => i % 3);
  const score: CustomerAttribute = {
    name: 'churn score',
    kind: 'number',
    values: new Float64Array(40),
    source: '',
  };
  const answers = category('response', ['never', 'often', 'always'], (i) => i % 3);
  for (const one of [two('left'), two('Converted'), two('people: Churn'), reason, status, score])
    expect(isOutcome(one), one.name).toBe(true);
  for (const one of [two('newsletter'), two('gender'), answers, two('churn.csv: plan')])
    expect(isOutcome(one), one.name).toBe(false);
});

test('the last column of a table without ids is the last of the file', async () => {
  const rows = Array.from({ length: 90 }, (_, i) => `${i % 7},${i % 9 > 6},${i % 13},${i % 5 > 2}`).join(
    '\n',
  );
  const { check } = await checkTexts([['visits.csv', `Pages,Weekend,Minutes,Revenue\n${rows}\n`]]);
  expect(check.usualLabel).toEqual({ column: 'Revenue', value: 'true' });
});

test('an outcome that everybody shares is said on the Data screen, with its only value', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `k${i},${20 + (i % 30)},${i % 9},No`).join('\n');
  const { check } = await checkTexts([['people.csv', `customerID,age,visits,Churn\n${rows}\n`]]);
  expect(check.usualLabel).toEqual({ column: 'Churn', value: 'No' });
  expect(check.cannot).toContain(
    'Learn Churn: everybody has “No” there. Add customers with another answer, such as those who left.',
  );
});
