import type { FeatureTable } from '../../2-features/feature-table';
import type { Report } from '../estimator';
import { applyCalibration, fitCalibration } from './calibrate';
import { columnByName, columnOf, putCustomersAside, type Stacked } from './design-matrix';
import { sigmoidOf } from './logistic';
import type { Reasons, Rows } from './rung';
import { rungOf, type FittedRung, type RungName } from './rungs';

/** Share of the training customers that only the calibration sees. */
const calibrationShare = 0.25;

/** Customers to learn from, and others that only the calibration sees; both at every date that is learnt from. */
export type Lesson = { kept: Stacked; aside: Stacked };

export const splitLesson = (training: Stacked, seed: number): Lesson =>
  putCustomersAside(training, calibrationShare, seed);

export const rowsOf = (stacked: Stacked): Rows => ({
  nRows: stacked.y.length,
  column: columnByName(stacked),
});

export const rowsOfTable = (table: FeatureTable): Rows => ({
  nRows: table.customers.length,
  column: (name) => columnOf(table.features, name)!,
});

/** Learns on the customers kept and sets the likelihoods right on those aside; null where the rung cannot be learnt. */
export function fitRung(
  name: RungName,
  { kept, aside }: Lesson,
  seed: number,
  report?: Report,
): FittedRung | null {
  const rung = rungOf(name);
  const model = rung.fit(kept, { seed, report });
  if (model === null) return null;
  report?.(1);
  const calibration = rung.isCalibrated
    ? fitCalibration(rung.logOdds(model, rowsOf(aside)), aside.y, seed)
    : null;
  return { rung: name, model, calibration } as FittedRung;
}

/** Rows scored at a time, so that matrices stay small and progress is told. */
const rowsAtOnce = 10_000;

/** Log-odds before calibration: what the contributions add up to, and what ranks the rows. */
export function rankRowsBy({ rung, model }: FittedRung, rows: Rows, report?: Report): Float64Array {
  const { nRows } = rows;
  const logOdds = new Float64Array(nRows);
  const columns = new Map<string, Float64Array>();
  for (let start = 0; start < nRows; start += rowsAtOnce) {
    const end = Math.min(nRows, start + rowsAtOnce);
    const column = (name: string) => {
      const values = columns.get(name) ?? rows.column(name);
      columns.set(name, values);
      return values.subarray(start, end);
    };
    logOdds.set(rungOf(rung).logOdds(model, { nRows: end - start, column }), start);
    report?.(end / nRows);
  }
  return logOdds;
}

/** Likelihoods from log-odds of the same rung. */
export const likelihoodAt = ({ calibration }: FittedRung, logOdds: Float64Array): Float64Array =>
  calibration ? applyCalibration(calibration, logOdds) : logOdds.map(sigmoidOf);

/** Calibrated likelihood of each row: the very figures of a prediction, and those of what-if. */
export const scoreRows = (fitted: FittedRung, rows: Rows, report?: Report): Float64Array =>
  likelihoodAt(fitted, rankRowsBy(fitted, rows, report));

/** Calibrated likelihood of everybody in a table that has the model's features. */
export const scoreAll = (fitted: FittedRung, table: FeatureTable, report?: Report): Float64Array =>
  scoreRows(fitted, rowsOfTable(table), report);

/** Why rows score as they do: parts that add up to `logOdds`, and the likelihood that follows from it. */
export function explainRows(
  fitted: FittedRung,
  rows: Rows,
): Reasons & { logOdds: Float64Array; likelihood: Float64Array } {
  const reasons = rungOf(fitted.rung).contributions(fitted.model, rows);
  const logOdds = rankRowsBy(fitted, rows);
  return { ...reasons, logOdds, likelihood: likelihoodAt(fitted, logOdds) };
}
