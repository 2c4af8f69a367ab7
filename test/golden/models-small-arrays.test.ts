// Golden numbers: ../shared/reference/small_arrays.json and online_retail_rfm_clusters.json (scikit-learn, scipy, pandas).
import { describe, expect, test } from 'vitest';
import { poolViolators } from '../../src/core/3-models/propensity/calibrate';
import { adjustedRand, silhouette } from '../../src/core/3-models/clusters/indices';
import { averagePrecision, brierScore, logLoss, rocAuc } from '../../src/core/3-models/propensity/metrics';
import { findComponents } from '../../src/core/3-models/clusters/principal';
import { countCells, scoreRfm } from '../../src/core/3-models/rfm';
import { readSharedJson, readSharedTable } from '../fixtures/reference';
import { tableOf } from '../fixtures/rfm-table';

type Known = {
  scores: {
    y: number[];
    score: number[];
    auc: number;
    average_precision: number;
    brier: number;
    log_loss: number;
    isotonic_fit: number[];
  };
  cluster_agreement: { a: number[]; b: number[]; ari: number };
  cluster_quality: { points: number[][]; labels: number[]; silhouette: number };
  pca: { points: number[][]; explained_variance_ratio: number[]; first_component_abs: number[] };
};

const toMatrix = (points: number[][]) => ({
  data: Float64Array.from(points.flat()),
  nRows: points.length,
  nColumns: points[0]!.length,
});

describe('small arrays', () => {
  const known = () => readSharedJson<Known>('reference/small_arrays.json');

  test('rocAuc, averagePrecision, brierScore and logLoss equal scikit-learn', () => {
    const { scores } = known();
    const y = Uint8Array.from(scores.y);
    const likelihood = Float64Array.from(scores.score);
    expect(rocAuc(y, likelihood)).toBeCloseTo(scores.auc, 9);
    expect(averagePrecision(y, likelihood)).toBeCloseTo(scores.average_precision, 9);
    expect(brierScore(y, likelihood)).toBeCloseTo(scores.brier, 9);
    expect(logLoss(y, likelihood)).toBeCloseTo(scores.log_loss, 9);
  });

  test('poolViolators equals isotonic regression', () => {
    const { scores } = known();
    const blocks = poolViolators(scores.score, Uint8Array.from(scores.y));
    const rising = blocks.flatMap(({ n, events }) => new Array<number>(n).fill(events / n));
    const theirs = scores.isotonic_fit.map((share, i) => ({ share, score: scores.score[i]! }));
    theirs.sort((a, b) => a.score - b.score);
    rising.forEach((share, i) => expect(share).toBeCloseTo(theirs[i]!.share, 9));
    expect(rising).toHaveLength(theirs.length);
  });

  test('adjustedRand and silhouette equal scikit-learn', () => {
    const { cluster_agreement, cluster_quality } = known();
    const { a, b, ari } = cluster_agreement;
    expect(adjustedRand(Int32Array.from(a), Int32Array.from(b))).toBeCloseTo(ari, 9);
    const labels = Int32Array.from(cluster_quality.labels);
    expect(silhouette(toMatrix(cluster_quality.points), labels, 0)).toBeCloseTo(
      cluster_quality.silhouette,
      9,
    );
  });

  test('findComponents equals the principal components', () => {
    const { pca } = known();
    const { axes, variances } = findComponents(toMatrix(pca.points));
    const whole = variances.reduce((sum, value) => sum + value, 0);
    variances.forEach((value, j) => expect(value / whole).toBeCloseTo(pca.explained_variance_ratio[j]!, 9));
    pca.first_component_abs.forEach((value, j) => expect(Math.abs(axes[j]!)).toBeCloseTo(value, 9));
  });
});

describe('Online Retail', () => {
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
});
