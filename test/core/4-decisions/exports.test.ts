import { describe, expect, test } from 'vitest';
import { buildExports, exportParts } from '../../../src/core/4-decisions/exports';
import { finish } from '../../../src/core/kit/steps';
import { check, prediction, scored, segmentation } from './example-results';
import { ladderStep, sureness } from '../../fixtures/ladder-step';

const exported = (name: string, from = finish(buildExports(check, scored))) =>
  JSON.parse(from.find((file) => file.name === name)!.text);

describe('buildExports', () => {
  test('has the files of the contract, and of one part when asked', () => {
    const names = (files: { name: string }[]) => files.map(({ name }) => name);
    expect(names(finish(buildExports(check, scored)))).toEqual([
      'data-check.json',
      'segments.json',
      'predictions.json',
      'customers.csv',
    ]);
    expect(names(finish(buildExports(check, scored, ['check'])))).toEqual(['data-check.json']);
    expect(names(finish(buildExports(check, scored, ['predictions'])))).toEqual([
      'predictions.json',
      'customers.csv',
    ]);
    expect(names(finish(buildExports(check, { ...scored, segmentation: null, prediction: null })))).toEqual([
      'data-check.json',
    ]);
    expect(exportParts).toEqual(['check', 'segments', 'predictions', 'clv']);
  });

  test('data-check.json has the keys of the contract', () => {
    expect(exported('data-check.json')).toEqual({
      files: [
        {
          name: 'orders.csv',
          kind: 'lines',
          source: null,
          format: 'csv',
          encoding: 'utf-8',
          delimiter: ',',
          rowsRead: 5,
          rowsUsed: 4,
          rowsReported: 1,
          columns: [{ name: 'who', role: 'customer', type: 'text', missing: 1, why: 'kept as text' }],
        },
      ],
      issues: [
        {
          kind: 'no-customer',
          rows: 1,
          sentence: 'orders.csv: 1 row has no customer',
          example: { file: 'orders.csv', row: 3, column: 'who', value: '' },
        },
      ],
      totals: check.totals,
    });
  });

  test('segments that somebody made by rules are not called natural or stable', () => {
    const made = { ...scored, segmentation: { ...scored.segmentation!, algorithm: 'rules' } };
    const json = exported('segments.json', finish(buildExports(check, made)));
    expect(json).toMatchObject({ algorithm: 'rules', naturalGroups: null });
    expect(json.segments.map(({ stability }: { stability: unknown }) => stability)).not.toContain(1);
    expect(json.segments[0]).toMatchObject({ stability: null });
  });

  test('segments.json has the keys of the contract, the day, and null for what is not a number', () => {
    const json = exported(
      'segments.json',
      finish(buildExports(check, { ...scored, names: ['Our regulars'] })),
    );
    expect(Object.keys(json)).toEqual([
      'asOf',
      'features',
      'transform',
      'algorithm',
      'nClusters',
      'inertia',
      'silhouette',
      'naturalGroups',
      'reason',
      'candidates',
      'segments',
    ]);
    expect(json.asOf).toBe('2011-12-10');
    expect(json.candidates).toEqual([{ nClusters: 2, inertia: 1.5, silhouette: null, stability: 0.9 }]);
    expect(json.features[0]).toMatchObject({ name: 'recency', unit: 'days', source: 'order lines' });
    expect(json.segments[0]).toEqual({
      id: 0,
      name: 'Our regulars',
      size: 2,
      share: 2 / 3,
      revenue: 100,
      revenueShare: 0.5,
      sentence: 'Regulars, in a sentence',
      fidelity: 0.9,
      stability: 0.8,
      precision: 0.9,
      isSimple: true,
      rule: { kind: 'and', rules: [] },
    });
  });

  test('segments.json has no day where nothing carries a date', () => {
    const undated = { ...scored, segmentation: { ...segmentation, asOf: null } };
    expect(exported('segments.json', finish(buildExports(check, undated))).asOf).toBeNull();
  });

  test('predictions.json has the keys of the contract, and null for what is not a number', () => {
    const model = { auc: 0.8, averagePrecision: 0.7, brier: 0.1, logLoss: 0.3, liftTop10: 3 };
    const { model: _, ...told } = sureness;
    expect(exported('predictions.json')).toEqual({
      target: 'churn',
      horizonDays: 90,
      split: 'temporal',
      origins: [
        {
          asOf: '2011-12-10',
          nTrain: 10,
          nTest: 9,
          positives: 4,
          model,
          recency: { ...model, auc: null },
          ladder: [{ model: 'logistic', ...model }],
        },
      ],
      ladder: [ladderStep('logistic', model)],
      chosen: 'logistic',
      verdict: 'better than days since last order',
      grade: 'solid',
      ...told,
      calibration: [],
    });
  });

  test('predictions.json names a label as the terminal does', () => {
    const target = { kind: 'column', column: 'Churn', value: 'Yes' } as const;
    const labelled = { ...scored, prediction: { ...prediction, target } };
    expect(exported('predictions.json', finish(buildExports(check, labelled))).target).toBe(
      'column:Churn=Yes',
    );
  });
});
