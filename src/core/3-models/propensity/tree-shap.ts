import type { Matrix } from '../../kit/matrix';
import { noParts } from './contributions';
import { childOf, readColumns, type Tree } from './trees';

/** A column on the way down to a leaf, met once or more: the turns to take, and `share` of the training rows that do. */
type Gate = { column: number; turns: { node: number; isLeft: boolean }[]; share: number };

function pass(gates: Gate[], tree: Tree, node: number, isLeft: boolean): Gate[] {
  const column = tree.columns[node]!;
  const share = tree.cover[tree.left[node]! + (isLeft ? 0 : 1)]! / tree.cover[node]!;
  const own = gates.find((gate) => gate.column === column);
  const turns = [...(own?.turns ?? []), { node, isLeft }];
  return [...gates.filter((gate) => gate !== own), { column, turns, share: (own?.share ?? 1) * share }];
}

function* walkLeaves(tree: Tree, node = 0, gates: Gate[] = []): Generator<{ value: number; gates: Gate[] }> {
  if (tree.columns[node]! < 0) return yield { value: tree.values[node]!, gates };
  const left = tree.left[node]!;
  yield* walkLeaves(tree, left, pass(gates, tree, node, true));
  yield* walkLeaves(tree, left + 1, pass(gates, tree, node, false));
}

/**
 * What each gate of a leaf adds, given which of them (the bits of `open`) the row passes: a column known is passed or
 * not, an unknown one by the share of training rows; averaged over all orders of getting to know them.
 */
function shareOut(value: number, gates: Gate[], open: number): Float64Array {
  const n = gates.length;
  const given = new Float64Array(n);
  const known = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    known.fill(0);
    known[0] = 1;
    for (let j = 0, met = 0; j < n; j++) {
      if (j === i) continue;
      met++;
      const passes = (open >> j) & 1;
      for (let k = met; k > 0; k--) known[k] = known[k]! * gates[j]!.share + (passes ? known[k - 1]! : 0);
      known[0]! *= gates[j]!.share;
    }
    let sum = 0;
    for (let k = 0, weight = 1 / n; k < n; k++) {
      sum += known[k]! * weight;
      weight *= (k + 1) / (n - 1 - k);
    }
    given[i] = value * sum * (((open >> i) & 1) - gates[i]!.share);
  }
  return given;
}

/** Mean of the tree's leaves over its training rows. */
function expectedValue(tree: Tree): number {
  const sum = tree.columns.reduce(
    (total, column, node) => (column < 0 ? total + tree.cover[node]! * tree.values[node]! : total),
    0,
  );
  return sum / tree.cover[0]!;
}

/** For each node of a tree 1 for the rows that go left there, 0 for the others; empty at leaves. */
const findTurns = (tree: Tree, columns: Float64Array[]): Uint8Array[] =>
  tree.columns.map((column, node) => {
    if (column < 0) return new Uint8Array(0);
    const values = columns[column]!;
    const left = tree.left[node]!;
    const goesLeft = new Uint8Array(values.length);
    for (let i = 0; i < values.length; i++) goesLeft[i] = childOf(tree, node, values[i]!) === left ? 1 : 0;
    return goesLeft;
  });

/** Which gates each row passes, as bits. */
function findOpen(gates: Gate[], goesLeft: Uint8Array[], open: Uint32Array): void {
  const passes = new Uint8Array(open.length);
  open.fill(0);
  gates.forEach(({ turns }, g) => {
    passes.fill(1);
    for (const { node, isLeft } of turns) {
      const [own, other] = [goesLeft[node]!, Number(!isLeft)];
      for (let i = 0; i < passes.length; i++) passes[i]! &= own[i]! ^ other;
    }
    for (let i = 0; i < passes.length; i++) open[i]! |= passes[i]! << g;
  });
}

/** Adds what a leaf gives each row's columns; worked out once for each way to pass its gates (Yang 2021). */
function addLeaf(value: number, gates: Gate[], open: Uint32Array, parts: Float64Array[]): void {
  const n = gates.length;
  // At most 14 gates: a tree has 15 leaves.
  const placeOf = new Int32Array(1 << n).fill(-1);
  const table: number[] = [];
  for (const own of open) {
    if (placeOf[own]! >= 0) continue;
    placeOf[own] = table.length;
    table.push(...shareOut(value, gates, own));
  }
  const typed = Float64Array.from(table);
  gates.forEach(({ column }, g) => {
    const into = parts[column]!;
    for (let i = 0; i < into.length; i++) into[i]! += typed[placeOf[open[i]!]! + g]!;
  });
}

/** Path-dependent Shapley values of a sum of trees for the rows of X, exact for each tree (Lundberg et al. 2020). */
export function explainTrees(trees: Tree[], X: Matrix): { expected: number; parts: Float64Array[] } {
  const [columns, parts] = [readColumns(X), noParts(X)];
  const open = new Uint32Array(X.nRows);
  for (const tree of trees) {
    const goesLeft = findTurns(tree, columns);
    for (const { value, gates } of walkLeaves(tree)) {
      findOpen(gates, goesLeft, open);
      addLeaf(value, gates, open, parts);
    }
  }
  return { expected: trees.reduce((sum, tree) => sum + expectedValue(tree), 0), parts };
}
