import { expect, test } from 'vitest';
import { nextOrderWindow } from '../../../../src/core/3-models/value/next-order';
import { createRandom, type Random } from '../../../../src/core/kit/random';
import { historyOf } from './buyers';

/** Customers with a pause of their own (log-normal around 25 days), each pause around it; none leaves. */
function rhythmic(seed: number, n: number, lastDay: number, beyond = 0): number[][] {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => {
    const usual = Math.log(25) + 0.5 * random.normal();
    const days = [random.below(60)];
    while (days.at(-1)! <= lastDay + beyond)
      days.push(days.at(-1)! + Math.max(1, Math.round(Math.exp(usual + 0.4 * random.normal()))));
    return days;
  });
}

test('windows made on the last day hold 78 to 82 of 100 of the orders that then come', () => {
  const lastDay = 420;
  const days = rhythmic(1, 3000, lastDay, 400);
  const past = days.map((own) => own.filter((day) => day <= lastDay));
  const { from, to, coverage, grade } = nextOrderWindow(historyOf(past, lastDay));
  expect(coverage.inside).toBeGreaterThan(0.77);
  expect(coverage.inside).toBeLessThan(0.83);
  expect(grade).toBe('solid');
  const next = days.map((own) => own.find((day) => day > lastDay)!);
  const came = [...next.keys()].filter((c) => from[c]! >= 0 && next[c]! <= lastDay + coverage.days);
  const held = came.filter((c) => next[c]! >= from[c]! && next[c]! <= to[c]!).length / came.length;
  expect(held).toBeGreaterThan(0.77);
  expect(held).toBeLessThan(0.83);
  expect(from.every((day, c) => day === -1 || (day > lastDay && to[c]! >= day))).toBe(true);
});

const exponential = (mean: number) => (random: Random) => () => -mean * Math.log(1 - random.next());

test.each<[string, (random: Random) => () => number]>([
  ['come at any time', exponential(40)],
  ['come at a pace of their own', (random) => exponential(15 + 60 * random.next())(random)],
  ['lie between 28 and 32 days', (random) => () => 28 + random.below(5)],
])(
  'of all next orders, whenever they come, windows hold what they are meant to where orders %s',
  (_, law) => {
    const random = createRandom(5);
    const lastDay = 730;
    const days = Array.from({ length: 2000 }, () => {
      const pause = law(random);
      const own = [random.below(400)];
      while (own.at(-1)! <= lastDay) own.push(own.at(-1)! + Math.max(1, Math.round(pause())));
      return own;
    });
    const past = days.map((own) => own.slice(0, -1));
    const { from, to, grade } = nextOrderWindow(historyOf(past, lastDay));
    const told = [...days.keys()].filter((c) => from[c] !== -1);
    const held = told.filter((c) => days[c]!.at(-1)! >= from[c]! && days[c]!.at(-1)! <= to[c]!).length;
    expect(told.length).toBeGreaterThan(1980);
    expect(held / told.length).toBeGreaterThan(0.77);
    expect(held / told.length).toBeLessThan(0.83);
    expect(grade).toBe('solid');
  },
);

test('orders on the very day get windows of that day, which nothing could narrow', () => {
  const monthly = Array.from({ length: 300 }, (_, c) =>
    Array.from({ length: 20 }, (_, k) => (c % 60) + 30 * k),
  );
  const past = monthly.map((own) => own.filter((day) => day <= 500));
  const { from, to, grade, words } = nextOrderWindow(historyOf(past, 500));
  const exact = past.filter((own, c) => from[c] === own.at(-1)! + 30 && to[c] === from[c]).length;
  expect(exact).toBeGreaterThan(280);
  expect(grade).toBe('solid');
  expect(words).toMatch(/cannot be narrower/);
});

test('a customer with a short pause is expected sooner than one with a long pause', () => {
  const others = rhythmic(2, 200, 300).map((own) => own.filter((day) => day <= 300));
  const often = Array.from({ length: 20 }, (_, k) => 100 + 10 * k);
  const seldom = [60, 140, 219, 298];
  const { from, to } = nextOrderWindow(historyOf([often, seldom, ...others], 300));
  expect(to[0]).toBeLessThan(from[1]!);
  expect(to[1]! - from[1]!).toBeGreaterThan(to[0]! - from[0]!);
});

test('who is far overdue gets no window, and too little to learn from is said', () => {
  const others = rhythmic(3, 200, 900).map((own) => own.filter((day) => day <= 900));
  const gone = Array.from({ length: 20 }, (_, k) => 5 * k);
  expect(nextOrderWindow(historyOf([gone, ...others], 900)).from[0]).toBe(-1);
  const few = nextOrderWindow(historyOf([[1, 5], [2]], 30));
  expect(few.grade).toBe('cannot tell');
  expect([...few.from, ...few.to]).toEqual([-1, -1, -1, -1]);
});
