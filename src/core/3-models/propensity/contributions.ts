import type { Matrix } from '../../kit/matrix';

/** Why each row of X has its log-odds: `baseline` plus its value in each of `parts`, one list a column of X. */
export type Contributions = { baseline: number; parts: Float64Array[] };

/** Parts of nothing yet. */
export const noParts = ({ nRows, nColumns }: Matrix): Float64Array[] =>
  Array.from({ length: nColumns }, () => new Float64Array(nRows));

/** Log-odds that a row's parts add up to. */
export const sumContributions = ({ baseline, parts }: Contributions, row: number): number =>
  parts.reduce((sum, values) => sum + values[row]!, baseline);
