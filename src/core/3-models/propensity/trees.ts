import type { Matrix } from '../../kit/matrix';

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
export function readRow(X: Matrix, row: number, into: Float64Array): Float64Array {
  const from = row * X.nColumns;
  for (let j = 0; j < X.nColumns; j++) {
    const value = X.data[from + j]!;
    into[j] = value > largest ? largest : value < -largest ? -largest : value;
  }
  return into;
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

/** `base` plus the sum of what the trees say of each row. */
export function sumTrees(trees: Tree[], base: number, X: Matrix): Float64Array {
  const { roots, columns, edges, missing, left, values } = packTrees(trees);
  const row = new Float64Array(X.nColumns);
  return new Float64Array(X.nRows).map((_, i) => {
    readRow(X, i, row);
    let sum = base;
    for (let t = 0; t < roots.length; t++) {
      let node = roots[t]!;
      while (columns[node]! >= 0) {
        const value = row[columns[node]!]!;
        if (value <= edges[node]!) node = left[node]!;
        else node = value > edges[node]! ? left[node]! + 1 : missing[node]!;
      }
      sum += values[node]!;
    }
    return sum;
  });
}
