import { describe, expect, test } from 'vitest';
import type { Segment, SegmentationQuality } from '../../../src/core/3-models/results/segmentation';
import type { SegmentsPredict } from '../../../src/core/3-models/results/segments-predict';
import type { Contrast, Separation } from '../../../src/core/3-models/results/separation';
import { candidateChart } from '../../../src/core/5-dashboards/candidate-chart';
import { comparePair, sayPair } from '../../../src/core/5-dashboards/compare-segments';
import { foretellCharts } from '../../../src/core/5-dashboards/foretell-chart';
import {
  gradeStability,
  nearestOther,
  needsReason,
  sayNearOther,
  sayRule,
  splitSeparations,
} from '../../../src/core/5-dashboards/one-segment';
import { nameSegments, type Named } from '../../../src/core/5-dashboards/segment-charts';
import { fillNames, markNames } from '../../../src/core/5-dashboards/segment-marks';
import { sayAgreement, silhouetteChart } from '../../../src/core/5-dashboards/segment-quality';
import { snakePlot } from '../../../src/core/5-dashboards/snake-plot';

const features = ['recency', 'orders'].map((name) => ({
  name,
  label: name,
  unit: 'days' as const,
  formula: '',
  source: '',
  high: '',
  low: '',
}));

const segment = (id: number, size: number, z: number): Segment => ({
  id,
  name: `Group ${id}`,
  slot: id + 1,
  size,
  share: size / 300,
  revenue: null,
  revenueShare: null,
  sentence: 'a rule',
  rule: { kind: 'and', rules: [] },
  fidelity: 0.9,
  precision: 0.9,
  isSimple: true,
  stability: 0.8,
  typical: 0,
  traits: [
    { feature: 'recency', label: 'recency', z, mean: 50 + 10 * z, median: 50 },
    { feature: 'orders', label: 'orders', z: z / 4, mean: 5 + z, median: 5 },
  ],
});
const named = (segments: Segment[]): Named[] =>
  segments.map((one) => ({ ...one, revenue: one.revenue ?? 0, revenueShare: one.revenueShare ?? 0 }));
const [a, b] = named([segment(0, 200, 1), segment(1, 100, -2)]) as [Named, Named];

const quality: SegmentationQuality = {
  calinskiHarabasz: 1,
  daviesBouldin: 1,
  gap: null,
  predictionStrength: null,
  silhouetteBySegment: [
    { mean: 0.5, closerElsewhere: 0.02, values: [-0.1, 0.4, 0.8] },
    { mean: 0.2, closerElsewhere: 0.12, values: [-0.2, 0.3] },
  ],
  agreementSeeds: 0.95,
  agreementMethods: [
    { method: 'ward', adjustedRand: 0.4 },
    { method: 'gaussianMixture', adjustedRand: 0.7 },
  ],
};

const separation = (
  of: number,
  feature: string,
  effect: number,
  strength: Separation['strength'],
): Separation => ({
  segment: of,
  feature,
  label: feature,
  measure: 'cliffsDelta',
  effect,
  p: 0.01,
  q: 0.01,
  strength,
  own: 10 + 10 * effect,
  others: 10,
  sentence: `${feature}: own against others`,
});

