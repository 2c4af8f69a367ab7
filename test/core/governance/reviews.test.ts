import { expect, test } from 'vitest';
import {
  dayOfReview,
  listReviews,
  planReviews,
  reviewed,
  type Reviewable,
} from '../../../src/core/governance/reviews';
import { daysOfSources, newSource } from '../../../src/core/governance/sources';

const segments: Reviewable = {
  subject: 'segments',
  title: 'are the segments still true?',
  checklist: ['Load the newest files', 'Loyal: solid'],
  usualDays: 90,
};
const consent: Reviewable = { subject: 'consent', title: 'who has agreed?', checklist: [], usualDays: 30 };
const project = { id: 'p1', name: 'Shop' };

test('planReviews gives a date to what was tested and has none, and leaves the others as they are', () => {
  const first = planReviews([], [segments], '2026-11-23');
  expect(first).toEqual([{ subject: 'segments', everyDays: 90, due: '2027-02-21', doneOn: null }]);
  const both = planReviews(first, [segments, consent], '2026-12-01');
  expect(both[0]).toBe(first[0]);
  expect(both[1]).toMatchObject({ subject: 'consent', due: '2026-12-31' });
  expect(planReviews(both, [consent], '2027-06-01')).toBe(both);
});

test('listReviews puts the soonest first and is late from the day after the one it is due on', () => {
  const planned = planReviews([], [segments, consent], '2026-11-23');
  const late = (today: string) =>
    listReviews(planned, [segments, consent], today).map(({ subject, daysLate }) => [subject, daysLate]);
  expect(late('2026-12-23')).toEqual([['consent', 0], ['segments', 0]]); // prettier-ignore
  expect(late('2026-12-24')).toEqual([['consent', 1], ['segments', 0]]); // prettier-ignore
  expect(late('2027-02-23')).toEqual([['consent', 62], ['segments', 2]]); // prettier-ignore
  expect(listReviews(planned, [segments], '2027-02-23')).toHaveLength(1);
});

test('a review that was done is due again after its days', () => {
  const [planned] = listReviews([], [segments], '2026-11-23');
  expect(reviewed({ ...planned!, everyDays: 60 }, '2027-03-01')).toEqual({
    subject: 'segments',
    everyDays: 60,
    due: '2027-04-30',
    doneOn: '2027-03-01',
  });
});

test('dayOfReview is the checklist on the day it is due, under an id that stays', () => {
  const [planned] = listReviews([], [segments], '2026-11-23');
  expect(dayOfReview(planned!, project)).toEqual({
    id: 'p1-segments@coterie',
    day: '2027-02-21',
    everyDays: 90,
    summary: 'Shop: are the segments still true?',
    description: '- Load the newest files\n- Loyal: solid',
  });
});

test('daysOfSources is due when a newer file is, and says whom to ask', () => {
  const files = [
    { file: 'my orders.csv', loadedAt: Date.UTC(2026, 10, 23, 15) },
    { file: 'people.csv', loadedAt: 0 },
  ];
  const sources = [
    { ...newSource('my orders.csv'), steward: 'Ann', refreshDays: 30 },
    newSource('people.csv'),
  ];
  expect(daysOfSources(sources, files, project)).toEqual([
    {
      id: 'p1-my%20orders.csv@coterie',
      day: '2026-12-23',
      everyDays: 30,
      summary: 'Shop: a newer my orders.csv is due',
      description: 'Ask Ann for it, then load it on the Data screen.',
    },
  ]);
});
