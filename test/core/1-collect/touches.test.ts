import { describe, expect, test } from 'vitest';
import { touchKindOf } from '../../../src/core/1-collect/touch-kinds';
import { readTouches } from '../../../src/core/1-collect/touches';
import { customersBy, readTable, textsOf } from './read-tables';
import { checkTexts } from './read-text';

describe('touchKindOf', () => {
  const cases: [string, string | null][] = [
    ['Received Email', 'sent'],
    ['Opened Email', 'open'],
    ['Clicked Email', 'click'],
    ['Unsubscribed from Email Marketing', 'unsubscribe'],
    ['email_open', 'open'],
    ['emailReplied', 'reply'],
    ['Clicked SMS', 'click'],
    ['E-Mail geöffnet', 'open'],
    ['Newsletter abgemeldet', 'unsubscribe'],
    ['Viewed Product', null],
    ['Opened Ticket', null],
    ['message_sent', null],
    ['call', null],
  ];
  test.each(cases)('an event called %s is %s', (name, kind) => expect(touchKindOf(name)).toBe(kind));
  test.each([
    ['sent', 'sent'],
    ['opens', 'open'],
    ['call', 'call'],
    ['ouvert', 'open'],
    ['bounced', null],
  ])('in a file of messages %s is %s', (name, kind) => expect(touchKindOf(name, true)).toBe(kind));
});

describe('readTouches', () => {
  test('reads kinds from a column of types, oldest first, with the way each message went', async () => {
    const table = await readTable(
      'contact,at,type,channel\na,2024-02-02 10:00:00,open,email\na,2024-02-01 10:00:00,sent,email\nb,2024-02-03 10:00:00,click,SMS\na,2024-02-02 10:00:00,open,email\nb,2024-02-03 10:00:00,bounced,SMS\n,2024-02-03 10:00:00,open,SMS\nb,,open,SMS\n',
      { contact: 'customer', at: 'time', type: 'event', channel: 'channel' },
    );
    const { found, used, issues } = readTouches([table], [], customersBy([table]).customerOf)!;
    expect(found.kinds).toEqual(['sent', 'open', 'click']);
    expect(Array.from(found.customer)).toEqual([0, 0, 1]);
    expect(textsOf(found.channel)).toEqual(['e-mail', 'e-mail', 'SMS']);
    expect(used.get(0)).toBe(3);
    expect(issues.map(({ kind, rows }) => [kind, rows])).toEqual([
      ['touches twice', 1],
      ['touches of another kind', 1],
      ['touches without a customer', 1],
      ['touches without a time', 1],
      ['touches read', 3],
    ]);
  });

  test('reads one date a kind: sent, opened, clicked', async () => {
    const table = await readTable(
      'email,Sent At,Opened At,Clicked At\na,2024-01-01 08:00,2024-01-01 09:00,\nb,2024-01-01 08:00,,\nc,,,\n',
      { email: 'customer' },
    );
    const { found, used } = readTouches([table], [], customersBy([table]).customerOf)!;
    expect(found.kinds).toEqual(['sent', 'sent', 'open']);
    expect(used.get(0)).toBe(2);
  });

  test('takes messages out of a log of events and leaves its counts to the events', async () => {
    const table = await readTable(
      'user_id,time,event\na,2024-01-01,Received Email\na,2024-01-02,Viewed Product\na,2024-01-03,Unsubscribed from Email\n',
      { user_id: 'customer', time: 'time', event: 'event' },
    );
    const { found, used, issues } = readTouches([], [table], customersBy([table]).customerOf)!;
    expect(found.kinds).toEqual(['sent', 'unsubscribe']);
    expect(used.size + issues.length).toBe(0);
    const none = await readTable('user_id,time,event\na,2024-01-02,Viewed Product\n', { user_id: 'customer', time: 'time', event: 'event' }); // prettier-ignore
    expect(readTouches([], [none], customersBy([none]).customerOf)).toBeNull();
  });
});

test('the column of kinds of touches is shown as what it is', async () => {
  const text = `contact id,sent on,type,channel\n${Array.from({ length: 20 }, (_, i) => `c${i % 7},2024-02-0${1 + (i % 9)},${['sent', 'open', 'click'][i % 3]},email`).join('\n')}\n`; // prettier-ignore
  const { check } = await checkTexts([['messages.csv', text]]);
  expect(check.files[0]!.kind).toBe('touches');
  expect(check.files[0]!.columns[2]).toMatchObject({ name: 'type', role: 'event' });
});