describe('one segment', () => {
  test('a rule tells of how many members it is right and how many it picks are members', () => {
    expect(sayRule({ fidelity: 0.94, precision: 0.88 })).toBe(
      'Right for 94 of 100 members; 9 of 10 it picks are members.',
    );
    expect(sayRule({ fidelity: 0.998, precision: 0.97 })).toBe(
      'Right for over 99 of 100 members; nearly all it picks are members.',
    );
    expect(sayRule({ fidelity: 1, precision: 1 })).toMatch(/^Exact/);
    expect(sayRule({ fidelity: NaN, precision: NaN })).toBe('');
  });

  test('stability is graded at 0.6, 0.75 and 0.85; what dissolves is not published without a reason', () => {
    const graded = [0.5, 0.6, 0.75, 0.85].map(gradeStability);
    expect(graded.map(({ word }) => word)).toEqual(['shaky', 'fair', 'solid', 'very stable']);
    expect(graded.map(({ mayPublish }) => mayPublish)).toEqual([false, true, true, true]);
    expect(graded[0]!.sentence).toContain('50 of 100');
  });

  test('the list of a found segment that dissolves waits for a reason that speaks of this very segment', () => {
    const shaky = { ...a, stability: 0.5, sentence: 'Bought once' };
    const found = { quality, segments: [shaky, b] };
    expect(needsReason(found, shaky.id, [])).toBe(true);
    expect(needsReason(found, b.id, [])).toBe(false);
    expect(needsReason(found, shaky.id, [{ sentence: 'Bought twice', reason: 'a test' }])).toBe(true);
    expect(needsReason(found, shaky.id, [{ sentence: 'Bought once', reason: ' ' }])).toBe(true);
    expect(needsReason(found, shaky.id, [{ sentence: 'Bought once', reason: 'a test' }])).toBe(false);
    expect(needsReason({ segments: [shaky] }, shaky.id, [])).toBe(false);
  });

  test('members at least half as likely to be in another segment are counted for that one', () => {
    const labels = Int32Array.from([0, 0, 0, 1, -1]);
    const memberships = {
      probability: Float32Array.from([0.6, 0.9, 0.5, 0.5, 0]),
      second: Int32Array.from([1, 1, 1, 0, 1]),
      secondProbability: Float32Array.from([0.4, 0.1, 0.25, 0.5, 1]),
    };
    const near = nearestOther({ labels, memberships }, a, [a, b]);
    expect(near).toEqual({ name: 'Group 1', count: 2, size: 200 });
    expect(sayNearOther(near)).toBe('1 of 100 members lie nearly as close to Group 1.');
    expect(sayNearOther({ name: 'B', count: 3, size: 20 })).toBe('3 of 20 members lie nearly as close to B.');
    expect(nearestOther({ labels }, a, [a, b])).toBeNull();
  });

  test('what could be chance or hardly counts is told apart', () => {
    const all = [
      separation(0, 'recency', 0.6, 'strongly'),
      separation(0, 'orders', 0.1, 'hardly'),
      separation(0, 'spend', 0.05, 'could be chance'),
    ];
    const { apart, rest } = splitSeparations(all);
    expect(apart.map(({ feature }) => feature)).toEqual(['recency']);
    expect(rest).toHaveLength(2);
  });
});

test('marks in sentences become the names of today', () => {
  const [first, second] = markNames(2);
  expect(fillNames(`${second} and ${first}, ⟦7⟧`, [a, { id: 1, name: 'Best' }])).toBe(
    'Best and Group 0, ⟦7⟧',
  );
});

describe('two segments', () => {
  const contrast = (own: number, nearest: number): Contrast => ({
    segment: own,
    nearest,
    traits: [],
    sentence: `${own} beside ${nearest}`,
  });

  test('traits come with both means, most different first', () => {
    const { traits, text } = comparePair(a, b, features);
    expect(traits.map(({ label }) => label)).toEqual(['recency', 'orders']);
    expect(text.sentence).toBe(
      'Their averages lie furthest apart in recency: 60 d in Group 0, 30 d in Group 1.',
    );
    expect(text.table.rows).toHaveLength(2);
    expect(text.readings).toHaveLength(traits.length);
  });

  test('neighbours are told by their contrast, others by what sets them apart from everybody', () => {
    const separations = [
      [separation(0, 'recency', 0.6, 'strongly')],
      [separation(1, 'recency', -0.6, 'clearly')],
    ];
    const both = { separations, contrasts: [contrast(1, 0), contrast(0, 1)] };
    expect(sayPair(a, b, both, features)).toBe('0 beside 1');
    expect(sayPair(b, a, both, features)).toBe('1 beside 0');
    expect(sayPair(a, b, { separations, contrasts: [] }, features)).toBe(
      'Group 0 and Group 1 are told apart best by recency: 16 d against 4 d',
    );
    const chance = separations.map((each) =>
      each.map((one) => ({ ...one, strength: 'could be chance' as const })),
    );
    expect(sayPair(a, b, { separations: chance, contrasts: [] }, features)).toBe('');
    expect(sayPair(a, b, null, features)).toBe('');
  });
});

