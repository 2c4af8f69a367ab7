/**
 * Pairs rows with columns so that the sum of what the pairs are worth is largest, each at most once; pairs worth 0 or
 * less are not made. Gives each row's column, -1 = none. Kuhn's (1955) method by shortest augmenting paths.
 */
export function assignPairs(worth: readonly (readonly number[])[]): number[] {
  const nRows = worth.length;
  const nColumns = worth.reduce((most, row) => Math.max(most, row.length), 0);
  const size = Math.max(nRows, nColumns);
  const costOf = (row: number, column: number) => -Math.max(0, worth[row]?.[column] ?? 0);
  const rowOf = matchSquare(size, costOf);
  const found = new Array<number>(nRows).fill(-1);
  rowOf.forEach((row, column) => {
    if (row < nRows && (worth[row]?.[column] ?? 0) > 0) found[row] = column;
  });
  return found;
}

/** The cheapest perfect matching of `size` rows and columns: each column's row. Positions count from 1, 0 is a stand-in. */
function matchSquare(size: number, costOf: (row: number, column: number) => number): number[] {
  const rowPrice = new Float64Array(size + 1);
  const columnPrice = new Float64Array(size + 1);
  const rowOf = new Int32Array(size + 1);
  for (let row = 1; row <= size; row++) {
    const least = new Float64Array(size + 1).fill(Infinity);
    const cameFrom = new Int32Array(size + 1);
    const isDone = new Uint8Array(size + 1);
    rowOf[0] = row;
    let at = 0;
    do {
      isDone[at] = 1;
      const from = rowOf[at]!;
      let next = 0;
      let step = Infinity;
      for (let column = 1; column <= size; column++) {
        if (isDone[column]) continue;
        const cost = costOf(from - 1, column - 1) - rowPrice[from]! - columnPrice[column]!;
        if (cost < least[column]!) {
          least[column] = cost;
          cameFrom[column] = at;
        }
        if (least[column]! < step) {
          step = least[column]!;
          next = column;
        }
      }
      for (let column = 0; column <= size; column++)
        if (isDone[column]) {
          rowPrice[rowOf[column]!]! += step;
          columnPrice[column]! -= step;
        } else least[column]! -= step;
      at = next;
    } while (rowOf[at] !== 0);
    for (; at !== 0; at = cameFrom[at]!) rowOf[at] = rowOf[cameFrom[at]!]!;
  }
  return Array.from(rowOf.subarray(1), (row) => row - 1);
}
