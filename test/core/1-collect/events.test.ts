import { describe, expect, test } from 'vitest';
import { channelOf } from '../../../src/core/1-collect/channels';
import { readEvents } from '../../../src/core/1-collect/events';
import { cutSessions } from '../../../src/core/1-collect/sessions';
import { sortByKey, sortByTime } from '../../../src/core/1-collect/sort-times';
import { createRandom } from '../../../src/core/kit/random';
import { customersBy, readTable, textsOf } from './read-tables';
import { checkTexts } from './read-text';

const roles = { user_id: 'customer', time: 'time', event: 'event' } as const;

describe('readEvents', () => {
  test('puts events in order of time and ends a visit after 30 minutes of silence', async () => {
    const table = await readTable(
      'user_id,time,event\na,2024-05-01 10:30:00,buy\nb,2024-05-01 10:05:00,view\na,2024-05-01 10:00:00,view\na,2024-05-01 11:00:01,view\n',
      roles,
    );
    const { found, used, issues } = readEvents([table], customersBy([table]).customerOf)!;
    expect(Array.from(found.customer)).toEqual([0, 1, 0, 0]);
    expect(textsOf(found.name)).toEqual(['view', 'view', 'buy', 'view']);
    // 10:00 to 10:30 is exactly half an hour; 10:30 to 11:00:01 is longer.
    expect(Array.from(found.session)).toEqual([0, 1, 0, 2]);
    expect(found).toMatchObject({ nRows: 4, nSessions: 3, nRepeated: 0, channel: null, value: null });
    expect(found.time[0]).toBe(Date.UTC(2024, 4, 1, 10));
    expect(used.get(0)).toBe(4);
    expect(issues.map(({ sentence }) => sentence)).toEqual(['a.csv: 4 events in 3 visits; a visit ends after 30 minutes of silence.']); // prettier-ignore
  });

  test('counts the same event once, in one file and across files whose columns stand elsewhere', async () => {
    const first = await readTable('user_id,time,event,page\na,2024-05-01 10:00:00,view,/x\na,2024-05-01 10:00:00,view,/x\na,2024-05-01 10:00:00,view,/y\n', roles); // prettier-ignore
    const second = await readTable('event,page,time,user_id,note\nview,/y,2024-05-01T10:00:00Z,a,\nview,/x,2024-05-01 10:00:00,a,\nview,/x,2024-05-02 10:00:00,a,\n', roles, 'b.csv', 1); // prettier-ignore
    const { found, used, issues } = readEvents([first, second], customersBy([first, second]).customerOf)!;
    expect(found).toMatchObject({ nRows: 3, nRepeated: 3 });
    expect([used.get(0), used.get(1)]).toEqual([2, 1]);
    const twice = issues.filter(({ kind }) => kind === 'events twice');
    expect(twice.map(({ rows }) => rows)).toEqual([1, 2]);
    expect(twice[0]!.sentence).toBe('a.csv: 1 event repeats an earlier one in person, time and every other column and was left out; the same event counts once.'); // prettier-ignore
  });

  test('where only days are known, equal rows of one file all count, those of a second file do not', async () => {
    const text = 'user_id,time,event\na,2024-05-01,view\na,2024-05-01,view\n';
    const tables = [await readTable(text, roles), await readTable(text, roles, 'b.csv', 1)];
    const { found } = readEvents(tables, customersBy(tables).customerOf)!;
    expect(found).toMatchObject({ nRows: 2, nRepeated: 2 });
  });

  test('reads a web analytics export: microseconds, session ids, where visits came from, visitors nobody knows', async () => {
    const table = await readTable(
      'event_date,event_timestamp,event_name,user_id,user_pseudo_id,event_params.ga_session_id,traffic_source.source,traffic_source.medium\n' +
        '20240501,1714557600123456,session_start,,p1,100,google,cpc\n' +
        '20240501,1714557660000000,page_view,,p1,100,,\n' +
        '20240501,1714564800000000,purchase,u1,p1,100,,\n' +
        '20240501,1714557600000000,page_view,,p2,200,(direct),(none)\n' +
        '20240501,1714557601000000,page_view,,,,google,organic\n',
      { event_date: 'time', event_name: 'event', user_id: 'customer' },
    );
    const { found, used, issues } = readEvents([table], customersBy([table]).customerOf)!;
    expect(found).toMatchObject({ nRows: 4, nSessions: 2 });
    // p1 is only ever seen with u1, so what p1 did before signing in is u1's.
    expect(Array.from(found.customer)).toEqual([-1, 0, 0, 0]);
    expect(Array.from(found.session)).toEqual([0, 1, 1, 1]);
    expect(found.time[1]).toBe(1714557600123);
    expect(textsOf(found.channel)).toEqual(['direct', 'paid search', 'paid search', 'paid search']);
    expect(used.get(0)).toBe(4);
    expect(issues.map(({ kind, rows }) => [kind, rows])).toEqual([
      ['events without a person', 1],
      ['events of unknown visitors', 1],
      ['events read', 4],
    ]);
  });

  test('a visitor id that two customers used is nobody’s', async () => {
    const table = await readTable('user_id,visitor_id,time,event\na,v,2024-05-01 10:00:00,x\nb,v,2024-05-01 12:00:00,x\n,v,2024-05-01 14:00:00,x\n', roles); // prettier-ignore
    const { found } = readEvents([table], customersBy([table]).customerOf)!;
    expect(Array.from(found.customer)).toEqual([0, 1, -1]);
  });

  test('a channel column keeps its own names; a row without one has its visit’s first', async () => {
    const table = await readTable('user_id,time,event,channel\na,2024-05-01 10:00:00,x,\na,2024-05-01 10:01:00,x,Online Video\na,2024-05-02 10:01:00,x,\n', { ...roles, channel: 'channel' }); // prettier-ignore
    const { found } = readEvents([table], customersBy([table]).customerOf)!;
    expect(textsOf(found.channel)).toEqual(['Online Video', 'Online Video', '']);
  });

  test('going from page to page of the own site is no referral', async () => {
    const table = await readTable(
      'user_id,time,event,page_url,referrer\na,2024-05-01 10:00:00,x,https://shop.test/,https://www.google.com/search\na,2024-05-01 10:01:00,x,https://shop.test/b,https://shop.test/\nb,2024-05-01 10:01:00,x,https://shop.test/b,\nb,2024-05-02 10:01:00,x,https://shop.test/b,https://blog.test/post\n',
      roles,
    );
    const { found } = readEvents([table], customersBy([table]).customerOf)!;
    expect(textsOf(found.channel)).toEqual(['organic search', 'organic search', 'direct', 'referral']);
  });

  test('rows without a time, and what was merely sent to somebody, are no events; none goes missing', async () => {
    const table = await readTable('user_id,time,event\na,2024-05-01,Received Email\na,2024-05-01,Opened Email\na,,view\n,2024-05-01,view\n', roles); // prettier-ignore
    const { found, used, issues } = readEvents([table], customersBy([table]).customerOf)!;
    expect(textsOf(found.name)).toEqual(['Opened Email']);
    expect(used.get(0)).toBe(2);
    const left = issues.filter(({ severity }) => severity === 'warning');
    expect(left.map(({ kind, rows, example }) => [kind, rows, example?.row])).toEqual([
      ['events without a time', 1, 4],
      ['events without a person', 1, 5],
    ]);
    expect(left[0]!.sentence).toBe('a.csv: 1 of 4 rows has no readable time and is not used.');
  });

  test('a million events become visits within seconds, and rows in another order give the same', () => {
    const random = createRandom(1);
    const n = 1_000_000;
    const person = Int32Array.from({ length: n }, () => random.below(50_000));
    const time = Float64Array.from({ length: n }, () => 1.7e12 + random.below(30 * 86_400_000));
    const count = (of: (i: number) => number) => {
      const p = person.map((_, i) => person[of(i)]!);
      const t = time.map((_, i) => time[of(i)]!);
      const rows = sortByKey(sortByTime(t), 50_000, (row) => p[row]!);
      return cutSessions(rows, p, t, null).nSessions;
    };
    const forward = count((i) => i);
    expect(count((i) => n - 1 - i)).toBe(forward);
    const sorted = Array.from(person, (p, i) => p * 1e10 + (time[i]! - 1.7e12)).sort((a, b) => a - b);
    const gaps = sorted.filter((key, i) => i === 0 || key - sorted[i - 1]! > 1_800_000);
    expect(forward).toBe(gaps.length);
  });
});

