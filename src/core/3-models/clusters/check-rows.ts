import { AppError } from '../../kit/errors';
import type { Matrix } from '../../kit/matrix';

/** Throws TooFewRows below `needed` rows, and NotANumber at the first cell that is empty or infinite. */
export function checkRows(X: Matrix, needed: number): void {
  if (X.nRows < needed) throw new AppError('TooFewRows', X.nRows, needed);
  const at = X.data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const column = at % X.nColumns;
  throw new AppError('NotANumber', X.data[at]!, (at - column) / X.nColumns + 1, column + 1);
}
