import { describe, expect, test } from 'vitest';
import type { OrderLines } from '../../../src/core/1-collect/collected';
import { netPromoterScore } from '../../../src/core/1-collect/net-promoter';
import { checkTexts } from './read-text';
import { responseBias } from '../../../src/core/1-collect/response-bias';
import { readSurveys } from '../../../src/core/1-collect/surveys';
import { findThemes } from '../../../src/core/1-collect/themes';
import { customersBy, readTable, textsOf } from './read-tables';

const roles = { email: 'customer', date: 'time', nps: 'score', comment: 'comment' } as const;
const one = async (
  text: string,
  own: Record<string, never> | object = roles,
  known?: string[],
  name?: string,
) => {
  const table = await readTable(text, own as typeof roles, name);
  const { found, used, issues } = readSurveys([table], customersBy([table], known).customerOf)!;
  return { survey: found[0]!, used: used.get(0), issues };
};

describe('netPromoterScore', () => {
  test('is the share of 9 and 10 less the share of 0 to 6, in points', () => {
    // 4 promote, 3 are passive, 3 detract: 40% - 30% = 10.
    const nps = netPromoterScore([10, 10, 9, 9, 8, 7, 7, 6, 3, 0, NaN]);
    expect(nps).toMatchObject({ nAnswers: 10, promoters: 4, passives: 3, detractors: 3 });
    expect(nps.score).toBeCloseTo(10, 12);
    // sqrt((0.7 - 0.01) / 10) = 0.26268
    expect(nps.standardError).toBeCloseTo(26.268, 3);
  });
  test('is 100 when all promote, -100 when all detract and the opposite of the mirrored answers', () => {
    expect(netPromoterScore([9, 10]).score).toBe(100);
    expect(netPromoterScore([0, 6, 5]).score).toBe(-100);
    expect(netPromoterScore([]).score).toBeNaN();
  });
});

describe('readSurveys', () => {
  test('keeps the latest answer of a person within 60 days and both of two rounds', async () => {
    const { survey, used, issues } = await one(
      'email,date,nps,comment\na@x.io,2024-01-01,3,\na@x.io,2024-02-01,9,\na@x.io,2024-06-01,10,\nb@x.io,2024-01-05,0,\n,2024-01-05,7,\n,2024-01-05,7,\nc@x.io,2024-01-06,,\n',
    );
    expect(Array.from(survey.score)).toEqual([9, 10, 0, 7, 7]);
    expect(Array.from(survey.customer)).toEqual([0, 0, 1, -1, -1]);
    expect(survey).toMatchObject({ kind: 'nps', nRows: 5, name: 'a.csv', scale: { min: 0, max: 10 } });
    expect(used).toBe(5);
    expect(issues.map(({ kind, rows }) => [kind, rows])).toEqual([
      ['answers left empty', 1],
      ['earlier answers', 1],
      ['survey read', 5],
      ['answers without a customer', 2],
    ]);
    // 2 of 5 promote, 1 detracts.
    expect(issues[2]!.sentence).toBe('a.csv: 5 answers; NPS 20.0: 2 promoters, 2 passives, 1 detractor.');
  });

  test('without dates a later row is a later answer', async () => {
    const { survey } = await one('email,nps\na,3\nb,9\na,10\n', { email: 'customer', nps: 'score' });
    expect(Array.from(survey.score)).toEqual([9, 10]);
  });

  test('answers of people who are no customers count once each and for no customer', async () => {
    const { survey } = await one('email,date,nps\nz,2024-01-01,3\nz,2024-01-02,9\na,2024-01-02,8\n', roles, [
      'a',
    ]);
    expect(Array.from(survey.customer)).toEqual([-1, 0]);
    expect(Array.from(survey.score)).toEqual([9, 8]);
  });

  const scales: [string, string, number[], object][] = [
    ['Rating', 'a.csv', [1, 2, 3, 4, 5, 5], { kind: 'rating', scale: { min: 1, max: 5 } }],
    ['Score', 'a.csv', [1, 2, 7, 6], { kind: 'rating', scale: { min: 1, max: 7 } }],
    ['score', 'a.csv', [0, 5, 9, 10], { kind: 'nps', scale: { min: 0, max: 10 } }],
    ['satisfaction', 'a.csv', [1, 5, 9, 10], { kind: 'rating', scale: { min: 1, max: 10 } }],
    ['How likely are you to recommend us?', 'a.csv', [2, 3, 4], { kind: 'nps' }],
    ['Wie wahrscheinlich ist eine Weiterempfehlung?', 'a.csv', [8, 8, 9], { kind: 'nps' }],
    ['answer', 'nps-2024.csv', [3, 8, 9], { kind: 'nps' }],
    ['stars', 'nps-2024.csv', [3, 4, 5], { kind: 'rating' }],
    ['percent', 'a.csv', [30, 95], { kind: 'rating', scale: { min: 1, max: 100 } }],
  ];
  test.each(scales)('%s of %s with %j is %j', async (header, file, scores, wanted) => {
    const text = `who,"${header}"\n${scores.map((score, i) => `c${i},${score}`).join('\n')}\n`;
    const { survey } = await one(text, { who: 'customer', [header]: 'score' }, undefined, file);
    expect(survey).toMatchObject(wanted);
  });

  test('a code for "no answer" outside the scale is left empty and told', async () => {
    const scores = [...Array.from({ length: 99 }, (_, i) => i % 11), 99];
    const text = `who,nps\n${scores.map((score, i) => `c${i},${score}`).join('\n')}\n`;
    const { survey, used, issues } = await one(text, { who: 'customer', nps: 'score' });
    expect(survey.nRows).toBe(99);
    expect(used).toBe(99);
    expect(issues.find(({ kind }) => kind === 'scores outside the scale')).toMatchObject({ rows: 1, severity: 'warning' }); // prettier-ignore
  });

  test('previews of the author are no answers', async () => {
    const text = 'email,date,nps,Status\na,2024-01-01,3,Survey Preview\nb,2024-01-01,9,IP Address\n';
    const { survey, used } = await one(text);
    expect(Array.from(survey.score)).toEqual([9]);
    expect(used).toBe(1);
  });
});

