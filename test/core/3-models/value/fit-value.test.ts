import { describe, expect, test } from 'vitest';
import { defaultValueOptions, fitValue } from '../../../../src/core/3-models/value/fit-value';
import { valueCustomers } from '../../../../src/core/3-models/value/value-customers';
import { historyOf, simulateBuyers } from './buyers';

const history = simulateBuyers({ r: 0.8, alpha: 6, a: 0.9, b: 3, days: 600, n: 400 }, 7);
const value = fitValue(history);

const isSane = ({ lifetimeValue, low, high, probabilityAlive, expectedPurchases, totals }: typeof value) => {
  for (const column of [lifetimeValue, low, high, probabilityAlive, expectedPurchases])
    expect(column.every((one) => Number.isFinite(one) && one >= 0)).toBe(true);
  expect(low.every((one, i) => one <= high[i]!)).toBe(true);
  expect(Object.values(totals).every(Number.isFinite)).toBe(true);
};

describe('fitValue', () => {
  test('values simulated buyers with a sound model, and its test on later days holds', () => {
    isSane(value);
    expect(value.model).toBe('betaGeometric');
    expect(value.grade).toBe('solid');
    expect(value.spend.model).toBe('gammaGamma');
    const { predicted, actual, correlation } = value.holdOut!;
    expect(Math.abs(predicted / actual - 1)).toBeLessThan(0.2);
    expect(correlation).toBeGreaterThan(0.4);
    expect(value.totals.low).toBeLessThan(value.totals.expected);
    expect(value.totals.high).toBeGreaterThan(value.totals.expected);
    for (const [name, [low, high]] of Object.entries(value.parameterIntervals)) {
      expect(low!).toBeLessThan(value.parameters[name]!);
      expect(high!).toBeGreaterThan(value.parameters[name]!);
    }
  });

  test('the total holds what the same buyers go on to spend, in 4 of 5 simulations', () => {
    let held = 0;
    for (let seed = 0; seed < 5; seed++) {
      const whole = simulateBuyers({ r: 0.8, alpha: 6, a: 0.9, b: 3, days: 600, n: 200 }, 100 + seed);
      const until = 420;
      const days = Array.from({ length: 200 }, (_, c) => [
        ...whole.day.subarray(whole.offsets[c]!, whole.offsets[c + 1]!),
      ]);
      const early = historyOf(
        days.map((own) => own.filter((day) => day < until)).filter((own) => own.length),
        until - 1,
      );
      const later = days.flat().filter((day) => day >= until).length * 10;
      const { totals } = fitValue(early, {
        ...defaultValueOptions,
        horizonDays: 180,
        model: 'betaGeometric',
      });
      if (later >= totals.low && later <= totals.high) held++;
    }
    expect(held).toBeGreaterThanOrEqual(4);
  });

  test('is the same for the same data, survives being posted, and does not mind the order of customers', () => {
    expect(fitValue(history)).toEqual(value);
    expect(structuredClone(value)).toEqual(value);
    const rows = [...value.customers.keys()].reverse();
    const days = rows.map((c) => [...history.day.subarray(history.offsets[c]!, history.offsets[c + 1]!)]);
    const values = rows.map((c) => [...history.value.subarray(history.offsets[c]!, history.offsets[c + 1]!)]);
    const turned = { ...historyOf(days, history.lastDay), value: Float64Array.from(values.flat()) };
    const got = fitValue(turned);
    rows.forEach((c, i) => expect(got.lifetimeValue[i]).toBeCloseTo(value.lifetimeValue[c]!, 3));
  });

  test('margin scales the value; money to come is worth less with a discount rate', () => {
    const half = fitValue(history, { ...defaultValueOptions, margin: 0.5, model: value.model });
    expect(half.totals.expected).toBeCloseTo(value.totals.expected / 2, 6);
    const later = fitValue(history, { ...defaultValueOptions, discountRate: 0.2, model: value.model });
    expect(later.totals.expected).toBeLessThan(value.totals.expected);
    expect(later.totals.expected).toBeGreaterThan(value.totals.expected / 1.2);
  });

  test('says that nobody can be seen to leave where nobody does', () => {
    const stayers = simulateBuyers({ r: 2, alpha: 8, a: 1e-4, b: 1000, days: 400, n: 300 }, 3);
    const got = fitValue(stayers);
    isSane(got);
    expect(got.reason).toMatch(/do not show anybody leaving/);
    expect(got.grade).toBe('shaky');
  });

  test.each([
    ['five customers', historyOf([[0], [1, 9], [2], [3, 40], [5]], 60), 'mean'],
    [
      'nobody came in the second half',
      historyOf(
        Array.from({ length: 25 }, (_, c) => [c, c + 9]),
        100,
      ),
      'shrunkenAverage',
    ],
  ])('answers with a grade: %s', (_, few, model) => {
    const got = fitValue(few);
    isSane(got);
    expect(got.model).toBe(model);
    expect(got.grade).toBe('shaky');
    expect(got.ladder.some(({ isChosen }) => isChosen)).toBe(true);
    expect(got.reason).not.toMatch(/NaN|Infinity|undefined/);
    expect(got.totals.high).toBeGreaterThan(1.5 * got.totals.expected);
  });

  test.each([
    ['in 250 days', 200, (c: number) => c, 250, /got none of 200; up to about 8 orders .* in 365 days/],
    ['of one customer on the last day', 1, () => 3, 3, /got none of 1$/],
    ['of many on one day', 100, () => 7, 7, /got none of 100$/],
  ])('nobody back %s is no sign that nobody will be', (_, n, dayOf, lastDay, why) => {
    const got = fitValue(
      historyOf(
        Array.from({ length: n }, (_, c) => [dayOf(c)]),
        lastDay,
      ),
    );
    expect(got.grade).toBe('cannot tell');
    expect(got.blocked).toMatch(why);
    expect(got.probabilityAlive).toHaveLength(0);
  });

  test('without money purchases are foretold; without customers or orders the lack is named', () => {
    const free = fitValue(
      { ...history, hasMoney: false },
      { ...defaultValueOptions, model: 'betaGeometric' },
    );
    expect(free.hasMoney).toBe(false);
    expect(free.totals.purchases).toBeGreaterThan(100);
    expect(free.reason).toMatch(/No file says what was paid/);
    expect(fitValue(historyOf([], 10)).blocked).toMatch(/got none/);
    expect(valueCustomers(null, defaultValueOptions).grade).toBe('cannot tell');
  });

  test('says whose purchases the test on later days got wrong: of many who stopped at one time', () => {
    const { customers, offsets, day, lastDay } = history;
    const days = Array.from(customers, (_, c) => [...day.subarray(offsets[c]!, offsets[c + 1]!)]);
    const stopped = days.map((own) => (own[0]! < 75 ? own.filter((one) => one < 300) : own));
    const got = fitValue(historyOf(stopped, lastDay), { ...defaultValueOptions, model: 'betaGeometric' });
    const { byFirstOrder, predicted, actual, customers: n } = got.holdOut!;
    const sum = (of: 'customers' | 'predicted' | 'actual') =>
      byFirstOrder!.reduce((all, span) => all + span[of], 0);
    expect(sum('customers')).toBe(n);
    expect(sum('predicted')).toBeCloseTo(predicted, 6);
    expect(sum('actual')).toBe(actual);
    expect(byFirstOrder![0]!.actual).toBe(0);
    expect(got.reason).toMatch(
      new RegExp(
        `That is down to the ${byFirstOrder![0]!.customers} customers who first bought between Jan 1, 1970 .* 0 came`,
      ),
    );
    expect(value.reason).not.toMatch(/down to/);
  });

  test('expects more customers to buy within 30 days than within 7, and fewer than purchases', () => {
    const [week, , month] = value.soon!;
    expect([week!.days, month!.days]).toEqual([7, 30]);
    expect(week!.customers).toBeGreaterThan(0);
    expect(month!.customers).toBeGreaterThan(week!.customers);
    expect(month!.customers).toBeLessThan(value.totals.purchases);
  });

  test('tells when those who buy often spend more a time', () => {
    const days = Array.from({ length: 300 }, (_, c) =>
      Array.from({ length: 1 + (c % 8) }, (_, k) => (c % 30) + 11 * k),
    );
    const tied = historyOf(days, 200);
    days.forEach((own, c) =>
      tied.value.fill(5 * own.length + (c % 3), tied.offsets[c]!, tied.offsets[c + 1]!),
    );
    const { dependence } = fitValue(tied, { ...defaultValueOptions, model: 'betaGeometric' });
    expect(dependence!.correlation).toBeGreaterThan(0.8);
    expect(dependence!.words).toMatch(/spend clearly more a time/);
    expect(value.dependence!.words).toMatch(/next to nothing/);
  });
});
