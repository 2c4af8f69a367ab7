import { childOf, type Tree } from './trees';

/**
 * The columns on the way down to a node: `columns`, the share of training rows that take the same turn without knowing
 * the column (`zero`), whether the row takes it (`one`), and the weight of the subsets of each size (`weights`).
 */
type Path = { columns: number[]; zero: number[]; one: number[]; weights: number[] };

function extend({ columns, zero, one, weights }: Path, z: number, o: number, column: number): Path {
  const depth = columns.length;
  const grown = [...weights, depth === 0 ? 1 : 0];
  for (let i = depth - 1; i >= 0; i--) {
    grown[i + 1]! += (o * grown[i]! * (i + 1)) / (depth + 1);
    grown[i] = (z * grown[i]! * (depth - i)) / (depth + 1);
  }
  return { columns: [...columns, column], zero: [...zero, z], one: [...one, o], weights: grown };
}

const without = <T>(values: T[], at: number): T[] => values.filter((_, i) => i !== at);

/** The weights as they would be had the column at `at` never come. */
function unwind({ columns, zero, one, weights }: Path, at: number): Path {
  const depth = columns.length - 1;
  const [z, o] = [zero[at]!, one[at]!];
  const left = weights.slice(0, depth);
  let next = weights[depth]!;
  for (let i = depth - 1; i >= 0; i--) {
    if (o !== 0) {
      left[i] = (next * (depth + 1)) / ((i + 1) * o);
      next = weights[i]! - (left[i]! * z * (depth - i)) / (depth + 1);
    } else left[i] = (weights[i]! * (depth + 1)) / (z * (depth - i));
  }
  return { columns: without(columns, at), zero: without(zero, at), one: without(one, at), weights: left };
}

function descend(tree: Tree, row: Float64Array, node: number, path: Path, into: Float64Array): void {
  const column = tree.columns[node]!;
  if (column < 0) {
    for (let i = 1; i < path.columns.length; i++) {
      const weight = unwind(path, i).weights.reduce((sum, value) => sum + value, 0);
      into[path.columns[i]!]! += weight * (path.one[i]! - path.zero[i]!) * tree.values[node]!;
    }
    return;
  }
  const hot = childOf(tree, node, row[column]!);
  const left = tree.left[node]!;
  const cold = hot === left ? left + 1 : left;
  const met = path.columns.indexOf(column, 1);
  const [z, o] = met < 0 ? [1, 1] : [path.zero[met]!, path.one[met]!];
  const before = met < 0 ? path : unwind(path, met);
  const share = (child: number) => (z * tree.cover[child]!) / tree.cover[node]!;
  descend(tree, row, hot, extend(before, share(hot), o, column), into);
  descend(tree, row, cold, extend(before, share(cold), 0, column), into);
}

/** Mean of the tree's leaves over its training rows. */
function expectedValue(tree: Tree): number {
  const sum = tree.columns.reduce(
    (total, column, node) => (column < 0 ? total + tree.cover[node]! * tree.values[node]! : total),
    0,
  );
  return sum / tree.cover[0]!;
}

/** Path-dependent Shapley values of a sum of trees (Lundberg et al. 2020, algorithm 2), exact for each tree. */
export function explainTrees(trees: Tree[], row: Float64Array) {
  const contributions = new Float64Array(row.length);
  const start: Path = { columns: [], zero: [], one: [], weights: [] };
  for (const tree of trees) descend(tree, row, 0, extend(start, 1, 1, -1), contributions);
  return { expected: trees.reduce((sum, tree) => sum + expectedValue(tree), 0), contributions };
}
