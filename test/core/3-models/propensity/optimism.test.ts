import { beforeAll, expect, test } from 'vitest';
import { fitOn } from '../../../../src/core/3-models/propensity/choose-fit';
import { stackTables } from '../../../../src/core/3-models/propensity/design-matrix';
import { rowsOf } from '../../../../src/core/3-models/propensity/fitted-rung';
import { logisticRung } from '../../../../src/core/3-models/propensity/line-rung';
import { placeRows, rocAuc } from '../../../../src/core/3-models/propensity/metrics';
import { bootstrapOptimism, gradeOptimism } from '../../../../src/core/3-models/propensity/optimism';
import { lawTable } from '../../../fixtures/leaving-law';
import { startTensors } from '../../../fixtures/tensors';

beforeAll(startTensors);

const stack = (nRows: number, seed: number, nNoise: number) => {
  const { table, label } = lawTable({ nRows, seed, more: 0, nNoise });
  return stackTables([{ table, label }], table, { kind: 'column', column: 'x', value: 'y' });
};

test('a model of many traits on few customers is red without a penalty, and green with one chosen by trial', () => {
  const [train, later] = [stack(150, 1, 60), stack(3000, 2, 60)];
  const grade = (logOdds: (rows: ReturnType<typeof rowsOf>) => Float64Array) => {
    const testRanks = logOdds(rowsOf(later));
    const { auc, influence } = placeRows(later.y, testRanks);
    const error = Math.sqrt(influence.reduce((sum, value) => sum + value * value, 0));
    return gradeOptimism(rocAuc(train.y, logOdds(rowsOf(train))), auc, error);
  };
  const overfitted = fitOn(train, 0, 1);
  const red = grade((rows) => logisticRung.logOdds(overfitted, rows));
  expect(red.grade).toBe('red');
  expect(red.gap).toBeGreaterThan(0.15);
  const many = stack(4000, 3, 10);
  const regular = logisticRung.fit(many, { seed: 1 })!;
  const fresh = stack(3000, 4, 10);
  const auc = (rows: typeof many) => rocAuc(rows.y, logisticRung.logOdds(regular, rowsOf(rows)));
  expect(gradeOptimism(auc(many), auc(fresh), 0.01).grade).toBe('green');
});

test('gradeOptimism takes a gap for luck only where the test is small', () => {
  expect(gradeOptimism(0.9, 0.75, 0.01).grade).toBe('red');
  expect(gradeOptimism(0.9, 0.75, 0.1).grade).toBe('amber');
  expect(gradeOptimism(0.8, 0.75, 0.01).grade).toBe('amber');
  expect(gradeOptimism(0.78, 0.77, 0.001).grade).toBe('green');
  expect(gradeOptimism(0.7, 0.75, 0.01)).toMatchObject({ grade: 'green', gap: 0.7 - 0.75 });
});

test('bootstrapOptimism finds more of it where there are more traits for a customer', () => {
  const [few, many] = [
    bootstrapOptimism('logistic', stack(150, 5, 30), 1)!,
    bootstrapOptimism('logistic', stack(1500, 6, 2), 1)!,
  ];
  expect(few).toBeGreaterThan(0.02);
  expect(many).toBeLessThan(0.02);
  expect(few).toBeGreaterThan(many);
  expect(bootstrapOptimism('boosting', stack(150, 5, 2), 1)).toBeNull();
});
