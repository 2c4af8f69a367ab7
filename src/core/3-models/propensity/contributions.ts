import type { Matrix } from '../../kit/matrix';

/** What two columns do together beyond what each does alone; already within their `contributions`, half each. */
export type PairContribution = { columns: [number, number]; value: number };

/** Why one row has its log-odds: `baseline` plus the sum of `contributions`, one a column of X. */
export type Contributions = {
  baseline: number;
  contributions: Float64Array;
  pairs: PairContribution[];
};

/** Why a row of X has its log-odds, by a model made ready for many rows. */
export type ExplainRow = (X: Matrix, row: number) => Contributions;

/** Log-odds that the parts add up to. */
export const sumContributions = ({ baseline, contributions }: Contributions): number =>
  contributions.reduce((sum, value) => sum + value, baseline);
