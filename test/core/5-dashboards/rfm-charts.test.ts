import { describe, expect, test } from 'vitest';
import type { RfmResult } from '../../../src/core/3-models/results/rfm-result';
import { lifecycleSentence, rfmGrid } from '../../../src/core/5-dashboards/rfm-charts';

const group = (name: string, size: number, revenueShare: number) => ({
  name,
  size,
  share: size / 4,
  revenue: revenueShare * 100,
  revenueShare,
  medianRecency: 1,
  medianFrequency: 1,
  medianMonetary: 1,
});

const rfm: RfmResult = {
  customers: Int32Array.of(0, 1, 2, 3),
  recency: Float64Array.of(1, 2, 300, 3),
  frequency: Float64Array.of(9, 9, 1, 1),
  monetary: Float64Array.of(60, 20, 10, 10),
  r: Uint8Array.of(5, 5, 1, 5),
  f: Uint8Array.of(5, 5, 1, 1),
  m: Uint8Array.of(5, 4, 1, 1),
  lifecycle: Uint8Array.of(0, 0, 1, 0),
  cuts: { recency: [1, 2, 3, 4], frequency: [1, 2, 3, 4], monetary: [1, 2, 3, 4] },
  groups: [group('Champions', 3, 0.9), group('At risk', 1, 0.1)],
};

describe('rfmGrid', () => {
  test('holds every customer and all spend once, in 25 cells', () => {
    const { cells, text } = rfmGrid(rfm);
    expect(cells).toHaveLength(25);
    expect(cells.reduce((sum, { size }) => sum + size, 0)).toBe(4);
    expect(cells.reduce((sum, { revenue }) => sum + revenue, 0)).toBe(100);
    expect(text.table.rows).toHaveLength(25);
  });

  test('says what recent and frequent customers are worth', () => {
    expect(rfmGrid(rfm).text.sentence).toBe(
      'Recent and frequent (recency 5, frequency 5): 2 customers, 50.0% of 4, 80.0% of revenue.',
    );
  });
});

test('lifecycleSentence warns only of a group that stays away longer than is usual', () => {
  const says = (medianRecency: number) => {
    const [champions, atRisk] = rfm.groups;
    const groups = [champions!, { ...atRisk!, medianRecency }];
    return lifecycleSentence({ ...rfm, recency: Float64Array.of(3, 40, 9, 200), groups });
  };
  const first = 'Champions: 75.0% of 4 customers, 90.0% of revenue.';
  expect(says(200)).toBe(
    `${first} At risk (1 customer) is slipping away with 10.0% of revenue: 200 days since the last order, where 40 are usual.`,
  );
  expect(says(30)).toBe(first);
});

test('lifecycleSentence names a group once that is both the richest and slipping away', () => {
  const atRisk = { ...rfm.groups[1]!, revenue: 1_000, medianRecency: 200 };
  const recency = Float64Array.of(3, 40, 9, 200);
  expect(lifecycleSentence({ ...rfm, recency, groups: [rfm.groups[0]!, atRisk] })).toMatch(
    /^At risk: .+ of revenue\. They are slipping away: 200 days since the last order, where 40 are usual\.$/,
  );
});
