import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/kit/random';
import { checkTexts } from './read-text';

const orders = (rows: string[], header = 'order_id,email,order_date,total') =>
  `${header}\n${rows.join('\n')}\n`;
const people = (rows: string[], header = 'customer_id,email,name,phone,city') =>
  `${header}\n${rows.join('\n')}\n`;
const idsOf = async (files: [string, string][], apart: string[] = []) => {
  const { collected, check } = await checkTexts(files, { apart });
  return { ids: collected.customerIds, identity: collected.identity!, collected, check };
};

describe('one customer under several ids', () => {
  const sales = orders(['1,Ann@Example.com ,2024-01-01,10', '2,bob@example.com,2024-01-02,20', '3,ann@example.com,2024-02-01,5', '4,new@example.com,2024-02-02,7']); // prettier-ignore
  const list = people(['C1,ann@example.com,Ann Smith,,Ulm', 'C2,BOB@example.com,Bob Miller,,Bonn', 'C3,cy@example.com,Cy Roe,,Kiel']); // prettier-ignore

  test('orders that know an e-mail meet the customer table that knows id and e-mail', async () => {
    const { ids, identity, collected, check } = await idsOf([['orders.csv', sales], ['customers.csv', list]]); // prettier-ignore
    expect(ids).toEqual(['C1', 'C2', 'new@example.com']);
    expect(collected.attributes.find(({ name }) => name === 'city')).toMatchObject({ codes: Int32Array.of(0, 1, -1) }); // prettier-ignore
    expect(identity.merges.map(({ key, ids: both }) => [key, both])).toEqual([
      ['email:ann@example.com', ['C1', 'ann@example.com']],
      ['email:bob@example.com', ['C2', 'bob@example.com']],
    ]);
    expect(check.issues.find(({ kind }) => kind === 'customers joined')!.sentence).toMatch(
      /2 customers appear under several ids and were joined/,
    );
    expect(check.totals).toMatchObject({ customers: 3, orders: 4 });
  });

  test('a join taken back by its key keeps both apart, and only those', async () => {
    const { ids } = await idsOf([['orders.csv', sales], ['customers.csv', list]], ['email:ann@example.com']); // prettier-ignore
    expect(ids).toEqual(['ann@example.com', 'C2', 'new@example.com']);
  });

  test('the same name alone joins nobody', async () => {
    const { ids, identity } = await idsOf([['customers.csv', people(['C1,a@x.com,Ann Smith,,Ulm', 'C2,b@x.com,Ann Smith,,Bonn', 'C3,,Ann Smith,,Kiel'])]]); // prettier-ignore
    expect(ids).toEqual(['C1', 'C2', 'C3']);
    expect(identity).toEqual({ merges: [], conflicts: [] });
  });

  test('two ids of one file share an e-mail: one person only if the name is the same, else a conflict', async () => {
    const { ids, identity, check } = await idsOf([['customers.csv', people(['C1,fam@x.com,Ann Smith,,Ulm', 'C2,fam@x.com,Bob Smith,,Ulm', 'C3,two@x.com,"Roe, Cy",,Kiel', 'C4,two@x.com,Cy Roe,,Kiel'])]]); // prettier-ignore
    expect(ids).toEqual(['C1', 'C2', 'C3']);
    expect(identity.merges).toMatchObject([{ ids: ['C3', 'C4'], by: 'email', value: 'two@x.com' }]);
    expect(identity.conflicts).toMatchObject([{ ids: ['C1', 'C2'], by: 'email', value: 'fam@x.com' }]);
    expect(check.issues.find(({ kind }) => kind === 'customers kept apart')!.sentence).toBe(
      '1 e-mail or phone is shared by different customers: C1, C2 share the e-mail f•••@•••.com and nothing else says that they are one person; kept apart.',
    );
  });

  test('an order under a shared e-mail belongs to neither of those who share it', async () => {
    const { ids } = await idsOf([['orders.csv', orders(['1,fam@x.com,2024-01-01,10', '2,cy@x.com,2024-01-02,5'])], ['customers.csv', people(['C1,fam@x.com,Ann Smith,,Ulm', 'C2,fam@x.com,Bob Smith,,Ulm', 'C3,cy@x.com,Cy Roe,,Kiel'])]]); // prettier-ignore
    expect(ids).toEqual(['fam@x.com', 'C3']);
  });

  test('ids of two programs meet by e-mail; the same number with other e-mails is somebody else', async () => {
    const shop = people(['1,a@x.com,Ann Smith,,Ulm', '2,b@x.com,Bob Miller,,Bonn', '3,c@x.com,Cy Roe,,Kiel', '4,d@x.com,Dee Fox,,Jena']); // prettier-ignore
    const crm = 'Record ID,Email,First Name,Last Name,Lifecycle Stage\n1,d@x.com,Dee,Fox,customer\n2,c@x.com,Cy,Roe,lead\n3,z@x.com,Zoe,Day,lead\n4,a@x.com,Ann,Smith,lead\n'; // prettier-ignore
    const { ids, identity } = await idsOf([['shop.csv', shop], ['crm.csv', crm]]); // prettier-ignore
    expect(ids).toHaveLength(5);
    expect(identity.merges.map(({ value }) => value)).toEqual(['a@x.com', 'c@x.com', 'd@x.com']);
  });

  test('guests are told apart by their e-mail', async () => {
    const { ids } = await idsOf([['orders.csv', orders(['1,0,a@x.com,2024-01-01,10', '2,0,b@x.com,2024-01-02,20', '3,C7,c@x.com,2024-01-03,5', '4,guest,a@x.com,2024-01-04,5'], 'order_id,customer_id,email,order_date,total')]]); // prettier-ignore
    expect(ids).toEqual(['a@x.com', 'b@x.com', 'C7']);
  });

  test('a phone joins only with the same name', async () => {
    const calls = 'order_id,phone,customer_name,order_date,total,email\n1,+49 170 5550001,Ann Smith,2024-01-01,10,\n2,+49 170 5550002,Someone Else,2024-01-02,10,new@x.com\n3,0049170 5550003,,2024-01-03,10,\n'; // prettier-ignore
    const list = people(['C1,a@x.com,Ann Smith,+491705550001,Ulm', 'C2,b@x.com,Bob Miller,+49 (0)170 5550002,Bonn', 'C3,c@x.com,Cy Roe,+49170/5550003,Kiel']); // prettier-ignore
    const { ids } = await idsOf([['calls.csv', calls], ['customers.csv', list]]); // prettier-ignore
    expect(ids).toEqual(['C1', 'new@x.com', 'C3']);
  });
});

