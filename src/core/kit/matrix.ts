/** Row-major numbers, nRows x nColumns. */
export type Matrix = { data: Float32Array | Float64Array; nRows: number; nColumns: number };
