import type { Report } from '../estimator';
import { cutIntoFour, type CellSums } from './shape-learners';

/** A column's bytes in fewer, wider bins: byte 0 stays, the others fall into `edges.length` + 1 bins. */
export type CoarseColumn = { column: number; edges: number[]; coarseOf: Uint8Array };

export type Pair = { first: CoarseColumn; second: CoarseColumn };

/** Bins of about equal numbers of rows, each made of whole bins of the column. */
export function coarsen(column: number, edges: number[], bytes: Uint8Array, nBins: number): CoarseColumn {
  const counts = new Float64Array(edges.length + 2);
  for (const byte of bytes) counts[byte]! += 1;
  const known = bytes.length - counts[0]!;
  const coarseOf = new Uint8Array(counts.length);
  const kept: number[] = [];
  for (let byte = 1, before = 0, own = 0; byte < counts.length; byte++) {
    coarseOf[byte] = kept.length + 1;
    own += counts[byte]!;
    const left = nBins - 1 - kept.length;
    if (left > 0 && byte <= edges.length && own * (left + 1) >= known - before) {
      kept.push(edges[byte - 1]!);
      before += own;
      own = 0;
    }
  }
  return { column, edges: kept, coarseOf };
}

/** Rows to look for pairs in: what is left of slope and curvature after all single columns. */
export type Residuals = { rows: Int32Array; gradient: Float64Array; curvature: Float64Array };

/** Lines of a pair's grid on either side. */
export const gridOf = ({ first, second }: Pair): [number, number] => [
  first.edges.length + 2,
  second.edges.length + 2,
];

/** The cell of each row in a pair's grid. */
export function pairCells({ first, second }: Pair, bytes: Uint8Array[]): Uint16Array {
  const [a, b] = [bytes[first.column]!, bytes[second.column]!];
  const width = second.edges.length + 2;
  return Uint16Array.from(a, (byte, i) => first.coarseOf[byte]! * width + second.coarseOf[b[i]!]!);
}

/** A pair must lower the loss by this much for four steps of its own; below it is chance among many pairs. */
const smallestGain = 8;
/** Pairs after the first few must be worth the time: lower the loss by so much, and by so much a row. */
const fewPairs = 10;
const [surelyGain, gainPerRow] = [20, 0.003];

/**
 * The pairs of columns that explain most of what single columns leave, best first (Lou et al. 2013: FAST, the best cut
 * of the plane into four).
 */
export function findPairs(
  columns: CoarseColumn[],
  bytes: Uint8Array[],
  { rows, gradient, curvature }: Residuals,
  most: number,
  report: Report = () => {},
): Pair[] {
  const found: (Pair & { gain: number })[] = [];
  columns.forEach((first, at) => {
    report(at / columns.length);
    const lines = Uint8Array.from(rows, (i) => first.coarseOf[bytes[first.column]![i]!]!);
    for (const second of columns.slice(at + 1)) {
      const [height, width] = gridOf({ first, second });
      const sums: CellSums = {
        gradient: new Float64Array(height * width),
        curvature: new Float64Array(height * width),
      };
      const own = bytes[second.column]!;
      for (let i = 0; i < rows.length; i++) {
        const cell = lines[i]! * width + second.coarseOf[own[rows[i]!]!]!;
        sums.gradient[cell]! += gradient[i]!;
        sums.curvature[cell]! += curvature[i]!;
      }
      const { gain } = cutIntoFour(sums, 0, height, width);
      if (gain > smallestGain) found.push({ first, second, gain });
    }
  });
  const least = Math.max(surelyGain, gainPerRow * rows.length);
  return found
    .sort((a, b) => b.gain - a.gain)
    .filter(({ gain }, i) => i < Math.min(most, gain > least ? most : fewPairs));
}
