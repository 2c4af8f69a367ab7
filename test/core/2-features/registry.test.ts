import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Collected } from '../../../src/core/1-collect/collected';
import { listFeatures } from '../../../src/core/2-features/feature-list';
import { buildFeatures } from '../../../src/core/2-features/features';
import { defineFormula } from '../../../src/core/2-features/formula/define-formula';
import { writeFormula } from '../../../src/core/2-features/formula/write-formula';
import { DAY } from '../../../src/core/2-features/history';
import { anyLine, type Line, toCollected } from './order-lines';
import { anyRow, type Row, toEvents, toSubscriptions, toSurvey, toTables, toTouches } from './tables';

const namesOf = (collected: Collected, asOfDay: number, set: Parameters<typeof buildFeatures>[2] = 'full') =>
  buildFeatures(collected, asOfDay * DAY, set).features.map(({ definition }) => definition.name);

function expectValues(collected: Collected, asOfDay: number | null, expected: Record<string, number[]>) {
  const { features } = buildFeatures(collected, asOfDay === null ? null : asOfDay * DAY, 'full');
  const found = new Map(features.map(({ definition, values }) => [definition.name, values]));
  for (const [name, numbers] of Object.entries(expected)) {
    expect(found.has(name), name).toBe(true);
    numbers.forEach((number, c) => expect(found.get(name)![c], `${name} of ${c}`).toBeCloseTo(number, 12));
  }
}

const base = { quantity: 1, discount: 0 };
/** Day 4 is a Monday, 11 and 18 are Mondays too, day 150 a Sunday. */
const lines: Line[] = [
  {
    ...base,
    customer: 0,
    order: 0,
    day: 4.3,
    amount: 30,
    product: 0,
    category: 0,
    list: 40,
    channel: 'Web',
    coupon: 'X',
  },
  {
    ...base,
    customer: 0,
    order: 0,
    day: 4.3,
    amount: 10,
    product: 1,
    category: 1,
    list: 10,
    channel: 'Web',
    coupon: 'X',
  },
  {
    ...base,
    customer: 0,
    order: 1,
    day: 11.6,
    amount: 20,
    product: 0,
    category: 0,
    discount: 5,
    list: 25,
    channel: 'Store',
  },
  {
    ...base,
    customer: 0,
    order: 2,
    day: 18.8,
    amount: 60,
    quantity: 3,
    product: 2,
    category: 0,
    channel: 'Web',
  },
  { ...base, customer: 0, order: 2, day: 20, amount: -9, product: 2, category: 0, refund: true },
  { ...base, customer: 0, order: 9, day: 30, amount: -1, product: 2, category: 0, refund: true },
  { ...base, customer: 1, order: 4, day: 150.1, amount: 50, product: 2, category: -1, channel: 'Fax' },
];

