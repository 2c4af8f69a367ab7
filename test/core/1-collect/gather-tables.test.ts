import { describe, expect, test } from 'vitest';
import { textsOf } from './read-tables';
import { checkTexts } from './read-text';

const orders =
  'order_id,customer_id,email,order_date,total\n' +
  '1,c1,ann@acme.com,2024-01-01,10.50\n2,c2,bob@gmail.com,2024-01-05,20.00\n3,c1,ann@acme.com,2024-02-01,5.25\n4,c3,cem@acme.com,2024-02-03,7.00\n';
const events =
  'user_id,event,timestamp,utm_source,utm_medium\n' +
  'c1,page_view,2024-01-01 09:00:00,google,cpc\nc1,add_to_cart,2024-01-01 09:10:00,,\nc1,page_view,2024-01-02 09:00:00,,\nc2,page_view,2024-01-02 09:00:00,newsletter,email\nzz,page_view,2024-01-02 09:00:00,,\nc2,page_view,,,\n';
const subscriptions =
  'id,Customer ID,Customer Email,Plan,Status,Created (UTC),Current Period Start (UTC),Current Period End (UTC),Trial End (UTC),Canceled At (UTC),Ended At (UTC),Interval,Amount\n' +
  's1,c1,ann@acme.com,Pro,active,2024-01-01 00:00,2024-03-01 00:00,2024-04-01 00:00,,,,month,49.00\ns2,c2,bob@gmail.com,Basic,canceled,2024-01-01 00:00,2024-02-01 00:00,2024-03-01 00:00,2024-01-15 00:00,2024-02-10 00:00,2024-03-01 00:00,month,19.00\n';
const survey =
  'respondent_email,respondent_firstname,score,comment,answered_at\n' +
  'ann@acme.com,Ann,10,Very quick,2024-03-01\nbob@gmail.com,Bob,3,Too slow,2024-03-02\nnobody@web.de,Nil,9,,2024-03-02\n';
const notes =
  'segment,claim,quote,source,date,supports\nLoyal,Price matters,I wait for sales,Interview 1,2024-03-01,yes\nLoyal,Price matters,I never look,Interview 2,2024-03-01,no\n';
const deals =
  'Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Associated Contact IDs\n' +
  '1,Big,Closed Won,1000,2024-03-01,2024-02-01,c1\n2,Small,Appointment scheduled,200,,2024-02-02,c2\n3,None,Closed Lost,300,2024-02-05,2024-02-02,c9\n';

