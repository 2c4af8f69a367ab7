/** Columns as bytes: the byte b of a value is above the first b - 1 of its column's rising cuts; 0 = missing. */
export type BytedRows = { bytes: Uint8Array[]; cuts: number[][]; y: Float64Array };

export type Growth = { maxDepth: number; minHalf: number };

/** Rows of the two halves that end in a node, and how it is split; byte at most `upTo` (missing ones too) = left. */
export type GrownNode = {
  learn: Int32Array;
  judge: Int32Array;
  split: { column: number; upTo: number; left: GrownNode; right: GrownNode } | null;
};

type Found = { column: number; upTo: number; gain: number };

/** n mean² - 2 s²: what a leaf is worth when its mean is estimated on a second half as large (Athey and Imbens 2016, eq. 4). */
function worthOf(n: number, sum: number, squares: number): number {
  const variance = n > 1 ? Math.max(0, (squares - (sum * sum) / n) / (n - 1)) : 0;
  return (sum * sum) / n - 2 * variance;
}

/** The cut of one column that gains most, both sides large enough in both halves. */
function bestCut(rows: BytedRows, { learn, judge }: GrownNode, column: number, minHalf: number): Found {
  const nBins = rows.cuts[column]!.length + 2;
  const own = rows.bytes[column]!;
  const [n, sums, squares, judged] = Array.from({ length: 4 }, () => new Float64Array(nBins)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (const row of learn) {
    const bin = own[row]!;
    const value = rows.y[row]!;
    n[bin]! += 1;
    sums[bin]! += value;
    squares[bin]! += value * value;
  }
  for (const row of judge) judged[own[row]!]! += 1;
  const total = { n: learn.length, sum: sumOf(sums), squares: sumOf(squares) };
  const whole = worthOf(total.n, total.sum, total.squares);
  const best: Found = { column, upTo: -1, gain: 0 };
  const left = { n: 0, sum: 0, squares: 0, judged: 0 };
  for (let bin = 0; bin < nBins - 1; bin++) {
    left.n += n[bin]!;
    left.sum += sums[bin]!;
    left.squares += squares[bin]!;
    left.judged += judged[bin]!;
    if (bin === 0 || Math.min(left.n, left.judged) < minHalf) continue;
    if (Math.min(total.n - left.n, judge.length - left.judged) < minHalf) break;
    const right = worthOf(total.n - left.n, total.sum - left.sum, total.squares - left.squares);
    const gain = worthOf(left.n, left.sum, left.squares) + right - whole;
    if (gain > best.gain) Object.assign(best, { upTo: bin, gain });
  }
  return best;
}

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

/** Splits by the outcomes of the `learn` half alone; the other half is only counted. */
export function growHonest(
  rows: BytedRows,
  learn: Int32Array,
  judge: Int32Array,
  growth: Growth,
  tick: () => void,
  depth = 0,
): GrownNode {
  const node: GrownNode = { learn, judge, split: null };
  if (depth === growth.maxDepth || Math.min(learn.length, judge.length) < 2 * growth.minHalf) return node;
  let best: Found = { column: -1, upTo: -1, gain: 0 };
  rows.bytes.forEach((_, column) => {
    const found = bestCut(rows, node, column, growth.minHalf);
    if (found.gain > best.gain) best = found;
    if (column % 8 === 0) tick();
  });
  if (best.column < 0) return node;
  const { column, upTo } = best;
  const side = (half: Int32Array, isLeft: boolean) =>
    half.filter((row) => rows.bytes[column]![row]! <= upTo === isLeft);
  const grow = (isLeft: boolean) =>
    growHonest(rows, side(learn, isLeft), side(judge, isLeft), growth, tick, depth + 1);
  node.split = { column, upTo, left: grow(true), right: grow(false) };
  return node;
}

/** The leaves below a node, left to right. */
export const leavesOf = (node: GrownNode): GrownNode[] =>
  node.split ? [...leavesOf(node.split.left), ...leavesOf(node.split.right)] : [node];