describe('channelOf', () => {
  const cases: [string, string, string, string][] = [
    ['', '', '', 'direct'],
    ['(direct)', '(none)', '', 'direct'],
    ['google', 'organic', '', 'organic search'],
    ['google', 'cpc', '', 'paid search'],
    ['facebook', 'cpc', '', 'social'],
    ['instagram', 'paid_social', '', 'social'],
    ['newsletter', 'email', '', 'e-mail'],
    ['klaviyo', '', '', 'e-mail'],
    ['partner-x', 'affiliate', '', 'affiliate'],
    ['dv360', 'display', '', 'display'],
    ['blog.test', 'referral', '', 'referral'],
    ['l.facebook.com', 'referral', '', 'social'],
    ['', '', 'https://www.bing.com/search?q=x', 'organic search'],
    ['', '', 'https://mail.google.com/', 'e-mail'],
    ['', '', 'https://t.co/abc', 'social'],
    ['', '', 'https://news.test/a', 'referral'],
    ['google / cpc', '', '', 'paid search'],
    ['(direct) / (none)', '', '', 'direct'],
    ['ios', '', '', 'direct'],
    ['x', 'qr code', '', 'other'],
  ];
  test.each(cases)('source "%s", medium "%s", referrer "%s" is %s', (source, medium, referrer, channel) =>
    expect(channelOf({ source, medium, referrer, hasClickId: false })).toBe(channel),
  );
  test('a click id of an advertisement is paid search', () =>
    expect(channelOf({ source: '', medium: '', referrer: '', hasClickId: true })).toBe('paid search'));
});

