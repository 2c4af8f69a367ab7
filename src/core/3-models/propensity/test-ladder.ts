import type { Target, TestOrigin } from '../../2-features/feature-table';
import type { Report } from '../estimator';
import { part } from '../estimator';
import type { Scores } from '../results';
import { preferLatest } from './choose-fit';
import { sampleStacked, stackTables, type Stacked } from './design-matrix';
import { fitRung, likelihoodAt, rankRowsBy, rowsOf, rowsOfTable, splitLesson } from './fitted-rung';
import { placeRows, rocAuc, scoreModel } from './metrics';
import { rungNames, type RungName } from './rungs';

/** How one rung did at one origin; `influence` of each test row on the AUC. */
export type RungTest = {
  ranking: Float64Array;
  likelihood: Float64Array;
  scores: Scores;
  influence: Float64Array;
  /** AUC on customers it learnt from. */
  trainAuc: number;
};

/** One origin with every rung that could be learnt there. */
export type OriginTest = {
  asOf: number | null;
  nTrain: number;
  y: Uint8Array;
  customers: Int32Array;
  rungs: Map<RungName, RungTest>;
};

/** More rows than this teach little more that holds at a later date, and take their time. */
const mostTrainRows = 50_000;
const mostJudgedTwice = 20_000;

/** The tables under one another, a seeded part of the rows where there are very many. */
export const stackForLearning = (
  tables: TestOrigin['train'],
  other: TestOrigin['test']['table'],
  target: Target,
  seed: number,
): Stacked => sampleStacked(stackTables(tables, other, target), mostTrainRows, seed);

/** Learns every rung on what was known at the origin and judges it on what came later. */
export function testOrigin(
  { train, test }: TestOrigin,
  target: Target,
  seed: number,
  report: Report,
): OriginTest {
  const lesson = splitLesson(stackForLearning(train, test.table, target, seed), seed);
  const y = test.label;
  const seen = sampleStacked(preferLatest(lesson.kept), mostJudgedTwice, seed);
  const rungs = new Map<RungName, RungTest>();
  rungNames.forEach((name, step) => {
    const fitted = fitRung(
      name,
      lesson,
      seed,
      part(report, step / rungNames.length, (step + 1) / rungNames.length),
    );
    if (!fitted) return;
    const ranking = rankRowsBy(fitted, rowsOfTable(test.table));
    const likelihood = likelihoodAt(fitted, ranking);
    const trainAuc = rocAuc(seen.y, rankRowsBy(fitted, rowsOf(seen)));
    const scores = scoreModel(y, ranking, likelihood);
    rungs.set(name, { ranking, likelihood, scores, influence: placeRows(y, ranking).influence, trainAuc });
  });
  const nTrain = train.reduce((sum, { label }) => sum + label.length, 0);
  return { asOf: test.table.asOf, nTrain, y, customers: test.table.customers, rungs };
}

/** Standard error of a mean over origins of what rows add to it; rows of one customer go together. */
function clusteredError(tests: OriginTest[], influenceOf: (test: OriginTest, row: number) => number): number {
  const sums = new Map<number, number>();
  for (const test of tests)
    test.customers.forEach((customer, row) =>
      sums.set(customer, (sums.get(customer) ?? 0) + influenceOf(test, row) / tests.length),
    );
  let variance = 0;
  for (const sum of sums.values()) variance += sum * sum;
  return Math.sqrt(variance);
}

const meanOver = (tests: OriginTest[], read: (test: OriginTest) => number): number =>
  tests.reduce((sum, test) => sum + read(test), 0) / tests.length;

/** Mean AUC of a rung over the origins, and its standard error. */
export const meanAuc = (tests: OriginTest[], rung: RungName) => ({
  auc: meanOver(tests, ({ rungs }) => rungs.get(rung)!.scores.auc),
  error: clusteredError(tests, ({ rungs }, row) => rungs.get(rung)!.influence[row]!),
});

/** Mean AUC of `a` minus that of `b` over the origins, and the standard error of the difference on the same rows. */
export function compareRungs(tests: OriginTest[], a: RungName, b: RungName): { gap: number; error: number } {
  if (a === b) return { gap: 0, error: 0 };
  const of = ({ rungs }: OriginTest) => [rungs.get(a)!, rungs.get(b)!] as const;
  return {
    gap: meanOver(tests, (test) => of(test)[0].scores.auc - of(test)[1].scores.auc),
    error: clusteredError(tests, (test, row) => of(test)[0].influence[row]! - of(test)[1].influence[row]!),
  };
}

/** The rungs that could be learnt at every origin, the simplest first. */
export const testedRungs = (tests: OriginTest[]): RungName[] =>
  rungNames.filter((name) => tests.every(({ rungs }) => rungs.has(name)));
