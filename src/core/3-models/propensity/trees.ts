import type { Matrix } from '../../kit/matrix';
import { noParts } from './contributions';

/**
 * A regression tree as parallel lists, node 0 on top. Left goes what is at most `edges[node]`, or missing where
 * `isMissingLeft`; `columns[node]` is -1 at a leaf, `right` is always `left` + 1, and `cover` counts the training rows.
 */
export type Tree = {
  columns: number[];
  edges: number[];
  isMissingLeft: boolean[];
  left: number[];
  values: number[];
  cover: number[];
};

/** An edge of this size, of either sign, only parts the missing from the rest. */
export const farthest = Number.MAX_VALUE;
const largest = farthest / 2;

/** The row's numbers with infinite ones clamped. */
function readRow(X: Matrix, row: number, into: Float64Array): Float64Array {
  const from = row * X.nColumns;
  for (let j = 0; j < X.nColumns; j++) {
    const value = X.data[from + j]!;
    into[j] = value > largest ? largest : value < -largest ? -largest : value;
  }
  return into;
}

/** The columns of X one by one, infinite numbers clamped. */
export function readColumns(X: Matrix): Float64Array[] {
  const columns = noParts(X);
  const row = new Float64Array(X.nColumns);
  for (let i = 0; i < X.nRows; i++) {
    readRow(X, i, row);
    for (let j = 0; j < row.length; j++) columns[j]![i] = row[j]!;
  }
  return columns;
}

/** The child that a value goes to. */
export const childOf = (tree: Tree, node: number, value: number): number => {
  const goesLeft = Number.isNaN(value) ? tree.isMissingLeft[node]! : value <= tree.edges[node]!;
  return tree.left[node]! + (goesLeft ? 0 : 1);
};

type Packed = {
  roots: Int32Array;
  columns: Int16Array;
  edges: Float64Array;
  missing: Int32Array;
  left: Int32Array;
  values: Float64Array;
};

/** All trees behind one another in typed arrays, which a tight loop can walk. */
function packTrees(trees: Tree[]): Packed {
  const nNodes = trees.reduce((sum, tree) => sum + tree.columns.length, 0);
  const packed: Packed = {
    roots: new Int32Array(trees.length),
    columns: new Int16Array(nNodes),
    edges: new Float64Array(nNodes),
    missing: new Int32Array(nNodes),
    left: new Int32Array(nNodes),
    values: new Float64Array(nNodes),
  };
  let start = 0;
  trees.forEach((tree, t) => {
    packed.roots[t] = start;
    packed.columns.set(tree.columns, start);
    packed.edges.set(tree.edges, start);
    packed.values.set(tree.values, start);
    tree.left.forEach((left, node) => {
      packed.left[start + node] = start + left;
      packed.missing[start + node] = start + left + (tree.isMissingLeft[node] ? 0 : 1);
    });
    start += tree.columns.length;
  });
  return packed;
}

/** Rows that pass tree after tree together, so that a tree is fetched once for all of them. */
const blockRows = 128;

/** `base` plus the sum of what the trees say of each row. */
export function sumTrees(trees: Tree[], base: number, X: Matrix): Float64Array {
  const { nRows, nColumns } = X;
  const packed = packTrees(trees);
  const block = new Float64Array(blockRows * nColumns);
  const out = new Float64Array(nRows).fill(base);
  for (let start = 0; start < nRows; start += blockRows) {
    const size = Math.min(blockRows, nRows - start);
    for (let i = 0; i < size; i++) readRow(X, start + i, block.subarray(i * nColumns, (i + 1) * nColumns));
    for (const root of packed.roots)
      for (let i = 0; i < size; i++)
        out[start + i]! += packed.values[leafOf(packed, root, block, i * nColumns)]!;
  }
  return out;
}

/** The leaf that the row at `from` of a block comes to. */
function leafOf({ columns, edges, missing, left }: Packed, root: number, block: Float64Array, from: number) {
  let node = root;
  for (let column = columns[node]!; column >= 0; column = columns[node]!) {
    const value = block[from + column]!;
    if (value <= edges[node]!) node = left[node]!;
    else node = value > edges[node]! ? left[node]! + 1 : missing[node]!;
  }
  return node;
}