describe('features made from orders', () => {
  test('have the values a reader gets by hand from each formula', () => {
    const [m, sd] = [40, Math.sqrt((0 + 400 + 400) / 3)];
    expectValues(toCollected(lines), 160, {
      activeSpan: [14, 0],
      orderDays: [3, 1],
      medianOrder: [40, 50],
      largestOrder: [60, 50],
      smallestOrder: [20, 50],
      firstOrder: [40, 50],
      lastOrder: [60, 50],
      lastOrderRatio: [1.5, 1],
      orderSpread: [sd / m, sd / m],
      orders30: [0, 1],
      orders60: [0, 1],
      orders180: [3, 1],
      orders365: [3, 1],
      spend30: [0, 50],
      spend60: [0, 50],
      spend180: [120, 50],
      spend365: [120, 50],
      trendMonth: [1, 2],
      trendYear: [4, 2],
      spendTrend: [0, 1],
      gapMedian: [7.25, 7.25],
      gapShortest: [7.2, 7.2],
      gapLongest: [7.3, 7.3],
      lastGap: [7.2, 7.2],
      gapVariation: [0.05 / 7.25, 0.05 / 7.25],
      gapTrend: [7.2 / 7.25, 7.2 / 7.25],
      gapRatioMedian: [(160 - 18) / 7.25, (160 - 150) / 7.25],
      gapRatioLongest: [(160 - 18) / 7.3, (160 - 150) / 7.3],
      regularity: [1, 1],
      categoryConcentration: [(110 / 120) ** 2 + (10 / 120) ** 2, (110 / 120) ** 2 + (10 / 120) ** 2],
      topCategoryShare: [110 / 120, 110 / 120],
      repeatProductShare: [1 - 3 / 4, 0],
      newProductShare: [0, 1],
      linesPerOrder: [4 / 3, 1],
      itemPrice: [120 / 6, 50],
      discountedOrders: [1 / 3, 0],
      couponOrders: [1 / 3, 0],
      listPaidShare: [120 / 135, 1],
      refundedOrders: [2 / 3, 0],
      daysSinceRefund: [130, 130],
      hasRefunded: [1, 0],
      favouriteDayShare: [(3 + 1 / 7) / 4, (1 + 1 / 7) / 2],
      nightShare: [0.25 / 4, 1.25 / 2],
      morningShare: [1.25 / 4, 0.25 / 2],
      afternoonShare: [1.25 / 4, 0.25 / 2],
      eveningShare: [1.25 / 4, 0.25 / 2],
      'channelShare:Web': [2 / 3, 0],
      'channelShare:Fax': [0, 1],
      'channelShare:Store': [1 / 3, 0],
      onlineShare: [2 / 3, 0],
      channelCount: [2, 1],
    });
  });

  test('are left out where their columns are absent, where no hour is told and where nothing was sent back', () => {
    const bare = lines
      .filter(({ refund }) => !refund)
      .map(({ customer, order, day, amount }) => ({ customer, order, day: Math.floor(day), amount }));
    const names = namesOf(toCollected(bare), 160);
    const absent = /discount|coupon|list|item|categor|product|channel|online|night|morning|hasRef|SinceRef/i;
    expect(names.filter((name) => absent.test(name))).toEqual([]);
    expect(names).toContain('favouriteDayShare');
  });

  test('know only the channels met by the as-of date', () =>
    expect(namesOf(toCollected(lines), 100).filter((name) => name.startsWith('channelShare'))).toEqual([
      'channelShare:Web',
      'channelShare:Store',
    ]));
});

