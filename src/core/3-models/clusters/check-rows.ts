import { AppError } from '../../kit/errors';
import type { Matrix } from '../../kit/matrix';

/** Squares of larger numbers, added up, are no numbers any more. */
const largest = 1e150;

/** Throws TooFewRows below `needed` rows, and NotANumber at the first cell that is empty, infinite or beyond reckoning. */
export function checkRows(X: Matrix, needed: number): void {
  if (X.nRows < needed) throw new AppError('TooFewRows', X.nRows, needed);
  const at = X.data.findIndex((value) => !(Math.abs(value) <= largest));
  if (at < 0) return;
  const column = at % X.nColumns;
  throw new AppError('NotANumber', X.data[at]!, (at - column) / X.nColumns + 1, column + 1);
}
