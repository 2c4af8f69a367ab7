import { type ColumnTransform, transformValue } from '../2-features/transforms/fit-column';
import type { Matrix } from '../kit/matrix';

/** The columns (one for each transform, equally long) as standardised rows. */
export function transformColumns(transforms: ColumnTransform[], columns: Float64Array[]): Matrix {
  const nRows = columns[0]?.length ?? 0;
  const nColumns = transforms.length;
  const data = new Float64Array(nRows * nColumns);
  transforms.forEach((transform, j) => {
    const values = columns[j]!;
    for (let i = 0; i < nRows; i++) data[i * nColumns + j] = transformValue(transform, values[i]!);
  });
  return { data, nRows, nColumns };
}
