import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Segment, Segmentation } from '../../../src/core/3-models/results/segmentation';
import { candidateChart } from '../../../src/core/5-dashboards/candidate-chart';
import { customerMap } from '../../../src/core/5-dashboards/customer-map';
import {
  nameSegments,
  profile,
  segmentsAnswer,
  sizeAndValue,
  traitDots,
} from '../../../src/core/5-dashboards/segment-charts';
import type { FeatureDefinition } from '../../../src/core/2-features/feature-table';

const definition = (name: string, label: string): FeatureDefinition => ({
  name,
  label,
  unit: 'days',
  formula: '',
  source: '',
  high: '',
  low: '',
});
const features = [
  definition('recency', 'days since last order'),
  definition('tenure', 'days since first order'),
];

const segment = (id: number, size: number, of: number, revenue: number | null, z: number): Segment => ({
  id,
  name: `Group ${id}`,
  slot: id + 1,
  size,
  share: size / of,
  revenue,
  revenueShare: revenue === null ? null : revenue / 1000,
  sentence: 'a rule',
  rule: { kind: 'and', rules: [] },
  fidelity: 0.9,
  precision: 0.9,
  isSimple: true,
  stability: 0.8,
  typical: 0,
  traits: [
    { feature: 'recency', label: 'days since last order', z, mean: 50 + 10 * z, median: 50 },
    { feature: 'tenure', label: 'days since first order', z: z / 10, mean: 100, median: 100 },
  ],
});

const three = [segment(0, 60, 100, 100, -0.5), segment(1, 10, 100, 600, 2), segment(2, 30, 100, 300, 0.3)];

const segmentation = (segments: Segment[], labels: number[], map: number[]): Segmentation => ({
  asOf: 0,
  features,
  transform: [],
  algorithm: 'kmeans',
  nClusters: segments.length,
  seed: 1,
  inertia: 1,
  silhouette: 0.4,
  naturalGroups: true,
  reason: '',
  candidates: [],
  segments,
  customers: Int32Array.from(labels.keys()),
  labels: Int32Array.from(labels),
  map: Float32Array.from(map),
  explained: [0.5, 0.2],
  backend: 'cpu',
});
const named = (segments: Segment[], names: string[] = []) =>
  nameSegments(segmentation(segments, [], []), names);

describe('nameSegments', () => {
  test('puts the most revenue first and uses the names the person gave', () => {
    expect(named(three, ['', 'Stars']).map(({ name }) => name)).toEqual(['Stars', 'Group 2', 'Group 0']);
  });

  test('puts the largest first where the data holds no spend', () => {
    const without = three.map((one) => ({ ...one, revenue: null, revenueShare: null }));
    expect(named(without).map(({ id }) => id)).toEqual([0, 2, 1]);
  });
});

describe('segmentsAnswer', () => {
  test('names the segment with most revenue, its size and its denominator', () => {
    expect(segmentsAnswer(named(three), true)).toBe(
      '3 groups found in your customers: Group 1 is 10.0% of 100 customers and brings 60.0% of revenue.',
    );
  });

  test('says so when there are no natural groups', () => {
    expect(segmentsAnswer(named(three), false)).toContain('No natural groups here');
  });
});

describe('sizeAndValue', () => {
  test('draws areas that are the revenues: width x height x customers', () => {
    const { bars } = sizeAndValue(named(three));
    for (const bar of bars)
      expect((bar.x1 - bar.x0) * bar.value * 100).toBeCloseTo(three[bar.id]!.revenue!, 9);
  });

  test('fills the width exactly, whatever the sizes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 10 }), (sizes) => {
        const of = sizes.reduce((a, b) => a + b, 0);
        const { bars, text } = sizeAndValue(
          named(sizes.map((size, id) => segment(id, size, of, size * id, 0))),
        );
        expect(bars[0]!.x0).toBe(0);
        expect(bars.at(-1)!.x1).toBeCloseTo(1, 9);
        expect(text.table.rows).toHaveLength(bars.length);
        expect(text.readings).toHaveLength(bars.length);
      }),
    );
  });

  test('says that there is no spend instead of drawing zero revenue', () => {
    const { hasRevenue, text } = sizeAndValue(named([segment(0, 5, 5, null, 0)]));
    expect(hasRevenue).toBe(false);
    expect(text.sentence).toBe('Group 0: 100.0% of customers (5 of 5).');
  });
});

describe('profile', () => {
  test('puts the trait that separates most first, whatever the order of features', () => {
    expect(profile(named(three), [...features].reverse()).rows.map(({ feature }) => feature)).toEqual([
      'recency',
      'tenure',
    ]);
  });

  test('takes the overall mean from the segments, weighted by size', () => {
    // (60 * 45 + 10 * 70 + 30 * 53) / 100 = 49.9
    expect(profile(named(three), features).rows[0]!.overall).toBe('50 d');
  });

  test('tells of the strongest difference', () => {
    expect(profile(named(three), features).sentence).toBe(
      'Group 1 stands out most, on days since last order: 70 d on average against 50 d overall.',
    );
  });
});

describe('traitDots', () => {
  test('keeps the sign and the order of strength', () => {
    const all = named(three);
    const { dots } = traitDots(all[0]!, all, features);
    expect(dots.map(({ z }) => z)).toEqual([2, 0.2]);
  });
});

describe('customerMap', () => {
  test('places centres at the mean of their members and counts those nearer to another', () => {
    const segments = [segment(0, 3, 4, 1, 0), segment(1, 1, 4, 1, 0)];
    const { centres, text } = customerMap(
      segmentation(segments, [0, 0, 0, 1], [0, 0, 0, 0, 9, 0, 10, 0]),
      named(segments),
    );
    expect(centres.find(({ id }) => id === 0)!.x).toBeCloseTo(3, 5);
    expect(text.sentence).toContain('70.0% of all differences');
    expect(text.sentence).toContain('Group 0 overlaps most (33.3% of its 3');
  });

  test('says so when no segment overlaps another', () => {
    const segments = [segment(0, 2, 4, 1, 0), segment(1, 2, 4, 1, 0)];
    const apart = segmentation(segments, [0, 0, 1, 1], [0, 0, 1, 0, 9, 0, 10, 0]);
    expect(customerMap(apart, named(segments)).text.sentence).toContain('no segment overlaps another');
  });
});

describe('candidateChart', () => {
  const candidate = (nClusters: number, silhouette: number) => ({
    nClusters,
    silhouette,
    inertia: 10,
    stability: 0.9,
    smallestShare: 0.1,
  });

  test('orders by number, marks the one in use and names the clearest other', () => {
    const { candidates, text } = candidateChart([candidate(4, 0.3), candidate(2, 0.5), candidate(3, 0.4)], 4);
    expect(candidates.map(({ nClusters }) => nClusters)).toEqual([2, 3, 4]);
    expect(text.table.rows[2]![0]).toBe('4 (in use)');
    expect(text.sentence).toContain('The most clear-cut of the others is 2');
  });

  test('says when the number in use was never compared', () => {
    expect(candidateChart([candidate(2, 0.5)], 12).text.sentence).toContain('was not compared');
  });

  test('calls no number clear-cut where none stands out from chance', () => {
    const { sentence } = candidateChart([candidate(3, 0.6), candidate(4, 0.7)], 3, false).text;
    expect(sentence).toContain('no number of groups is more clear-cut than chance makes them');
    expect(sentence).not.toContain('The most clear-cut of the others');
  });
});