describe('how well segments hold', () => {
  test('the segment with most members closer to another one is named; bars fall', () => {
    const chart = silhouetteChart([a, b], quality)!;
    expect(chart.text.sentence).toBe(
      '12.0% of Group 1 sit closer to another segment, more than of any other.',
    );
    expect(chart.bands[0]!.values).toEqual([0.8, 0.4, -0.1]);
    expect(chart.mean).toBeCloseTo((200 * 0.5 + 100 * 0.2) / 300, 12);
    expect(silhouetteChart([a, b], undefined)).toBeNull();
  });

  test('agreement is told in words, other ways from the likest on, and not where it was not measured', () => {
    const [starts, ways] = sayAgreement(quality);
    expect(starts).toContain('nearly the same segments: agreement 0.95');
    expect(ways).toContain('overlapping groups much the same segments (0.70) and nested groups partly');
    expect(sayAgreement({ ...quality, agreementSeeds: null, agreementMethods: [] })).toEqual([]);
  });

  test('the gap has its own panel only where it was measured', () => {
    const candidate = { inertia: 9, silhouette: 0.4, stability: 0.8, smallestShare: 0.2 };
    const bare = [2, 3].map((nClusters) => ({ nClusters, ...candidate }));
    expect(candidateChart(bare, 2).panels).toHaveLength(3);
    const { panels, text } = candidateChart([bare[0]!, { ...bare[1]!, gap: 0.7, gapSpread: 0.1 }], 2);
    expect(panels.at(-1)).toMatchObject({ values: [null, 0.7], spread: [null, 0.1] });
    for (const row of text.table.rows) expect(row).toHaveLength(text.table.columns.length);
  });

  test('lines across traits carry the distances of the profile', () => {
    const { traits, snakes, text } = snakePlot([a, b], features);
    expect(traits).toEqual(['recency', 'orders']);
    expect(snakes.map(({ values }) => values)).toEqual([
      [1, 0.25],
      [-2, -0.5],
    ]);
    expect(text.readings[1]).toBe('Group 1 is furthest out on recency');
  });
});

describe('what segments foretell', () => {
  const measured = { cramersV: 0.3, low: 0.2, high: 0.4, raw: 0.3, randomCramersV: 0.01 };
  const ranged = (value: number) => ({ value, low: value - 0.05, high: value + 0.05 });
  const found: SegmentsPredict = {
    asOf: Date.UTC(2025, 5, 1),
    horizonDays: 90,
    nCustomers: 300,
    spend: null,
    comeBack: measured,
    bySegment: [
      { id: 0, name: '⟦1⟧', n: 100, cameBack: ranged(0.2), spendPerCustomer: null },
      { id: 1, name: '⟦0⟧', n: 200, cameBack: ranged(0.5), spendPerCustomer: null },
      { id: 2, name: 'Gone since 1', n: 0, cameBack: null, spendPerCustomer: null },
    ],
    predictsSpend: false,
    predictsReturn: true,
    verdict: 'Yes: they do',
    blocked: null,
  };

  test('groups of then carry the name and colour of today, highest first, around the mean of all', () => {
    const { state, cameBack, spend } = foretellCharts(found, [a, b]);
    expect(state).toBe('yes');
    expect(spend).toBeNull();
    expect(cameBack!.rows.map(({ name, slot }) => [name, slot])).toEqual([
      ['Group 0', 1],
      ['Group 1', 2],
    ]);
    expect(cameBack!.overall).toBeCloseTo(0.4, 12);
    expect(cameBack!.text.sentence).toMatch(
      /^Of Group 0 50.0% came back in the 90 days after .*, of Group 1 20.0%\.$/,
    );
  });

  test('chance and “cannot tell” are states of their own', () => {
    expect(foretellCharts({ ...found, predictsReturn: false }, [a, b]).state).toBe('chance');
    const blocked = { ...found, blocked: 'cannot tell: x', verdict: 'cannot tell: x' };
    expect(foretellCharts(blocked, [a, b])).toMatchObject({
      verdict: 'Cannot tell: x.',
      state: 'cannot tell',
      cameBack: null,
    });
  });
});

test('names given by a person reach every chart', () => {
  const segmentation = { segments: [segment(0, 1, 0)] } as Parameters<typeof nameSegments>[0];
  expect(nameSegments(segmentation, ['Mine'])[0]!.name).toBe('Mine');
});
