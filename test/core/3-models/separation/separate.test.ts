import { describe, expect, test } from 'vitest';
import type { Feature, FeatureUnit } from '../../../../src/core/2-features/feature-table';
import { contrastPairs, nearestSegments } from '../../../../src/core/3-models/separation/contrast';
import { separate } from '../../../../src/core/3-models/separation/separate';
import { cramersV } from '../../../../src/core/kit/statistics/association';
import { mannWhitney } from '../../../../src/core/kit/statistics/ranks';
import { createRandom } from '../../../../src/core/kit/random';

const featureOf = (name: string, values: ArrayLike<number>, unit: FeatureUnit = 'orders'): Feature => ({
  definition: { name, label: name, unit, formula: '', source: '', high: `high ${name}`, low: `low ${name}` },
  values: Float64Array.from(values),
});

/** `nTrue` features of which segment 0 has more, then features that have nothing to do with the segments. */
function simulate(seed: number, { nRows = 300, nTrue = 4, nNull = 16, nSegments = 3 } = {}) {
  const random = createRandom(seed);
  const labels = Int32Array.from({ length: nRows }, () => random.below(nSegments));
  const features = Array.from({ length: nTrue + nNull }, (_, j) => {
    const shift = j < nTrue ? 1 : 0;
    const isFlag = j % 4 === 3;
    const values = Array.from(labels, (label) => {
      const own = label === 0 ? shift : 0;
      if (isFlag) return random.next() < 0.15 + 0.4 * own ? 1 : 0;
      return j % 4 === 2
        ? Math.floor(3 * Math.exp(0.5 * random.normal() + 0.5 * own))
        : random.normal() + own;
    });
    return featureOf(`f${j}`, values, isFlag ? 'flag' : 'number');
  });
  return { features, labels, nSegments, nTrue };
}

/** Mean share of false ones among the discoveries; each segment against the rest is another question. */
function falseShare(seeds: number, options: Parameters<typeof simulate>[1]) {
  let total = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const { features, labels, nSegments, nTrue } = simulate(seed, options);
    const found = separate(features, labels, nSegments)
      .flat()
      .filter(({ q }) => q <= 0.05);
    const wrong = found.filter(({ feature }) => Number(feature.slice(1)) >= nTrue);
    total += found.length ? wrong.length / found.length : 0;
  }
  return total / seeds;
}

