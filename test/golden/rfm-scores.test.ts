// Golden numbers: ../shared/reference/online_retail_rfm_clusters.json (pandas 1.5.3).
import { expect, test } from 'vitest';
import { countCells, scoreRfm } from '../../src/core/3-models/rfm';
import { readSharedJson, readSharedTable } from '../fixtures/reference';
import { tableOf } from '../fixtures/rfm-table';

test('scoreRfm gives the reference its cut points, counts and largest cells', () => {
  const { quintile_scores: known } = readSharedJson<{
    quintile_scores: {
      cut_points: Record<string, number[]>;
      score_counts: Record<'R' | 'F' | 'M', Record<string, number>>;
      top_cells: Record<string, number>;
    };
  }>('reference/online_retail_rfm_clusters.json');
  const rows = readSharedTable('reference/online_retail_rfm.csv');
  const read = (name: string) => Float64Array.from(rows, (row) => Number(row[name]));
  const scores = scoreRfm(tableOf(read('recency_days'), read('frequency_invoices'), read('monetary')));
  const columns = {
    recency: 'recency_days',
    frequency: 'frequency_invoices',
    monetary: 'monetary',
  } as const;
  for (const measure of ['recency', 'frequency', 'monetary'] as const)
    known.cut_points[columns[measure]]!.forEach((cut, i) =>
      expect(scores.cuts[measure][i]).toBeCloseTo(cut, 9),
    );
  const count = (values: Uint8Array, score: number) => values.filter((value) => value === score).length;
  for (let score = 1; score <= 5; score++) {
    expect(count(scores.r, score)).toBe(known.score_counts.R[score]);
    expect(count(scores.f, score)).toBe(known.score_counts.F[score]);
    expect(count(scores.m, score)).toBe(known.score_counts.M[score]);
  }
  const cells = new Map(countCells(scores).map(({ r, f, m, size }) => [`${r}${f}${m}`, size]));
  for (const [cell, size] of Object.entries(known.top_cells)) expect(cells.get(cell), cell).toBe(size);
});