describe('features made from tables beside the orders', () => {
  const orders: Line[] = [0, 1].map((customer) => ({ customer, order: customer, day: 1, amount: 5 }));
  const collected = (tables: Partial<Collected>): Collected => ({ ...toCollected(orders, 3), ...tables });

  test('count events, days, sessions and kinds of event', () => {
    const rows: Row[] = [
      { customer: 0, day: 9.1, name: 'open', session: 0 },
      { customer: 0, day: 9.9, name: 'search', session: 1 },
      { customer: 0, day: 95.5, name: 'open', session: 2 },
      { customer: 2, day: 96, name: 'open', session: 3 },
      { customer: 0, day: 101, name: 'buy', session: 4 },
    ];
    expectValues(collected({ events: toEvents(rows) }), 100, {
      events30: [1, 0],
      events90: [1, 0],
      eventCount: [3, 0],
      activeDays: [2, 0],
      sessions: [3, 0],
      eventVariety: [2, 0],
      daysSinceEvent: [5, 5],
      engagementDepth: [50, 0],
    });
  });

  test('tell who opens and clicks what was sent', () => {
    const rows: Row[] = [
      { customer: 0, day: 10, kind: 'sent' },
      { customer: 0, day: 80, kind: 'sent' },
      { customer: 0, day: 81, kind: 'open' },
      { customer: 0, day: 82, kind: 'click' },
      { customer: 0, day: 83, kind: 'click' },
      { customer: 0, day: 84, kind: 'click' },
      { customer: 0, day: 101, kind: 'unsubscribe' },
    ];
    const touched = collected({ touches: toTouches(rows) });
    expectValues(touched, 100, {
      openRate: [0.5, 0.5],
      clickRate: [1, 1],
      messagesSent: [2, 0],
      messages30: [1, 0],
      daysSinceOpen: [19, 19],
    });
    expect(namesOf(touched, 100)).not.toContain('hasUnsubscribed');
    expectValues(touched, 102, { hasUnsubscribed: [1, 0] });
  });

  test('tell the latest score of each kind and flag who gave none', () => {
    const nps = toSurvey(
      [
        { customer: 0, day: 50, score: 9 },
        { customer: 0, day: 20, score: 3 },
        { customer: 0, day: NaN, score: 1 },
        { customer: 0, day: 60 },
      ],
      'nps',
    );
    const rating = toSurvey([{ customer: 1, day: 5, score: 4 }], 'rating');
    expectValues(collected({ surveys: [nps, rating] }), 100, {
      lastNps: [9, 9],
      'lastNps:missing': [0, 1],
      lastRating: [0.75, 0.75],
      'lastRating:missing': [1, 0],
      surveyAnswers: [2, 1],
      daysSinceAnswer: [40, 95],
    });
  });

  test('tell subscriptions as they stood: an end that lies ahead is not known', () => {
    const rows: Row[] = [
      { customer: 0, day: 10, end: 40, amount: 10 },
      { customer: 0, day: 50, end: 120, amount: 120, intervalDays: 365.25 },
      { customer: 1, day: 90, trialEnd: 104, amount: 30 },
    ];
    const values = {
      activeSubscriptions: [1, 1],
      planAge: [50, 10],
      daysToRenewal: [365.25 - 50, 4],
      onTrial: [0, 1],
      monthlyRevenue: [10, 0],
      cancellations: [1, 0],
      daysSinceCancellation: [60, 60],
    };
    expectValues(collected({ subscriptions: toSubscriptions(rows) }), 100, values);
    const unended = rows.map((row) => ({ ...row, end: row.end === 120 ? undefined : row.end }) as Row);
    expectValues(collected({ subscriptions: toSubscriptions(unended) }), 100, values);
  });

  test('add up deals by how they stand', () => {
    const { deals } = toTables([
      { customer: 0, day: 10, outcome: 'won', amount: 100 },
      { customer: 0, day: 20, outcome: 'won' },
      { customer: 0, day: 30, outcome: 'open', amount: 7 },
      { customer: 1, day: 30, outcome: 'lost', amount: 9 },
      { customer: 1, day: 101, outcome: 'won', amount: 900 },
    ]);
    expectValues(collected({ deals }), 100, {
      openDeals: [1, 0],
      wonDeals: [2, 0],
      lostDeals: [0, 1],
      openDealAmount: [7, 0],
      wonDealAmount: [100, 0],
    });
  });

  test('serve every customer, as of the day after the last of them, where there are no orders', () => {
    const rows: Row[] = [
      { customer: 1, day: 10, name: 'open' },
      { customer: 1, day: 20.5, name: 'open' },
    ];
    const undated = toSurvey([{ customer: 2, day: NaN, score: 8 }], 'nps');
    const noOrders: Collected = { ...collected({ events: toEvents(rows), surveys: [undated] }), lines: null };
    const table = buildFeatures(noOrders, null, 'all');
    expect([table.asOf, Array.from(table.customers)]).toEqual([21 * DAY, [0, 1, 2]]);
    expect(table.features.map(({ definition }) => definition.name)).toEqual([
      'activeDays',
      'sessions',
      'eventVariety',
      'daysSinceEvent',
      'lastNps',
    ]);
    expectValues(noOrders, null, { daysSinceEvent: [1, 1, 1], 'lastNps:missing': [1, 1, 0] });
    const bare = buildFeatures({ ...noOrders, events: undefined } as unknown as Collected, null, 'full');
    expect(bare.asOf).toBeNull();
  });
});