const complaints = [
  'The delivery was late again',
  'late delivery, the parcel took two weeks',
  'My parcel came late',
  'Delivery late and the parcel was damaged',
  'too expensive for what it is',
  'prices are too expensive now',
  'Expensive! The price went up twice',
  'the price is expensive',
  'Lovely support team, very friendly',
  'friendly support helped me quickly',
  'The support team is friendly',
  'Support answered friendly and fast',
];

describe('findThemes', () => {
  test('groups comments that share words and names each group by them', () => {
    const themes = findThemes(complaints, 1)!;
    const groups = [0, 4, 8].map((from) => new Set(themes.codes.slice(from, from + 4)));
    expect(groups.map(({ size }) => size)).toEqual([1, 1, 1]);
    expect(new Set(groups.flatMap((group) => [...group])).size).toBe(3);
    const nameOf = (i: number) => themes.levels[themes.codes[i]!]!;
    expect(nameOf(0)).toMatch(/late/);
    expect(nameOf(4)).toMatch(/expensive/);
    expect(nameOf(8)).toMatch(/friendly/);
  });

  test('gives the same groups whatever the order of the comments', () => {
    const groupsOf = (texts: string[]) => {
      const { codes } = findThemes(texts, 1)!;
      const groups = new Map<number, string[]>();
      texts.forEach((text, i) => groups.set(codes[i]!, [...(groups.get(codes[i]!) ?? []), text]));
      return [...groups.values()].map((group) => group.sort().join()).sort();
    };
    expect(groupsOf(complaints.toReversed())).toEqual(groupsOf(complaints));
  });

  test('leaves a comment without a shared word out, and finds none in a handful', () => {
    expect(findThemes([...complaints, 'Zyzzyva!'], 1)!.codes.at(-1)).toBe(-1);
    expect(findThemes(complaints.slice(0, 5), 1)).toBeNull();
  });

  test('stands beside each answer', async () => {
    const text = `email,date,nps,comment\n${complaints.map((c, i) => `p${i},2024-01-01,${i % 11},"${c}"`).join('\n')}\nlast,2024-01-01,5,\n`;
    const { survey, issues } = await one(text);
    expect(textsOf(survey.comment).slice(0, 2)).toEqual(complaints.slice(0, 2));
    expect(textsOf(survey.theme).at(-1)).toBe('');
    expect(new Set(textsOf(survey.theme).slice(0, 4)).size).toBe(1);
    expect(issues.find(({ kind }) => kind === 'themes found')!.rows).toBe(12);
  });
});

