import { describe, expect, test } from 'vitest';
import { createClock, isTimeZone } from '../../../src/core/1-collect/clock';
import { isoText } from '../../../src/core/1-collect/read-date';
import { checkTexts } from './read-text';

const at = (iso: string) => Date.parse(iso);

describe('createClock(zone) tells an instant as the wall clock of the zone', () => {
  const cases: [string, string, string][] = [
    ['UTC', '2024-05-01T22:30:00Z', '2024-05-01 22:30:00'],
    ['Europe/Berlin', '2024-05-01T22:30:00Z', '2024-05-02 00:30:00'],
    ['Europe/Berlin', '2024-01-01T22:30:00Z', '2024-01-01 23:30:00'],
    // Summer time began on 31 March 2024 at 01:00 UTC and ended on 27 October.
    ['Europe/Berlin', '2024-03-31T00:59:59Z', '2024-03-31 01:59:59'],
    ['Europe/Berlin', '2024-03-31T01:00:00Z', '2024-03-31 03:00:00'],
    ['Europe/Berlin', '2024-10-27T00:59:59Z', '2024-10-27 02:59:59'],
    ['Europe/Berlin', '2024-10-27T01:00:00Z', '2024-10-27 02:00:00'],
    ['America/New_York', '2024-05-01T03:00:00Z', '2024-04-30 23:00:00'],
    ['Asia/Kolkata', '2024-05-01T18:45:00Z', '2024-05-02 00:15:00'],
    ['Pacific/Auckland', '2024-12-31T12:00:00Z', '2025-01-01 01:00:00'],
  ];
  test.each(cases)('%s %s', (zone, instant, wall) =>
    expect(isoText(createClock(zone)(at(instant)))).toBe(wall),
  );

  test('names of no zone are told apart', () => {
    expect(['Europe/Berlin', 'UTC', 'Nowhere/Atall', ''].map(isTimeZone)).toEqual([true, true, false, false]);
  });
});

describe('the project’s clock moves orders across midnight, exactly', () => {
  // Each instant and the day it falls on in UTC, Berlin and Los Angeles.
  const rows: [string, string, string, string][] = [
    ['2024-05-01 21:59:59 +0000', '2024-05-01', '2024-05-01', '2024-05-01'],
    ['2024-05-01 22:00:00 +0000', '2024-05-01', '2024-05-02', '2024-05-01'],
    ['2024-05-02T06:59:59Z', '2024-05-02', '2024-05-02', '2024-05-01'],
    ['2024-05-02T07:00:00Z', '2024-05-02', '2024-05-02', '2024-05-02'],
    ['2024-05-02T00:30:00+02:00', '2024-05-01', '2024-05-02', '2024-05-01'],
    ['2024-01-10T23:30:00-08:00', '2024-01-11', '2024-01-11', '2024-01-10'],
    ['2024-12-31 23:30:00 UTC', '2024-12-31', '2025-01-01', '2024-12-31'],
  ];
  const text = `order_id,customer_id,created_at,total\n${rows.map(([time], i) => `${i},c${i % 3},${time},5`).join('\n')}\n`;
  const daysIn = async (timeZone?: string) => {
    const { collected } = await checkTexts([['a.csv', text]], timeZone ? { timeZone } : {});
    return Array.from(collected.lines!.time, (time) => isoText(time).slice(0, 10));
  };
  test('in UTC where no zone is set', async () => expect(await daysIn()).toEqual(rows.map((row) => row[1])));
  test('in Berlin', async () => expect(await daysIn('Europe/Berlin')).toEqual(rows.map((row) => row[2])));
  test('in Los Angeles', async () =>
    expect(await daysIn('America/Los_Angeles')).toEqual(rows.map((row) => row[3])));

  test('a name of no zone is refused in one sentence', async () => {
    await expect(daysIn('Nowhere/Atall')).rejects.toThrow(
      'need the name of a time zone such as Europe/Berlin; got "Nowhere/Atall". Choose one of the list',
    );
  });

  test('times without an offset are on the clock already', async () => {
    const plain = 'order_id,customer_id,date,total\n1,a,2024-05-01 23:30,5\n2,b,2024-05-02,6\n';
    const { check } = await checkTexts([['a.csv', plain]], { timeZone: 'Asia/Tokyo' });
    expect(check.totals).toMatchObject({ from: '2024-05-01', to: '2024-05-02' });
  });

  test('counts of seconds and smaller since 1970 are instants, days of a spreadsheet are not', async () => {
    const first = at('2024-05-01T22:30:00Z');
    const second = at('2024-06-01T10:00:00Z');
    const write = (times: (string | number)[]) =>
      `order_id,customer_id,created_at,total\n1,a,${times[0]},5\n2,b,${times[1]},6\n`;
    const range = async (times: (string | number)[], timeZone: string) => {
      const { check } = await checkTexts([['a.csv', write(times)]], { timeZone });
      return [check.totals.from, check.totals.to];
    };
    for (const size of [1e-3, 1, 1e3])
      expect(await range([first * size, second * size], 'Europe/Berlin')).toEqual([
        '2024-05-02',
        '2024-06-01',
      ]);
    // 45413 is 1 May 2024 (1900 system).
    expect(await range(['45413.9375', '45444'], 'Europe/Berlin')).toEqual(['2024-05-01', '2024-06-01']);
  });
});