describe('separate', () => {
  test("gives Cliff's delta and its p for numbers as pair by pair, missing values passed over", () => {
    const values = [3, 1, 2, 2, NaN, 5, 4, 2, 2, 9];
    const labels = Int32Array.from([0, 1, 0, 1, 0, 0, 1, 1, 0, -1]);
    const own = separate([featureOf('n', values)], labels, 2)[0]![0]!;
    const of = (isOwn: boolean) => values.filter((v, i) => v === v && (labels[i] === 0) === isOwn);
    const [members, others] = [of(true), of(false)];
    const signs = members.flatMap((a) => others.map((b) => Math.sign(a - b)));
    expect(own.effect).toBeCloseTo(signs.reduce((sum, sign) => sum + sign, 0) / signs.length, 12);
    expect(own.p).toBeCloseTo(mannWhitney(members, others).p, 12);
  });

  test("gives Cramér's V with a sign for flags, by Fisher's exact test where counts are few", () => {
    const labels = Int32Array.from({ length: 73 }, (_, i) => (i < 35 ? 0 : 1));
    const values = Array.from(labels, (_, i) => (i < 20 || (i >= 35 && i < 43) ? 1 : 0));
    const [first, second] = separate([featureOf('f', values, 'flag')], labels, 2).map(([only]) => only);
    expect(first!.effect).toBeCloseTo(
      cramersV([
        [20, 15],
        [8, 30],
      ]),
      12,
    );
    expect(second!.effect).toBeCloseTo(-first!.effect, 12);
    const few = separate(
      [featureOf('f', [1, 1, 1, 0, 0, 0, 0, 0], 'flag')],
      Int32Array.from([0, 0, 0, 0, 1, 1, 1, 1]),
      2,
    );
    // Hand calculation: 4 · 1 of the 56 ways to place three flags in each tail.
    expect(few[0]![0]!.p).toBeCloseTo(8 / 56, 12);
  });

  test('says in words what the middles are, strongest first', () => {
    const random = createRandom(1);
    const labels = Int32Array.from({ length: 200 }, (_, i) => i % 2);
    const quiet = featureOf(
      'days since last order',
      Array.from(labels, (l) => (l ? 61 : 142)),
      'days',
    );
    const noise = featureOf(
      'noise',
      Array.from(labels, () => random.normal()),
    );
    const [own] = separate([noise, quiet], labels, 2);
    expect(own!.map(({ sentence }) => sentence)[0]).toBe('days since last order: 142 against 61 days');
    expect(own!.map(({ strength }) => strength)).toEqual(['strongly', 'could be chance']);
  });

  test('finds what is there, and of what it finds at most 5% is chance', () => {
    const { features, labels, nSegments } = simulate(7);
    const found = separate(features, labels, nSegments)[0]!.filter(({ q }) => q <= 0.05);
    expect(found.map(({ feature }) => feature)).toEqual(expect.arrayContaining(['f0', 'f1', 'f2', 'f3']));
    const seeds = Number(process.env.SIMULATIONS ?? 120);
    expect(falseShare(seeds, {})).toBeLessThanOrEqual(0.05);
    expect(falseShare(seeds, { nTrue: 0, nRows: 150, nSegments: 4 })).toBeLessThanOrEqual(0.08);
  });

  test('has an answer for constant, missing and infinite values, one segment and empty ones', () => {
    const labels = Int32Array.from([0, 0, 0, 2, 2, 2]);
    const features = [
      featureOf('constant', [1, 1, 1, 1, 1, 1]),
      featureOf('missing', new Array(6).fill(NaN)),
      featureOf('missing flag', new Array(6).fill(NaN), 'flag'),
      featureOf('infinite', [Infinity, 1, 2, 3, -Infinity, 0]),
    ];
    for (const found of [...separate(features, labels, 3), ...separate(features, new Int32Array(6), 1)])
      for (const { effect, p, q, sentence } of found) {
        for (const value of [effect, p, q]) expect(Number.isFinite(value)).toBe(true);
        expect(sentence).not.toMatch(/NaN|undefined/);
      }
    expect(separate([], labels, 3)).toEqual([[], [], []]);
  });
});

describe('contrastPairs', () => {
  const labels = Int32Array.from({ length: 90 }, (_, i) => i % 3);
  const random = createRandom(3);
  const orders = featureOf(
    'number of orders',
    Array.from(labels, (l) => [2, 6, 12][l]! + (random.next() < 0.2 ? 1 : 0)),
  );
  const noise = featureOf(
    'noise',
    Array.from(labels, () => random.normal()),
  );

  test('names what two neighbours differ most in, with middle values', () => {
    const names = ['New', 'Loyal regulars', 'Champions'];
    const { sentence, traits } = contrastPairs([noise, orders], labels, [[1, 2]], names)[0]!;
    expect(sentence).toBe(
      'Loyal regulars and Champions are told apart best by number of orders: 6 against 12 orders',
    );
    expect(traits.map(({ feature }) => feature)).toEqual(['number of orders']);
    expect(contrastPairs([noise], labels, [[0, 1]], names)[0]!.sentence).toBe(
      'New and Loyal regulars: cannot tell them apart by any one trait',
    );
  });

  test('nearestSegments takes the nearest middle; alone there is none', () => {
    const X = { data: orders.values, nRows: 90, nColumns: 1 };
    expect(nearestSegments(X, labels, 3)).toEqual([1, 0, 1]);
    expect(nearestSegments(X, new Int32Array(90), 1)).toEqual([-1]);
    expect(
      nearestSegments(
        X,
        labels.map((l) => (l === 2 ? -1 : l)),
        3,
      ),
    ).toEqual([1, 0, -1]);
  });
});
