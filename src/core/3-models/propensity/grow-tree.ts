import type { BinnedColumns } from './bin-columns';
import { farthest, type Tree } from './trees';

export type GrowParams = {
  maxLeaves: number;
  minRowsInLeaf: number;
  l2: number;
  learningRate: number;
  /** One a column: 0 any, above 0 the tree may only rise with it, below 0 only fall. */
  signs: ArrayLike<number>;
};

/** First and second derivatives of the loss by row of the bins. */
export type Slopes = { gradient: Float64Array; curvature: Float64Array };

type Split = {
  gain: number;
  column: number;
  /** Bytes up to this one go left; 0, the missing, where `isMissingLeft`. */
  byte: number;
  isMissingLeft: boolean;
  leftValue: number;
  rightValue: number;
};

/** A node that may still be split: its rows are `order[start..end]`, its sums stand in `sums` by column and byte. */
type Open = {
  node: number;
  start: number;
  end: number;
  sums: Float64Array;
  low: number;
  high: number;
  best: Split | null;
};

const fewestCurvature = 1e-3;
const smallestGain = 1e-9;

/** Grows one tree best leaf first on second-order statistics (Chen and Guestrin 2016, eq. 6 and 7). */
export class TreeGrower {
  private readonly offsets: Int32Array;
  private readonly size: number;
  private readonly spare: Float64Array[] = [];
  private readonly order: Int32Array;
  private readonly moved: Int32Array;
  private readonly g: Float64Array;
  private readonly h: Float64Array;

  constructor(
    private readonly bins: BinnedColumns,
    private readonly params: GrowParams,
    nRowsAtMost = bins.nRows,
  ) {
    this.offsets = new Int32Array(bins.edges.length + 1);
    bins.edges.forEach((edges, j) => (this.offsets[j + 1] = this.offsets[j]! + 3 * (edges.length + 2)));
    this.size = this.offsets[bins.edges.length]!;
    this.order = new Int32Array(nRowsAtMost);
    this.moved = new Int32Array(nRowsAtMost);
    this.g = new Float64Array(nRowsAtMost);
    this.h = new Float64Array(nRowsAtMost);
  }

  /** A tree on `rows` of the bins; adds what it says to `scores` of those rows. Column numbers are those of the bins. */
  grow(rows: Int32Array, slopes: Slopes, scores: Float64Array): Tree {
    this.order.set(rows);
    const tree: Tree = { columns: [], edges: [], isMissingLeft: [], left: [], values: [], cover: [] };
    const sums = this.takeSpare();
    this.sumRows(0, rows.length, slopes, sums);
    const root = this.open(tree, 0, rows.length, sums, -Infinity, Infinity);
    const open = [root];
    for (let nLeaves = 1; nLeaves < this.params.maxLeaves; nLeaves++) {
      const at = open.reduce((most, { best }, i) => {
        const rival = open[most]?.best;
        return best && (!rival || best.gain > rival.gain) ? i : most;
      }, 0);
      if (!open[at]?.best) break;
      const [chosen] = open.splice(at, 1);
      open.push(...this.split(tree, chosen!, slopes));
    }
    for (const { node, start, end, sums: used } of open) {
      const value = tree.values[node]!;
      for (let i = start; i < end; i++) scores[this.order[i]!]! += value;
      this.spare.push(used);
    }
    return tree;
  }

  private takeSpare = () => this.spare.pop() ?? new Float64Array(this.size);

  /** Gradient, curvature and number of rows by column and byte. */
  private sumRows(start: number, end: number, { gradient, curvature }: Slopes, into: Float64Array): void {
    const { order, g, h, offsets } = this;
    into.fill(0);
    for (let i = start; i < end; i++) {
      g[i] = gradient[order[i]!]!;
      h[i] = curvature[order[i]!]!;
    }
    for (let j = 0; j < this.bins.bytes.length; j++) {
      const bytes = this.bins.bytes[j]!;
      const offset = offsets[j]!;
      for (let i = start; i < end; i++) {
        const at = offset + 3 * bytes[order[i]!]!;
        into[at]! += g[i]!;
        into[at + 1]! += h[i]!;
        into[at + 2]! += 1;
      }
    }
  }

