import fc from 'fast-check';
import type { Deals, Events, Subscriptions, Surveys, Touches } from '../../../src/core/1-collect/canonical';
import type { Collected } from '../../../src/core/1-collect/collected';
import { DAY } from '../../../src/core/2-features/history';
import { toCoded } from './order-lines';

/** One row of any table beside the orders, as a person would write it down; days count from 1 January 1970. */
export type Row = {
  customer: number;
  day: number;
  name?: string;
  session?: number;
  kind?: Touches['kinds'][number];
  score?: number;
  nps?: boolean;
  end?: number;
  trialEnd?: number;
  amount?: number;
  intervalDays?: number;
  outcome?: Deals['outcome'][number];
};

const frame = (rows: Row[]) => ({
  nRows: rows.length,
  customer: Int32Array.from(rows, ({ customer }) => customer),
  time: Float64Array.from(rows, ({ day }) => day * DAY),
});

export const toEvents = (rows: Row[]): Events => ({
  ...frame(rows),
  name: toCoded(rows.map(({ name }) => name)),
  channel: null,
  session: Int32Array.from(rows, ({ session }) => session ?? 0),
  nSessions: rows.reduce((most, { session }) => Math.max(most, (session ?? 0) + 1), 0),
  value: null,
  nRepeated: 0,
});

export const toTouches = (rows: Row[]): Touches => ({
  ...frame(rows),
  channel: toCoded(rows.map(() => 'e-mail')),
  kinds: rows.map(({ kind }) => kind ?? 'sent'),
});

export const toSurvey = (rows: Row[], kind: Surveys['kind']): Surveys => ({
  ...frame(rows),
  name: 'survey.csv',
  kind,
  scale: kind === 'nps' ? { min: 0, max: 10 } : { min: 1, max: 5 },
  score: Float64Array.from(rows, ({ score }) => score ?? NaN),
  comment: null,
  theme: null,
});

export const toSubscriptions = (rows: Row[]): Subscriptions => ({
  nRows: rows.length,
  customer: frame(rows).customer,
  plan: null,
  start: frame(rows).time,
  trialEnd: Float64Array.from(rows, ({ trialEnd }) => (trialEnd ?? NaN) * DAY),
  end: Float64Array.from(rows, ({ end }) => (end ?? NaN) * DAY),
  amount: Float64Array.from(rows, ({ amount }) => amount ?? NaN),
  intervalDays: Float64Array.from(rows, ({ intervalDays }) => intervalDays ?? NaN),
  reason: null,
});

export const toDeals = (rows: Row[]): Deals => ({
  ...frame(rows),
  account: null,
  stage: toCoded(rows.map(() => 'any')),
  outcome: rows.map(({ outcome }) => outcome ?? 'open'),
  amount: Float64Array.from(rows, ({ amount }) => amount ?? NaN),
});

/** The same rows as every table there is. */
export const toTables = (rows: Row[]): Partial<Collected> => ({
  events: toEvents(rows),
  touches: toTouches(rows),
  surveys: [
    toSurvey(
      rows.filter(({ nps }) => nps),
      'nps',
    ),
    toSurvey(
      rows.filter(({ nps }) => !nps),
      'rating',
    ),
  ],
  subscriptions: toSubscriptions(rows),
  deals: toDeals(rows),
});

export const anyRow = (firstDay: number, lastDay: number): fc.Arbitrary<Row> =>
  fc
    .record({
      customer: fc.integer({ min: -1, max: 9 }),
      day: fc.double({ min: firstDay, max: lastDay, noNaN: true }),
      name: fc.constantFrom('open', 'search', 'buy', undefined),
      session: fc.integer({ min: 0, max: 20 }),
      kind: fc.constantFrom('sent', 'open', 'click', 'unsubscribe'),
      score: fc.constantFrom(NaN, 0, 7, 10),
      nps: fc.boolean(),
      lasts: fc.constantFrom(NaN, 5, 50, 500),
      trial: fc.constantFrom(NaN, 7, 30),
      cents: fc.integer({ min: 0, max: 9999 }),
      intervalDays: fc.constantFrom(NaN, 7, 365),
      outcome: fc.constantFrom('open', 'won', 'lost'),
    })
    .map(({ lasts, trial, cents, ...row }) => ({
      ...(row as Row),
      end: row.day + lasts,
      trialEnd: row.day + trial,
      amount: cents / 100,
    }));
