import { dispose, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Matrix } from '../kit/matrix';

/** Rows in one tensor operation: large enough to be worth it, small enough to report and to fit in cache. */
const chunkRows = 16_384;

/** Rows start..start+nRows of a matrix as a tensor with a last column of ones. */
export type RowChunk = { start: number; nRows: number; tensor: Tensor2D };

/** X in chunks of rows with a column of ones appended; lives until `freeChunks`. */
export function toChunks(X: Matrix): RowChunk[] {
  const chunks: RowChunk[] = [];
  const width = X.nColumns + 1;
  for (let start = 0; start < X.nRows; start += chunkRows) {
    const nRows = Math.min(chunkRows, X.nRows - start);
    const values = new Float32Array(nRows * width).fill(1);
    for (let i = 0; i < nRows; i++)
      for (let j = 0; j < X.nColumns; j++) values[i * width + j] = X.data[(start + i) * X.nColumns + j]!;
    chunks.push({ start, nRows, tensor: tensor2d(values, [nRows, width]) });
  }
  return chunks;
}

export const freeChunks = (chunks: RowChunk[]): void => dispose(chunks.map((chunk) => chunk.tensor));