describe('the tables beside orders', () => {
  const read = () =>
    checkTexts([
      ['orders.csv', orders],
      ['events.csv', events],
      ['subscriptions.csv', subscriptions],
      ['nps.csv', survey],
      ['notes.csv', notes],
      ['deals.csv', deals],
    ]);

  test('each file is told by its columns and every row of it is used or told', async () => {
    const { check } = await read();
    expect(check.files.map(({ name, kind, rowsRead, rowsUsed }) => [name, kind, rowsRead, rowsUsed])).toEqual(
      [
        ['orders.csv', 'lines', 4, 4],
        ['events.csv', 'events', 6, 5],
        ['subscriptions.csv', 'subscriptions', 2, 2],
        ['nps.csv', 'surveys', 3, 3],
        ['notes.csv', 'evidence', 2, 2],
        ['deals.csv', 'deals', 3, 2],
      ],
    );
    for (const file of check.files) expect(file.rowsUsed + file.rowsReported).toBe(file.rowsRead);
    const told = check.issues.map(({ sentence }) => sentence);
    expect(told).toContain('nps.csv: 3 answers; NPS 33.3: 2 promoters, 0 passives, 1 detractor.');
    expect(told.filter((sentence) => /who answered|answered\./.test(sentence))).toHaveLength(1);
  });

  test('all of them speak of the customers of the orders', async () => {
    const { collected } = await read();
    const { customerIds } = collected;
    const named = (rows: Int32Array) => Array.from(rows, (customer) => customerIds[customer] ?? null);
    expect(customerIds).toEqual(['c1', 'c2', 'c3']);
    expect(named(collected.events!.customer)).toEqual(['c1', 'c1', 'c1', 'c2', null]);
    expect(textsOf(collected.events!.channel)).toEqual(['paid search', 'paid search', 'direct', 'e-mail', 'direct']); // prettier-ignore
    expect(collected.events!.nSessions).toBe(4);
    expect(named(collected.subscriptions!.customer)).toEqual(['c1', 'c2']);
    expect(Array.from(collected.subscriptions!.end!)).toEqual([NaN, Date.UTC(2024, 2, 1)]);
    expect(named(collected.surveys![0]!.customer)).toEqual(['c1', 'c2', null]);
    expect(named(collected.deals!.customer)).toEqual(['c1', 'c2']);
    expect(collected.deals!.outcome).toEqual(['won', 'open']);
    expect(collected.accounts).toEqual({ names: ['acme.com'], ofCustomer: Int32Array.from([0, -1, 0]), source: 'domain' }); // prettier-ignore
    expect(collected.evidence).toHaveLength(2);
    expect('touches' in collected || 'consents' in collected).toBe(false);
  });

  test('an events file alone makes its people the customers', async () => {
    const { check, collected } = await checkTexts([['events.csv', events]]);
    expect(collected.customerIds).toEqual(['c1', 'c2', 'zz']);
    expect(collected.events!.nRows).toBe(5);
    expect(check.issues.filter(({ severity }) => severity === 'blocking')).toEqual([]);
  });

  test('times that count from 1970 are told by the project’s clock', async () => {
    const text = 'user_id,event,timestamp\na,view,1719871200\nb,view,1719874800\na,view,1719878400\n';
    const at = async (timeZone?: string) =>
      Array.from(
        (await checkTexts([['e.csv', text]], { ...(timeZone && { timeZone }) })).collected.events!.time,
      );
    // 2024-07-01 22:00 UTC is midnight in Berlin in summer.
    expect((await at())[0]).toBe(Date.UTC(2024, 6, 1, 22));
    expect((await at('Europe/Berlin'))[0]).toBe(Date.UTC(2024, 6, 2));
  });

  test('the same file dropped twice changes nothing', async () => {
    const twice = await checkTexts([['a.csv', events], ['b.csv', events]]); // prettier-ignore
    expect(twice.collected.events!.nRows).toBe(5);
    expect(twice.check.files.map(({ rowsUsed }) => rowsUsed)).toEqual([5, 0]);
  });

  test('a customers file tells of rank, country and consent', async () => {
    const { collected } = await checkTexts([
      ['orders.csv', orders],
      ['contacts.csv', 'Record ID,First Name,Last Name,Email,Job Title,Company Name,Lifecycle Stage,Country/Region,Opted out of all email\nc1,Ann,Ash,ann@acme.com,CEO,Acme Inc.,customer,Germany,no\nc2,Bob,Bay,bob@gmail.com,Sales Manager,,lead,Deutschland,yes\nc3,Cem,Can,cem@acme.com,Accountant,,lead,UK,\n'], // prettier-ignore
    ]);
    const attribute = (name: string) => {
      const found = collected.attributes.find((a) => a.name === name)!;
      return found.kind === 'category' ? textsOf(found) : [];
    };
    expect(attribute('Role level')).toEqual(['Founder or C-level', 'Manager', 'Individual']);
    expect(attribute('Country')).toEqual(['DE', 'DE', 'GB']);
    expect(collected.attributes.map(({ name }) => name)).not.toContain('Job Title');
    expect(collected.accounts!.names).toEqual(['Acme Inc.']);
    expect(Array.from(collected.accounts!.ofCustomer)).toEqual([0, -1, 0]);
    expect(collected.consents!.map(({ purpose, states }) => [purpose, ...states])).toEqual([['e-mail', -1, 0, -1]]); // prettier-ignore
  });
});