  /** Adds a leaf to the tree and looks for its best split. */
  private open(tree: Tree, start: number, end: number, sums: Float64Array, low: number, high: number): Open {
    let gradient = 0;
    let curvature = 0;
    for (let at = 0; at < this.offsets[1]!; at += 3) {
      gradient += sums[at]!;
      curvature += sums[at + 1]!;
    }
    const value = this.valueOf(gradient, curvature, low, high);
    const node = tree.columns.push(-1) - 1;
    tree.edges.push(0);
    tree.isMissingLeft.push(false);
    tree.left.push(-1);
    tree.values.push(this.params.learningRate * value);
    tree.cover.push(end - start);
    const best =
      end - start >= 2 * this.params.minRowsInLeaf
        ? this.findSplit(sums, { gradient, curvature, n: end - start, value }, low, high)
        : null;
    return { node, start, end, sums, low, high, best };
  }

  private valueOf(gradient: number, curvature: number, low: number, high: number): number {
    const value = -gradient / (curvature + this.params.l2 + 1e-12);
    return value < low ? low : value > high ? high : value;
  }

  private findSplit(
    sums: Float64Array,
    whole: { gradient: number; curvature: number; n: number; value: number },
    low: number,
    high: number,
  ): Split | null {
    const { minRowsInLeaf, signs } = this.params;
    const loss = whole.gradient * whole.value;
    let best: Split | null = null;
    for (let j = 0; j < this.bins.edges.length; j++) {
      const offset = this.offsets[j]!;
      const nBins = this.bins.edges[j]!.length + 1;
      const sign = signs[j] ?? 0;
      const hasMissing = sums[offset + 2]! > 0;
      for (let side = hasMissing ? 1 : 0; side >= 0; side--) {
        let gradient = side ? sums[offset]! : 0;
        let curvature = side ? sums[offset + 1]! : 0;
        let n = side ? sums[offset + 2]! : 0;
        const until = hasMissing && !side ? nBins : nBins - 1;
        for (let byte = side ? 0 : 1; byte <= until; byte++) {
          if (byte > 0) {
            const at = offset + 3 * byte;
            gradient += sums[at]!;
            curvature += sums[at + 1]!;
            n += sums[at + 2]!;
          }
          if (n < minRowsInLeaf || (byte === 0 && sign !== 0)) continue;
          if (whole.n - n < minRowsInLeaf) break;
          const rest = whole.curvature - curvature;
          if (curvature < fewestCurvature || rest < fewestCurvature) continue;
          const leftValue = this.valueOf(gradient, curvature, low, high);
          const rightValue = this.valueOf(whole.gradient - gradient, rest, low, high);
          if ((rightValue - leftValue) * sign < 0) continue;
          const gain = loss - gradient * leftValue - (whole.gradient - gradient) * rightValue;
          if (gain > (best ? best.gain : smallestGain)) {
            const isMissingLeft = hasMissing ? side === 1 : n * 2 >= whole.n;
            best = { gain, column: j, byte, isMissingLeft, leftValue, rightValue };
          }
        }
      }
    }
    return best;
  }

  /** Turns a leaf into a node with two leaves. */
  private split(tree: Tree, parent: Open, slopes: Slopes): Open[] {
    const { node, start, end, sums } = parent;
    const { column, byte, isMissingLeft, leftValue, rightValue } = parent.best!;
    const middle = this.partition(start, end, this.bins.bytes[column]!, byte, isMissingLeft);
    const smaller = this.takeSpare();
    const isLeftSmaller = middle - start < end - middle;
    this.sumRows(isLeftSmaller ? start : middle, isLeftSmaller ? middle : end, slopes, smaller);
    for (let at = 0; at < this.size; at++) sums[at]! -= smaller[at]!;
    const edges = this.bins.edges[column]!;
    tree.columns[node] = column;
    tree.edges[node] = byte === 0 ? -farthest : (edges[byte - 1] ?? farthest);
    tree.isMissingLeft[node] = isMissingLeft;
    tree.left[node] = tree.columns.length;
    const sign = this.params.signs[column] ?? 0;
    const border = (leftValue + rightValue) / 2;
    const [leftSums, rightSums] = isLeftSmaller ? [smaller, sums] : [sums, smaller];
    const { low, high } = parent;
    const left = this.open(tree, start, middle, leftSums, sign < 0 ? border : low, sign > 0 ? border : high);
    const right = this.open(tree, middle, end, rightSums, sign > 0 ? border : low, sign < 0 ? border : high);
    return [left, right];
  }

  /** Moves the rows that go left to the front, in their order; returns where the others begin. */
  private partition(start: number, end: number, bytes: Uint8Array, byte: number, isMissingLeft: boolean) {
    const { order, moved } = this;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = order[i]!;
      const own = bytes[row]!;
      if (own === 0 ? isMissingLeft : own <= byte) order[left++] = row;
      else moved[right++] = row;
    }
    for (let i = 0; i < right; i++) order[left + i] = moved[i]!;
    return left;
  }
}
