import type { Matrix } from '../../kit/matrix';
import { binRows, findBinEdges, mostBins, type BinnedColumns } from './bin-columns';
import type { LabelledRows } from './labelled-rows';
import type { Terms } from './shape-boosting';
import type { ShapeLearner } from './shape-learners';

/** Cells of all columns together: with more columns each has fewer bins. */
const mostCells = 1_000;
const fewestBins = 8;

/** Columns in bytes, with fewer quantile bins than wished where all cells would be too many. */
export function binForShapes(
  X: Matrix,
  { rows }: LabelledRows,
  columns: Int32Array,
  nBins: number,
  seed: number,
): BinnedColumns {
  let width = Math.min(nBins, mostBins);
  let edges = findBinEdges(X, rows, columns, width, seed);
  const countCells = () => edges.reduce((sum, own) => sum + own.length + 2, 0);
  while (countCells() > mostCells && width > fewestBins) {
    width = Math.max(fewestBins, Math.floor(width * 0.75));
    edges = findBinEdges(X, rows, columns, width, seed);
  }
  return binRows(X, rows, columns, edges);
}

/** Terms out of one list of cells and one learner each. */
export function joinTerms(
  parts: { cells: ArrayLike<number>; nCells: number; learner: ShapeLearner }[],
  nRows: number,
): Terms {
  const offsets = [0];
  for (const { nCells } of parts) offsets.push(offsets[offsets.length - 1]! + nCells);
  const cells = new Uint16Array(nRows * parts.length);
  parts.forEach((own, t) => {
    for (let i = 0; i < nRows; i++) cells[i * parts.length + t] = offsets[t]! + own.cells[i]!;
  });
  return { cells, offsets, learners: parts.map(({ learner }) => learner) };
}
