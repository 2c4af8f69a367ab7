import type { Tree } from './trees';

/** Every column on the way down to a leaf, once: the values that lead there, and `share` of the training rows that do. */
type Gate = { column: number; low: number; high: number; takesMissing: boolean; share: number };

/** Leaves of all trees behind one another; the gates of leaf l are `first[l]` to `first[l + 1]`. */
type Leaves = {
  values: number[];
  first: number[];
  columns: Int32Array;
  low: Float64Array;
  high: Float64Array;
  takesMissing: Uint8Array;
  shares: Float64Array;
};

function narrow(gates: Gate[], tree: Tree, node: number, isLeft: boolean): Gate[] {
  const column = tree.columns[node]!;
  const edge = tree.edges[node]!;
  const share = tree.cover[tree.left[node]! + (isLeft ? 0 : 1)]! / tree.cover[node]!;
  const own = gates.find((gate) => gate.column === column);
  const { low, high, takesMissing, ...rest } = own ?? {
    column,
    low: -Infinity,
    high: Infinity,
    takesMissing: true,
    share: 1,
  };
  const narrowed: Gate = {
    column,
    low: isLeft ? low : Math.max(low, edge),
    high: isLeft ? Math.min(high, edge) : high,
    takesMissing: takesMissing && tree.isMissingLeft[node] === isLeft,
    share: rest.share * share,
  };
  return [...gates.filter((gate) => gate !== own), narrowed];
}

function* walkLeaves(tree: Tree, node = 0, gates: Gate[] = []): Generator<{ value: number; gates: Gate[] }> {
  if (tree.columns[node]! < 0) return yield { value: tree.values[node]!, gates };
  const left = tree.left[node]!;
  yield* walkLeaves(tree, left, narrow(gates, tree, node, true));
  yield* walkLeaves(tree, left + 1, narrow(gates, tree, node, false));
}

function listLeaves(trees: Tree[]): Leaves {
  const leaves = trees.flatMap((tree) => [...walkLeaves(tree)]);
  const gates = leaves.flatMap((leaf) => leaf.gates);
  const first = [0];
  for (const leaf of leaves) first.push(first.at(-1)! + leaf.gates.length);
  return {
    values: leaves.map(({ value }) => value),
    first,
    columns: Int32Array.from(gates, ({ column }) => column),
    low: Float64Array.from(gates, ({ low }) => low),
    high: Float64Array.from(gates, ({ high }) => high),
    takesMissing: Uint8Array.from(gates, ({ takesMissing }) => Number(takesMissing)),
    shares: Float64Array.from(gates, ({ share }) => share),
  };
}

/**
 * What each gate of a leaf adds, given which of them (the bits of `open`) the row passes: a column known is passed or
 * not, an unknown one by the share of training rows; averaged over all orders of getting to know them.
 */
function shareOut(value: number, shares: Float64Array, open: number, into: Float64Array, at: number): void {
  const n = shares.length;
  const known = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    known.fill(0);
    known[0] = 1;
    for (let j = 0, met = 0; j < n; j++) {
      if (j === i) continue;
      met++;
      const passes = (open >> j) & 1;
      for (let k = met; k > 0; k--) known[k] = known[k]! * shares[j]! + (passes ? known[k - 1]! : 0);
      known[0]! *= shares[j]!;
    }
    let sum = 0;
    for (let k = 0, weight = 1 / n; k < n; k++) {
      sum += known[k]! * weight;
      weight *= (k + 1) / (n - 1 - k);
    }
    into[at + i] = value * sum * (((open >> i) & 1) - shares[i]!);
  }
}

/** Mean of the tree's leaves over its training rows. */
function expectedValue(tree: Tree): number {
  const sum = tree.columns.reduce(
    (total, column, node) => (column < 0 ? total + tree.cover[node]! * tree.values[node]! : total),
    0,
  );
  return sum / tree.cover[0]!;
}

/** Leaves with more gates than this are shared out anew for every row: a table of all ways to pass would be too long. */
const mostKept = 8;

/**
 * Path-dependent Shapley values of a sum of trees, exact for each tree (Lundberg et al. 2020). What a leaf says depends
 * only on which of its gates a row passes, so it is worked out once for each way (Yang 2021); `addTo` adds to `into`.
 */
export function explainTrees(trees: Tree[]) {
  const { values, first, columns, low, high, takesMissing, shares } = listLeaves(trees);
  const tables = values.map(() => new Float64Array(0));
  const find = (leaf: number, nGates: number, open: number): number => {
    const isKept = nGates <= mostKept;
    if (tables[leaf]!.length === 0)
      tables[leaf] = new Float64Array(nGates * (isKept ? 1 << nGates : 1)).fill(NaN);
    const table = tables[leaf]!;
    const at = isKept ? open * nGates : 0;
    if (!isKept || Number.isNaN(table[at]!))
      shareOut(values[leaf]!, shares.subarray(first[leaf], first[leaf]! + nGates), open, table, at);
    return at;
  };
  const addTo = (row: Float64Array, into: Float64Array): void => {
    for (let leaf = 0; leaf < values.length; leaf++) {
      const from = first[leaf]!;
      const nGates = first[leaf + 1]! - from;
      let open = 0;
      for (let g = 0; g < nGates; g++) {
        const value = row[columns[from + g]!]!;
        if (
          value > low[from + g]! ? value <= high[from + g]! : value !== value && takesMissing[from + g] === 1
        )
          open |= 1 << g;
      }
      const at = find(leaf, nGates, open);
      const table = tables[leaf]!;
      for (let g = 0; g < nGates; g++) into[columns[from + g]!]! += table[at + g]!;
    }
  };
  return { expected: trees.reduce((sum, tree) => sum + expectedValue(tree), 0), addTo };
}