describe('responseBias', () => {
  const lines = (owner: number[], amount: number[]): OrderLines => ({
    nRows: owner.length,
    customer: Int32Array.from(owner),
    order: Int32Array.from(owner, (_, i) => i),
    nOrders: owner.length,
    time: new Float64Array(owner.length),
    amount: Float64Array.from(amount),
    quantity: null,
    discount: null,
    product: null,
    nProducts: 0,
    category: null,
    nCategories: 0,
    isRefund: new Uint8Array(owner.length),
  });
  const answers = async (ids: string[], known: string[]) =>
    [(await one(`email,nps\n${ids.map((id) => `${id},9`).join('\n')}\n`, { email: 'customer', nps: 'score' }, known)).survey]; // prettier-ignore

  test('compares those who answered with the rest, by hand', async () => {
    // a: 3 orders of 10, b: 1 of 10; c: 1 of 10, d: 1 of 20; e never bought and is not in the base.
    const history = lines([0, 0, 0, 1, 2, 3], [10, 10, 10, 10, 10, 20]);
    const surveys = await answers(['a', 'b', 'e'], ['a', 'b', 'c', 'd', 'e']);
    const bias = responseBias(surveys, history, 5, { labels: Int32Array.from([0, 0, 1, 0, 1]), names: ['x', 'y'] })!; // prettier-ignore
    expect(bias).toMatchObject({ nCustomers: 4, nAnswered: 2 });
    // Orders: 2 against 1; variances 2 and 0: d = 1 / sqrt(1) = 1. Spend: 20 against 15; 200 and 50: 5 / sqrt(125).
    expect(bias.measures[0]).toMatchObject({ answered: 2, rest: 1, ratio: 2, difference: 1 });
    expect(bias.measures[1]!.difference).toBeCloseTo(5 / Math.sqrt(125), 12);
    expect(bias.groups).toEqual([
      { name: 'x', nCustomers: 3, nAnswered: 2 },
      { name: 'y', nCustomers: 1, nAnswered: 0 },
    ]);
    expect(bias.sentence).toBe('2 of 4 customers (50.0%) answered. Those who answered bought 2.0× as often as the rest and spent 1.3× as much: what they say is not what all would say.'); // prettier-ignore
  });

  test('swapping who answered turns the sign; with everybody answering there is nothing to compare', async () => {
    const history = lines([0, 0, 1, 2, 2, 2], [5, 5, 5, 7, 7, 7]);
    const known = ['a', 'b', 'c'];
    const forth = responseBias(await answers(['a'], known), history, 3)!;
    const back = responseBias(await answers(['b', 'c'], known), history, 3)!;
    // 2 orders against 1 and 3; spend 10 against 5 and 21: 3 less, spread sqrt(128 / 2) = 8.
    expect(forth.measures.map(({ difference }) => difference)).toEqual([0, -3 / 8]);
    expect(forth.measures[1]!.difference).toBe(-back.measures[1]!.difference);
    expect(responseBias(await answers(known, known), history, 3)).toBeNull();
  });
});

test('who answered is told by the trait whose groups answered most differently', async () => {
  const ids = Array.from({ length: 120 }, (_, i) => i);
  const people = ids.map((i) => `C${i},${i % 2 ? 'basic' : 'premium'},${i % 3 ? 'north' : 'south'}`);
  const orders = ids.map((i) => `${i},C${i},2024-0${1 + (i % 9)}-11,${10 + (i % 7)}.50`);
  // All with an odd number and every tenth other one answered: 60 of 60 and 12 of 60.
  const answers = ids
    .filter((i) => i % 2 || i % 10 === 0)
    .map((i) => `C${i},${i % 11},late again,2024-09-2${i % 9}`);
  const { check } = await checkTexts([
    ['people.csv', `customer_id,plan,region\n${people.join('\n')}\n`],
    ['orders.csv', `order_id,customer_id,order_date,total\n${orders.join('\n')}\n`],
    ['nps.csv', `customer_id,NPS,Grund,date\n${answers.join('\n')}\n`],
  ]);
  const told = check.issues.find(({ kind }) => kind === 'who answered')!;
  expect(told.sentence).toMatch(
    /By plan, 100\.0% of the 60 with "basic" answered and 20\.0% of the 60 with "premium"\.$/,
  );
  const survey = check.files.find(({ name }) => name === 'nps.csv')!;
  expect(survey.columns.find(({ name }) => name === 'Grund')!.role).toBe('comment');
});
