import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../../../src/core/1-collect/deal-outcomes';
import { readDeals } from '../../../src/core/1-collect/deals';
import { customersBy, readTable, textsOf } from './read-tables';
import { checkTexts } from './read-text';

test.each([
  ['Closed Won', 'won'],
  ['closedwon', 'won'],
  ['Closed Lost', 'lost'],
  ['Gewonnen', 'won'],
  ['Verloren', 'lost'],
  ['Gagné', 'won'],
  ['Perdue', 'lost'],
  ['Ganada', 'won'],
  ['Perdido', 'lost'],
  ['Getekend', 'won'],
  ['Contract sent', 'open'],
  ['Qualified to buy', 'open'],
  ['Closed', 'open'],
])('a deal at the stage %s is %s', (stage, outcome) => expect(outcomeOf(stage)).toBe(outcome));

describe('readDeals', () => {
  const roles = { contact: 'customer', company: 'account', stage: 'stage', amount: 'amount', created: 'time' } as const; // prettier-ignore
  const text =
    'deal,contact,company,stage,amount,created,Close Date\n1,p1,,Closed Won,1000,2024-01-01,2024-02-01\n2,,ACME GmbH,Closed Lost,500,2024-01-02,2024-02-02\n3,p2,,Proposal,,2024-01-03,2024-12-31\n4,,Nobody AG,Proposal,7,2024-01-03,\n5,p1,,,7,2024-01-03,\n';
  const accounts = { names: ['Acme Inc.', 'Beta'], ofCustomer: Int32Array.from([0, -1]), source: 'column' } as const; // prettier-ignore

  test('belong to a person, to their company, or to the company they name', async () => {
    const table = await readTable(text, roles);
    const { customerOf } = customersBy([table], ['p1', 'p2']);
    const { found, used, issues } = readDeals([table], customerOf, {
      ...accounts,
      names: [...accounts.names],
    })!;
    expect(found.outcome).toEqual(['won', 'lost', 'open']);
    expect(Array.from(found.customer)).toEqual([0, -1, 1]);
    expect(Array.from(found.account!)).toEqual([0, 0, -1]);
    expect(Array.from(found.amount!)).toEqual([1000, 500, NaN]);
    // What is decided is dated by its close, what is open by when it was made.
    expect(Array.from(found.time)).toEqual([
      Date.UTC(2024, 1, 1),
      Date.UTC(2024, 1, 2),
      Date.UTC(2024, 0, 3),
    ]);
    expect(textsOf(found.stage)).toEqual(['Closed Won', 'Closed Lost', 'Proposal']);
    expect(used.get(0)).toBe(3);
    expect(issues.map(({ kind, rows }) => [kind, rows])).toEqual([
      ['deals without a customer', 1],
      ['deals without a stage', 1],
      ['deals read', 3],
    ]);
    expect(issues.at(-1)!.sentence).toBe('a.csv: 3 deals: 1 won (Closed Won); 1 lost (Closed Lost); 1 open (Proposal).'); // prettier-ignore
  });
});

describe('HubSpot deals', () => {
  const header = 'Record ID,Deal Name,Deal Stage,Amount,Close Date,Associated Contact IDs,Associated Company';
  const deal = (i: number, contacts: string) =>
    `${900 + i},Deal ${i},${i % 2 ? 'Closed Won' : 'Proposal'},${100 + i},2024-0${1 + (i % 9)}-11,${contacts},${['Acme', 'Beta', 'Cora'][i % 3]}`;

  test('of several contacts belong to the first that another file knows, else to the first', async () => {
    const people = `Record ID,First Name,Last Name,Email,Lifecycle Stage\n${[13, 14, 15].map((id) => `${id},A,B,p${id}@acme.com,lead`).join('\n')}\n`; // prettier-ignore
    const deals = [deal(1, '12;13'), deal(2, '14; 15'), deal(3, '15'), deal(4, '98;99')].join('\n');
    const { check, collected } = await checkTexts([['contacts.csv', people], ['deals.csv', `${header}\n${deals}\n`]]); // prettier-ignore
    const owners = Array.from(collected.deals!.customer, (c) => collected.customerIds[c]);
    expect(owners.slice(0, 3)).toEqual(['13', '14', '15']);
    expect(check.issues.find(({ kind }) => kind === 'deals of several contacts')).toMatchObject({ rows: 3, severity: 'info' }); // prettier-ignore
  });

  test('that name nobody make the companies the customers, where no file names people', async () => {
    const deals = Array.from({ length: 9 }, (_, i) => deal(i, '')).join('\n');
    const { check, collected } = await checkTexts([['deals.csv', `${header}\n${deals}\n`]]);
    expect(collected.customerIds.toSorted()).toEqual(['Acme', 'Beta', 'Cora']);
    expect(collected.deals!.nRows).toBe(9);
    expect(check.files[0]).toMatchObject({ kind: 'deals', rowsUsed: 9 });
    expect(check.issues.find(({ kind }) => kind === 'companies are customers')!.sentence).toBe(
      'deals.csv: no file says which people the deals are with, so each company in column Associated Company is taken for one customer: 3 companies.',
    );
    expect(check.issues.filter(({ severity }) => severity === 'blocking')).toEqual([]);
  });
});