test('events of an analytics export belong to the user, else to the only user of the device, else to the device', async () => {
  const header =
    'event_date,event_timestamp,event_name,user_id,user_pseudo_id,event_params.ga_session_id,geo.country';
  const rows = Array.from({ length: 40 }, (_, i) => {
    const [user, device] = [['', 'd1'], ['u1', 'd1'], ['', 'd2'], ['', 'd3'], ['u2', 'd4'], ['u3', 'd4'], ['', 'd4'], ['', 'd3']][i % 8]!; // prettier-ignore
    return `20240501,${1714557600000000 + i * 60_000_000},page_view,${user},${device},${100 + (i % 8)},Germany`;
  });
  const text = `${header}\n${rows.join('\n')}\n`;
  const { check, collected } = await checkTexts([['events.csv', text]]);
  expect(check.files[0]).toMatchObject({ source: { id: 'ga4-events' }, kind: 'events', rowsUsed: 40 });
  expect(collected.customerIds.toSorted()).toEqual(['d2', 'd3', 'd4', 'u1', 'u2', 'u3']);
  const who = Array.from(collected.events!.customer.slice(0, 8), (c) => collected.customerIds[c]);
  expect(who).toEqual(['u1', 'u1', 'd2', 'd3', 'u2', 'u3', 'd4', 'd3']);
  expect(check.issues.find(({ kind }) => kind === 'users and devices')!.sentence).toBe(
    'events.csv: 15 of 40 events say in column user_id who it was; 5 more are of a device (user_pseudo_id) that only one user was ever seen with and count as that user’s, the rest belong to the device itself.',
  );
  expect(check.files[0]!.columns.map(({ name }) => name)).toEqual(header.split(','));
  const orders = `customer_id,date,amount\n${Array.from({ length: 12 }, (_, i) => `u${1 + (i % 3)},2024-04-${10 + i},${10 + i}`).join('\n')}\n`; // prettier-ignore
  const both = await checkTexts([['orders.csv', orders], ['events.csv', text]]); // prettier-ignore
  expect(both.collected.customerIds).toEqual(['u1', 'u2', 'u3']);
  expect(Array.from(both.collected.events!.customer.slice(0, 8))).toEqual([0, 0, -1, -1, 1, 2, -1, -1]);
});
