import instantiate from '../wasm/distances.ts?wasm';
import { plainKernel } from './plain-kernel';

/**
 * Arrays and the hot loops over them. `rows` is n times d numbers, `points` k times d. As WebAssembly and in plain
 * numbers every sum is added up in the same order, so that both give the same bits.
 */
export type Kernel = {
  doubles(n: number): Float64Array;
  integers(n: number): Int32Array;
  /** The rows in an array of this kernel, perhaps themselves. */
  hold(rows: Float64Array): Float64Array;
  /**
   * Puts each row to its nearest point and tells how many moved. Rows whose gap between the nearest and the second
   * nearest is larger than all points may have closed since (Hamerly 2010) are passed over: those with `safeUntil`
   * above `drift`.
   */
  reassign(rows: Float64Array, points: Float64Array, members: Members, drift: number): number;
  /** Sum over rows of the squared distance to the point of their label. */
  measure(rows: Float64Array, points: Float64Array, labels: Int32Array): number;
  /** The nearest of the points for each row, into `labels`; the first of equals. */
  label(rows: Float64Array, points: Float64Array, labels: Int32Array): void;
  /**
   * What each row's distance to its nearest chosen row would be if a point were chosen too: squares, n a point, into
   * `found`, and their sums.
   */
  spread(rows: Float64Array, points: Float64Array, nearest: Float64Array, found: Float64Array): Float64Array;
  /**
   * Sums of the distances from each of eight points to the rows of each label: `labels` is several labellings one after
   * another (-1 = none), the sums come by labelling, label and point.
   */
  sumDistances(
    rows: Float64Array,
    points: Float64Array,
    labels: Int32Array,
    mostLabels: number,
  ): Float64Array;
};

/** Sums and counts follow the labels, so that a step touches only the rows that may change theirs. */
export type Members = {
  labels: Int32Array;
  sums: Float64Array;
  counts: Float64Array;
  safeUntil: Float64Array;
};

/** How many numbers will be asked for, and of how many points at once. */
export type Size = { doubles: number; integers: number; nPoints: number; nColumns: number };

type Wasm = {
  memory: { buffer: ArrayBuffer };
  room(nBytes: number): number;
  reassign(...values: number[]): number;
  measure(...values: number[]): number;
  label(...values: number[]): void;
  spread(...values: number[]): void;
  sumDistances(...values: number[]): void;
};

/** Memory beyond this is not kept for the next one. */
const mostKept = 32_000_000;
const slack = 1_024;

const start = () => instantiate({}) as Wasm | null;
let kept: Wasm | null | undefined;

/** A kernel with room for so much; it ends with the next one. Plain where the browser refuses WebAssembly. */
export function openKernel(size: Size): Kernel {
  const nLanes = size.nPoints + (size.nPoints & 1);
  const nBytes = 8 * size.doubles + 4 * size.integers + 8 * nLanes * (size.nColumns + 1) + slack;
  kept ??= start();
  const wasm = kept && nBytes > mostKept ? start() : kept;
  return wasm ? wasmKernel(wasm, size, wasm.room(nBytes) >>> 0) : plainKernel(size.nColumns);
}

function wasmKernel(wasm: Wasm, { nPoints, nColumns: d }: Size, from: number): Kernel {
  const { buffer } = wasm.memory;
  let top = from;
  const take = (nBytes: number) => {
    const at = top;
    top += (nBytes + 15) & ~15;
    return at;
  };
  const doubles = (n: number) => new Float64Array(buffer, take(8 * n), n);
  const lanes = doubles((nPoints + (nPoints & 1)) * d);
  const gaps = doubles(nPoints + 1);
  /** Turns the points on their side and tells how many numbers a column then has. */
  const turn = (points: Float64Array) => {
    const k = points.length / d;
    const nLanes = k + (k & 1);
    for (let c = 0; c < nLanes; c++)
      for (let j = 0; j < d; j++) lanes[j * nLanes + c] = c < k ? points[c * d + j]! : 0;
    return [lanes.byteOffset, nLanes, k, gaps.byteOffset] as const;
  };
  const shape = (rows: Float64Array) => [rows.byteOffset, rows.length / d, d] as const;
  return {
    doubles,
    integers: (n) => new Int32Array(buffer, take(4 * n), n),
    hold(rows) {
      const held = doubles(rows.length);
      held.set(rows);
      return held;
    },
    reassign: (rows, points, { labels, safeUntil, sums, counts }, drift) =>
      wasm.reassign(
        ...shape(rows),
        ...turn(points),
        labels.byteOffset,
        safeUntil.byteOffset,
        drift,
        sums.byteOffset,
        counts.byteOffset,
      ),
    measure(rows, points, labels) {
      lanes.set(points);
      return wasm.measure(...shape(rows), lanes.byteOffset, labels.byteOffset);
    },
    label: (rows, points, labels) => wasm.label(...shape(rows), ...turn(points), labels.byteOffset),
    spread(rows, points, nearest, found) {
      const sums = doubles(points.length / d);
      top = sums.byteOffset;
      wasm.spread(...shape(rows), ...turn(points), nearest.byteOffset, found.byteOffset, sums.byteOffset);
      return sums.slice();
    },
    sumDistances(rows, points, labels, mostLabels) {
      const nLabellings = labels.length / (rows.length / d);
      const [at, , , own] = turn(points);
      const sums = doubles(nLabellings * mostLabels * 8);
      top = sums.byteOffset;
      wasm.sumDistances(...shape(rows), at, own, labels.byteOffset, nLabellings, mostLabels, sums.byteOffset);
      return sums;
    },
  };
}
