import { expect, test } from 'vitest';
import { coverCommittees } from '../../../src/core/1-collect/committee-coverage';
import { checkTexts } from './read-text';

const contacts = `customer_id,company,job title
1,Acme,CEO
2,Acme,VP Sales
3,Acme,Marketing Manager
4,Acme,Software Developer
5,Beta,Team Lead
6,Beta,Accountant
7,Gamma,Founder
8,,CFO
9,Delta,
`;

test('each company has the ranks that its people have, told from their job titles', async () => {
  const { collected, check } = await checkTexts([['contacts.csv', contacts]]);
  const level = collected.attributes.find(({ name }) => name === 'Role level');
  if (level?.kind !== 'category') throw new Error('no ranks were read');
  expect(coverCommittees(collected.accounts!, level)).toEqual([
    {
      name: 'Acme',
      contacts: 4,
      known: ['Founder or C-level', 'VP or director', 'Manager', 'Individual'],
      missing: [],
      share: 1,
    },
    {
      name: 'Beta',
      contacts: 2,
      known: ['Manager', 'Individual'],
      missing: ['Founder or C-level', 'VP or director'],
      share: 0.5,
    },
    {
      name: 'Gamma',
      contacts: 1,
      known: ['Founder or C-level'],
      missing: ['VP or director', 'Manager', 'Individual'],
      share: 0.25,
    },
  ]);
  expect(check.issues.find(({ kind }) => kind === 'who decides at companies')?.sentence).toBe(
    '2 companies with two contacts or more whose job title says their rank: all four ranks are known at 1. Nobody who decides is known at 1 of them, Beta for one.',
  );
});
