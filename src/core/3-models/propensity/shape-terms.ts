import type { Matrix } from '../../kit/matrix';
import { part, type Report } from '../estimator';
import { binRows, findEdges, mostBins, sortColumns, type BinnedColumns } from './bin-columns';
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
  report: Report,
): BinnedColumns {
  const widest = Math.min(nBins, mostBins);
  const sorted = sortColumns(X, rows, columns, seed, part(report, 0, 0.5));
  const all = sorted.map((values) => findEdges(values, widest));
  const nCells = all.reduce((sum, own) => sum + own.length + 2, 0);
  const width = Math.max(fewestBins, Math.min(widest, Math.floor(mostCells / columns.length) - 1));
  const edges = nCells <= mostCells ? all : sorted.map((values) => findEdges(values, width));
  return binRows(X, rows, columns, edges, part(report, 0.5, 1));
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