describe('all features together', () => {
  const anyText = fc.constantFrom('web', 'store', 'fax', 'app', undefined);
  const anyFullLine = (from: number, to: number) =>
    fc
      .tuple(anyLine(from, to), anyText, anyText, fc.integer({ min: 0, max: 900 }))
      .map(([line, channel, coupon, list]): Line => ({
        ...line,
        list,
        ...(channel && { channel }),
        ...(coupon && { coupon }),
      }));
  /** A line of no customer that holds every column, so that later rows do not decide which there are. */
  const header: Line = { ...lines[0]!, customer: -1 };
  const build = (some: Line[], rows: Row[], asOf: number) =>
    buildFeatures({ ...toCollected([header, ...some]), ...toTables(rows) }, asOf * DAY, 'full', [perDay]);
  const perDay = defineFormula('perDay', 'Spend a day', 'monetary / tenure', [
    { name: 'monetary', label: '' },
    { name: 'tenure', label: '' },
  ]);
  const asOf = 200;
  const before = fc.tuple(
    fc.array(anyFullLine(0, asOf), { minLength: 1, maxLength: 40 }),
    fc.array(anyRow(0, asOf), { maxLength: 40 }),
  );
  const after = fc.tuple(
    fc.array(anyFullLine(asOf + 0.001, 400), { maxLength: 30 }),
    fc.array(anyRow(asOf + 0.001, 400), { maxLength: 30 }),
  );

  test('nothing that is altered or added after asOf, in any table, changes any of them', () => {
    fc.assert(
      fc.property(before, after, fc.boolean(), ([some, rows], [later, laterRows], isFirst) => {
        const join = <T>(a: T[], b: T[]) => (isFirst ? [...b, ...a] : [...a, ...b]);
        expect(build(join(some, later), join(rows, laterRows), asOf)).toEqual(build(some, rows, asOf));
      }),
      { numRuns: 200 },
    );
  });

  test('every value is a number, every definition says something, every name is there once', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(before, ([some, rows]) => {
        const { features, customers } = build(some, rows, asOf);
        const names = features.map(({ definition }) => definition.name);
        expect(new Set(names).size).toBe(names.length);
        for (const { definition, values } of features) {
          seen.add(definition.name);
          expect(values.length).toBe(customers.length);
          expect(values.every(Number.isFinite), definition.name).toBe(true);
          expect(Object.values(definition).every((text) => text !== '')).toBe(true);
        }
      }),
    );
    expect([...seen].filter((name) => !/^channelShare|^perDay/.test(name)).length).toBeGreaterThan(85);
  });

  test("'full' holds all of 'all', in the same values; names choose among 'full'", () => {
    const collected = { ...toCollected(lines), ...toTables([]) };
    const full = buildFeatures(collected, null, 'full').features;
    for (const feature of buildFeatures(collected, null, 'all').features)
      expect(full).toContainEqual(feature);
    expect(namesOf(collected, 160, ['lastOrder', 'recency', 'no such', 'openDeals'])).toEqual([
      'recency',
      'lastOrder',
    ]);
  });

  test('the list tells what each looks like here, and which the data does not allow', () => {
    const listed = listFeatures(toCollected(lines), 160 * DAY, [perDay]);
    const byName = new Map(listed.map((one) => [one.definition.name, one]));
    expect(byName.get('openRate')!.summary).toBeNull();
    expect(byName.get('recency')!.isCore && !byName.get('lastOrder')!.isCore).toBe(true);
    const { n, min, median, max, mean, histogram } = byName.get('lastOrder')!.summary!;
    expect([n, min, median, max, mean]).toEqual([2, 50, 55, 60, 55]);
    expect([histogram[0], histogram[19], histogram.length]).toEqual([1, 1, 20]);
    expect(listed.at(-1)!.definition.name).toBe('perDay');
    const gone = { ...perDay, formula: { is: 'feature', name: 'gone' } as const };
    expect(listFeatures(toCollected(lines), null, [gone]).at(-1)).toMatchObject({ summary: null });
  });

  test("a person's formula is read against what this data allows, and never against what rests on it", () => {
    const collected = toCollected(lines);
    const write = (text: string, formulas = [perDay], previous: typeof perDay | null = null) =>
      writeFormula(collected, { label: 'Spend a day', text, previous }, formulas);
    const twice = write('2 * perDay');
    expect(twice.name).toBe('spendADay');
    expect(() => write('openRate * 2')).toThrow('got "openRate"');
    expect(() => write('spendADay', [perDay, twice], perDay)).toThrow('got "spendADay"');
    expect(write('monetary', [perDay, twice], perDay)).toMatchObject({ name: 'perDay', version: 2 });
  });
});
