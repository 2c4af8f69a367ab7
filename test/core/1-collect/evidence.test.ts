import { expect, test } from 'vitest';
import { claimKey, countEvidence, shownEvidence } from '../../../src/core/1-collect/count-evidence';
import { readEvidence } from '../../../src/core/1-collect/evidence';
import { readTable } from './read-tables';
import { checkTexts } from './read-text';

const roles = { segment: 'segment', claim: 'claim', quote: 'comment', date: 'time' } as const;

test('readEvidence counts notes for and against each claim; a claim without one is untested', async () => {
  const table = await readTable(
    'segment,claim,quote,source,date,supports\nLoyal,Price matters,"I wait for sales",Interview 1,2024-03-01,yes\nloyal,price matters,"Never looked at it",Interview 2,2024-03-02,no\nLoyal,Price matters,x,Interview 3,,dafür\n,Price matters,x,,,yes\nLoyal,Likes news,x,,,perhaps\n',
    roles,
  );
  const { found, used, issues } = readEvidence([table])!;
  expect(found).toHaveLength(3);
  expect(found[0]).toEqual({ segment: 'Loyal', claim: 'Price matters', quote: 'I wait for sales', source: 'Interview 1', at: Date.UTC(2024, 2, 1), supports: true }); // prettier-ignore
  const notesOn = (segment: string, claim: string) =>
    found.filter((note) => claimKey(note) === claimKey({ segment, claim }));
  expect(countEvidence(notesOn('Loyal', 'Price matters'))).toEqual({
    for: 2,
    against: 1,
    words: '2 for, 1 against',
  });
  expect(countEvidence(notesOn('Loyal', 'Likes news'))).toEqual({ for: 0, against: 0, words: 'untested' });
  expect(used.get(0)).toBe(3);
  expect(issues.map(({ kind, rows }) => [kind, rows])).toEqual([
    ['notes without a claim', 1],
    ['notes for or against nothing', 1],
    ['evidence read', 3],
  ]);
});

test('without a column for or against, a note supports', async () => {
  const table = await readTable('segment,claim,quote\nA,B,c\n', roles);
  expect(readEvidence([table])!.found[0]).toMatchObject({ supports: true, at: NaN });
});

test('a note names its customer as the files of customers do, however the id was written', async () => {
  const table = await readTable('who,segment,claim,quote\n17.0,A,B,c\n18.0,A,B,d\n,A,B,e\n', {
    ...roles,
    who: 'customer',
  });
  expect(readEvidence([table])!.found.map(({ customer }) => customer)).toEqual(['17', '18', '']);
});

test('columns that no role stands for say that they are used', async () => {
  const text = 'segment,claim,quote,source,date,supports\nLoyal,Price matters,"I wait for sales",Interview 1,2024-03-01,yes\nLoyal,Price matters,"Never looked at it",Interview 2,2024-03-02,no\n'; // prettier-ignore
  const { check } = await checkTexts([['notes.csv', text]]);
  expect(check.files[0]!.kind).toBe('evidence');
  const whys = new Map(check.files[0]!.columns.map(({ name, roleWhy }) => [name, roleWhy]));
  expect(whys.get('source')).toBe('used: it says where it was heard');
  expect(whys.get('supports')).toBe('used: it says whether the note is for or against the claim');
});

test('shownEvidence leaves out notes from who refused to be profiled', () => {
  const note = { segment: 'A', claim: 'B', quote: '', source: '', at: NaN, supports: true };
  const evidence = [note, { ...note, customer: 'x' }, { ...note, customer: 'y' }];
  const consents = [{ purpose: 'profiling', states: Int8Array.of(0, 1), source: 'people.csv' }];
  const customerIds = ['x', 'y'];
  expect(shownEvidence({ evidence, customerIds, consents })).toEqual([evidence[0], evidence[2]]);
  expect(shownEvidence({ evidence, customerIds })).toEqual(evidence);
  expect(shownEvidence({ customerIds })).toEqual([]);
});
