import type { Target, TestOrigin } from '../../2-features/feature-table';
import type { Report } from '../estimator';
import { part } from '../estimator';
import type { Scores } from '../results/prediction';
import { doOldDatesMislead, preferLatest } from './choose-fit';
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
const mostTrainRows = 30_000;
const mostJudgedTwice = 10_000;

/**
 * The tables under one another, or the latest alone where older dates mislead; a seeded part of the rows where there are
 * very many.
 */
export function stackForLearning(
  tables: TestOrigin['train'],
  other: TestOrigin['test']['table'],
  target: Target,
  seed: number,
  report: Report,
): Stacked {
  const stack = (some: TestOrigin['train']) =>
    sampleStacked(stackTables(some, other, target), mostTrainRows, seed);
  report(0);
  const all = stack(tables);
  report(0.1);
  if (!doOldDatesMislead(all, seed, part(report, 0.1, 1))) return all;
  const latest = Math.max(...tables.map(({ table }) => table.asOf ?? 0));
  return stack(tables.filter(({ table }) => (table.asOf ?? 0) === latest));
}

/** Learns every rung on what was known at the origin and judges it on what came later. */
export function testOrigin(
  { train, test }: TestOrigin,
  target: Target,
  seed: number,
  report: Report,
): OriginTest {
  const training = stackForLearning(train, test.table, target, seed, part(report, 0, 0.02));
  const lesson = splitLesson(training, seed);
  report(0.02);
  const y = test.label;
  const seen = sampleStacked(preferLatest(lesson.kept), mostJudgedTwice, seed);
  const rungs = new Map<RungName, RungTest>();
  rungNames.forEach((name, step) => {
    const [from, to] = [step, step + 1].map((at) => 0.02 + (0.98 * at) / rungNames.length) as [
      number,
      number,
    ];
    const own = part(report, from, to);
    const fitted = fitRung(name, lesson, seed, part(own, 0, 0.8));
    if (!fitted) return;
    own(0.8);
    const ranking = rankRowsBy(fitted, rowsOfTable(test.table), part(own, 0.8, 0.9));
    const likelihood = likelihoodAt(fitted, ranking);
    const trainAuc = rocAuc(seen.y, rankRowsBy(fitted, rowsOf(seen)));
    own(0.95);
    const { auc, influence } = placeRows(y, ranking);
    own(0.97);
    rungs.set(name, {
      ranking,
      likelihood,
      scores: scoreModel(y, ranking, likelihood, auc),
      influence,
      trainAuc,
    });
    own(1);
  });
  const nTrain = train.reduce((sum, { label }) => sum + label.length, 0);
  return { asOf: test.table.asOf, nTrain, y, customers: test.table.customers, rungs };
}

/** Standard error of a mean over origins of what rows add to it; rows of one customer go together. */
function clusteredError(tests: OriginTest[], influenceOf: (test: OriginTest) => Float64Array): number {
  const last = tests.reduce((most, { customers }) => customers.reduce((a, b) => Math.max(a, b), most), 0);
  const sums = new Float64Array(last + 1);
  for (const test of tests) {
    const influence = influenceOf(test);
    for (let row = 0; row < influence.length; row++)
      sums[test.customers[row]!]! += influence[row]! / tests.length;
  }
  let variance = 0;
  for (const sum of sums) variance += sum * sum;
  return Math.sqrt(variance);
}

const meanOver = (tests: OriginTest[], read: (test: OriginTest) => number): number =>
  tests.reduce((sum, test) => sum + read(test), 0) / tests.length;

/** Mean AUC of a rung over the origins, and its standard error. */
export const meanAuc = (tests: OriginTest[], rung: RungName) => ({
  auc: meanOver(tests, ({ rungs }) => rungs.get(rung)!.scores.auc),
  error: clusteredError(tests, ({ rungs }) => rungs.get(rung)!.influence),
});

/** Mean AUC of `a` minus that of `b` over the origins, and the standard error of the difference on the same rows. */
export function compareRungs(tests: OriginTest[], a: RungName, b: RungName): { gap: number; error: number } {
  if (a === b) return { gap: 0, error: 0 };
  const of = ({ rungs }: OriginTest) => [rungs.get(a)!, rungs.get(b)!] as const;
  return {
    gap: meanOver(tests, (test) => of(test)[0].scores.auc - of(test)[1].scores.auc),
    error: clusteredError(tests, (test) => {
      const [own, other] = of(test);
      return own.influence.map((value, row) => value - other.influence[row]!);
    }),
  };
}

/** The rungs that could be learnt at every origin, the simplest first. */
export const testedRungs = (tests: OriginTest[]): RungName[] =>
  rungNames.filter((name) => tests.every(({ rungs }) => rungs.has(name)));
