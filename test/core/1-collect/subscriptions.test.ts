import { describe, expect, test } from 'vitest';
import { intervalDays } from '../../../src/core/1-collect/intervals';
import { readSubscriptions } from '../../../src/core/1-collect/subscriptions';
import { customersBy, readTable, textsOf } from './read-tables';

describe('intervalDays', () => {
  const cases: [string, number][] = [
    ['month', 30.4375],
    ['Monthly', 30.4375],
    ['every 3 months', 91.3125],
    ['3 month', 91.3125],
    ['quarterly', 91.3125],
    ['half-yearly', 182.625],
    ['P6M', 182.625],
    ['year', 365.25],
    ['annual', 365.25],
    ['2 years', 730.5],
    ['week', 7],
    ['every two weeks', 14],
    ['day', 1],
    ['monatlich', 30.4375],
    ['jährlich', 365.25],
    ['vierteljährlich', 91.3125],
    ['alle 3 Monate', 91.3125],
    ['mensuel', 30.4375],
    ['annuel', 365.25],
    ['trimestriel', 91.3125],
    ['mensual', 30.4375],
    ['anual', 365.25],
    ['maandelijks', 30.4375],
    ['per kwartaal', 91.3125],
    ['jaarlijks', 365.25],
  ];
  test.each(cases)('%s is %d days', (text, days) => expect(intervalDays(text)).toBeCloseTo(days, 9));
  test('is NaN for what is no length of time', () => expect(intervalDays('forever')).toBeNaN());
});

const roles = { 'Customer ID': 'customer', Status: 'status', Plan: 'plan' } as const;
const stripe =
  'id,Customer ID,Plan,Status,Start (UTC),Trial End (UTC),Canceled At (UTC),Ended At (UTC),Interval,Interval Count,Amount\n' +
  's1,c1,Pro,active,2024-01-01 00:00,2024-01-15 00:00,,,month,1,49.00\n' +
  's2,c2,Basic,canceled,2024-01-01 00:00,,2024-03-01 00:00,2024-03-31 00:00,year,1,190.00\n' +
  's3,c1,Basic,canceled,2023-01-01 00:00,,2023-06-01 00:00,,month,3,57.00\n' +
  's4,c3,Pro,incomplete_expired,2024-01-01 00:00,,,,month,1,49.00\n' +
  's5,c3,Pro,canceled,2024-01-01 00:00,,,,month,1,49.00\n' +
  's6,,Pro,active,2024-01-01 00:00,,,,month,1,49.00\n' +
  's7,c4,Pro,active,2024-02-01 00:00,,2024-04-01 00:00,2024-05-01 00:00,month,1,49.00\n';

describe('readSubscriptions', () => {
  test('reads a payment service’s export: what runs, what ended and when, what never began', async () => {
    const table = await readTable(stripe, roles);
    const { found, used, issues } = readSubscriptions([table], customersBy([table]).customerOf)!;
    expect(found.nRows).toBe(4);
    expect(Array.from(found.customer)).toEqual([0, 1, 0, 3]);
    expect(textsOf(found.plan)).toEqual(['Pro', 'Basic', 'Basic', 'Pro']);
    expect(Array.from(found.start)).toEqual([Date.UTC(2024, 0), Date.UTC(2024, 0), Date.UTC(2023, 0), Date.UTC(2024, 1)]); // prettier-ignore
    // Active: no end, whatever date stands there. Ended on the 31st although cancelled on the 1st. No end told: the day it was cancelled.
    expect(Array.from(found.end!)).toEqual([NaN, Date.UTC(2024, 2, 31), Date.UTC(2023, 5, 1), NaN]);
    expect(found.trialEnd![0]).toBe(Date.UTC(2024, 0, 15));
    expect(found.trialEnd![1]).toBeNaN();
    expect(Array.from(found.intervalDays!)).toEqual([30.4375, 365.25, 91.3125, 30.4375]);
    expect(Array.from(found.amount!)).toEqual([49, 190, 57, 49]);
    expect(used.get(0)).toBe(4);
    expect(issues.map(({ kind, rows }) => [kind, rows])).toEqual([
      ['subscriptions that never began', 1],
      ['subscriptions without an end', 1],
      ['subscriptions without a customer', 1],
      ['subscriptions read', 4],
    ]);
    expect(issues.at(-1)!.sentence).toBe('a.csv: 4 subscriptions, 2 of them running.');
  });

  test('two files are one table; an end before the start is told', async () => {
    const own = { kunde: 'customer', beginn: 'start', ende: 'end', grund: 'reason' } as const;
    const first = await readTable('kunde;beginn;ende;grund\na;01.02.2024;13.03.2024;zu teuer\nb;14.02.2024;13.01.2024;\n', own); // prettier-ignore
    const second = await readTable(stripe, roles, 'b.csv', 1);
    const { found, used } = readSubscriptions([first, second], customersBy([first, second]).customerOf)!;
    expect(found.nRows).toBe(5);
    expect(textsOf(found.reason)).toEqual(['zu teuer', '', '', '', '']);
    expect(textsOf(found.plan)).toEqual(['', 'Pro', 'Basic', 'Basic', 'Pro']);
    expect([used.get(0), used.get(1)]).toEqual([1, 4]);
  });
});