/** People with shared and reused e-mails and phones, known to two systems and one list of orders; the truth beside it. */
function trapFixture(seed: number, n: number) {
  const random = createRandom(seed);
  const firstNames = 'Ann Bob Cy Dee Eve Fay Gus Hal Ida Jon Kim Lea Max Nia Ole Pia'.split(' ');
  const lastNames = 'Smith Miller Roe Fox Day Lang Wolf Kern Adler Vogt Moser Brandt'.split(' ');
  const pick = (list: string[]) => list[random.below(list.length)]!;
  const truth = new Map<string, number>();
  const shop: string[] = [];
  const bank: string[] = [];
  const sales: string[] = [];
  let phone = 5_550_000;
  let family = { email: '', phone: '', last: '' };
  for (let person = 0; person < n; person++) {
    const isFamily = person % 10 === 1;
    const isReused = person % 17 === 3;
    const last = isFamily ? family.last : pick(lastNames);
    const name = `${firstNames[person % firstNames.length]!} ${last}`;
    const email = isFamily ? family.email : `p${person}@example.com`;
    // A number given to somebody else a year later.
    const number = isFamily || isReused ? family.phone : `+49170${++phone}`;
    family = { email, phone: number, last };
    const id = `C${1000 + person}`;
    truth.set(id, person);
    shop.push(`${id},${email},${name},${number},Ulm`);
    // One in twelve registered twice, with the same e-mail and name.
    if (person % 12 === 5) {
      truth.set(`C${50_000 + person}`, person);
      shop.push(`C${50_000 + person},${email.toUpperCase()},${name},,Ulm`);
    }
    if (person % 3 === 0) {
      truth.set(`cus_${person}`, person);
      bank.push(`cus_${person},${email},${name}`);
    }
    if (!isFamily) truth.set(email, person);
    sales.push(`${person},${email},2024-0${1 + (person % 9)}-01,${5 + random.below(50)}`);
  }
  return {
    truth,
    files: [
      ['orders.csv', orders(sales)],
      ['customers.csv', people(shop)],
      ['payers.csv', people(bank, 'id,Email,Name')],
    ] as [string, string][],
  };
}

test('on people who share e-mails and phones at least 999 of 1,000 joined pairs are one person', async () => {
  const { truth, files } = trapFixture(7, 3000);
  const { identity } = await idsOf(files);
  let right = 0;
  let pairs = 0;
  for (const { ids } of identity.merges)
    for (const [i, a] of ids.entries())
      for (const b of ids.slice(i + 1)) {
        pairs++;
        if (truth.has(a) && truth.get(a) === truth.get(b)) right++;
      }
  expect(pairs).toBeGreaterThan(3000);
  expect(right / pairs).toBeGreaterThanOrEqual(0.999);
  expect(identity.conflicts.length).toBeGreaterThan(100);
  // Of those who are known by more than one id and share no e-mail, all are found.
  const alone = [...truth].filter(([id]) => id.startsWith('C5')).length;
  const found = identity.merges.filter(({ ids }) => ids.some((id) => id.startsWith('C5'))).length;
  expect(found / alone).toBeGreaterThan(0.85);
});
