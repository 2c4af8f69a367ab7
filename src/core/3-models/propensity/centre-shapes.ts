/** Shares of the training rows by cell. */
type Shares = Float64Array;

/** Takes the mean away from the values, and gives it. */
export function centreValues(values: Float64Array, shares: Shares): number {
  const mean = values.reduce((sum, value, cell) => sum + value * shares[cell]!, 0);
  for (let cell = 0; cell < values.length; cell++) values[cell]! -= mean;
  return mean;
}

const mostSweeps = 50;
const smallEnough = 1e-10;

/**
 * Moves what either column does alone out of a grid of row-major values (weighted functional ANOVA: each line's mean
 * over the training rows becomes 0); gives what was taken from each line of either side.
 */
export function takeOutMains(values: Float64Array, shares: Shares, nRows: number, nColumns: number) {
  const rows = new Float64Array(nRows);
  const columns = new Float64Array(nColumns);
  const sweep = (taken: Float64Array, nAcross: number, cellAt: (line: number, across: number) => number) => {
    let largest = 0;
    for (let line = 0; line < taken.length; line++) {
      let sum = 0;
      let share = 0;
      for (let across = 0; across < nAcross; across++) {
        const cell = cellAt(line, across);
        sum += values[cell]! * shares[cell]!;
        share += shares[cell]!;
      }
      if (share === 0) continue;
      for (let across = 0; across < nAcross; across++) values[cellAt(line, across)]! -= sum / share;
      taken[line]! += sum / share;
      largest = Math.max(largest, Math.abs(sum / share));
    }
    return largest;
  };
  for (let s = 0, largest = Infinity; s < mostSweeps && largest > smallEnough; s++)
    largest = Math.max(
      sweep(rows, nColumns, (a, b) => a * nColumns + b),
      sweep(columns, nRows, (b, a) => a * nColumns + b),
    );
  return { rows, columns };
}
