/** Sums over the training rows of a cell, in which a learner looks for its step: slope and curvature of the loss. */
export type CellSums = { gradient: Float64Array; curvature: Float64Array };

/** Fills `step` with the change of each cell from `from` to `from + step.length` that lowers the loss most. */
export type ShapeLearner = (sums: CellSums, from: number, step: Float64Array) => void;

const ridge = 1;

const stepOf = (gradient: number, curvature: number) => -gradient / (curvature + ridge);
const worthOf = (gradient: number, curvature: number) => (gradient * gradient) / (curvature + ridge);

/** Cells `from` to `to`, and their sums. */
type Segment = { from: number; to: number; gradient: number; curvature: number };
type Cut = { gain: number; left: Segment; right: Segment };

/** Steps that the parts of a segment must lie between; NaN = no neighbour there. */
type Neighbours = { before: number; after: number };
const alone: Neighbours = { before: NaN, after: NaN };

/** Whether the steps of two parts and of their neighbours rise (sign above 0), fall (below) or go any way. */
const isInOrder = (left: number, right: number, { before, after }: Neighbours, sign: number) =>
  sign === 0 || !((right - left) * sign < 0 || (left - before) * sign < 0 || (after - right) * sign < 0);

/** The best place to part a segment. */
function findCut(
  { gradient, curvature }: CellSums,
  whole: Segment,
  sign: number,
  neighbours: Neighbours,
): Cut | null {
  const worth = worthOf(whole.gradient, whole.curvature);
  let [best, at, bestGradient, bestCurvature] = [1e-12, -1, 0, 0];
  for (let cell = whole.from, g = 0, h = 0; cell < whole.to - 1; cell++) {
    g += gradient[cell]!;
    h += curvature[cell]!;
    const [otherG, otherH] = [whole.gradient - g, whole.curvature - h];
    const gain = worthOf(g, h) + worthOf(otherG, otherH) - worth;
    if (gain <= best || !isInOrder(stepOf(g, h), stepOf(otherG, otherH), neighbours, sign)) continue;
    [best, at, bestGradient, bestCurvature] = [gain, cell + 1, g, h];
  }
  if (at < 0) return null;
  const rest = { gradient: whole.gradient - bestGradient, curvature: whole.curvature - bestCurvature };
  return {
    gain: best,
    left: { from: whole.from, to: at, gradient: bestGradient, curvature: bestCurvature },
    right: { from: at, to: whole.to, ...rest },
  };
}

function sumSegment({ gradient, curvature }: CellSums, from: number, to: number): Segment {
  const whole = { from, to, gradient: 0, curvature: 0 };
  for (let cell = from; cell < to; cell++) {
    whole.gradient += gradient[cell]!;
    whole.curvature += curvature[cell]!;
  }
  return whole;
}

/** A segment in at most three parts. */
function partTwice(sums: CellSums, whole: Segment, sign: number): Segment[] {
  const first = findCut(sums, whole, sign, alone);
  if (!first) return [whole];
  const { left, right } = first;
  const [before, after] = [left, right].map((own) => stepOf(own.gradient, own.curvature)) as [number, number];
  const inLeft = findCut(sums, left, sign, { before: NaN, after });
  const inRight = findCut(sums, right, sign, { before, after: NaN });
  if (inLeft && inLeft.gain >= (inRight?.gain ?? 0)) return [inLeft.left, inLeft.right, right];
  return inRight ? [left, inRight.left, inRight.right] : [left, right];
}

/** At most three even steps along the values; the missing, cell 0, step by themselves. */
export const learnAlong =
  (sign: number): ShapeLearner =>
  (sums, from, step) => {
    const whole = sumSegment(sums, from + 1, from + step.length);
    step[0] = stepOf(sums.gradient[from]!, sums.curvature[from]!);
    for (const own of partTwice(sums, whole, sign))
      step.fill(stepOf(own.gradient, own.curvature), own.from - from, own.to - from);
  };

/** Sums over the rectangles from the corner of a grid, one row and column larger than it. */
function sumCorners(values: Float64Array, from: number, nRows: number, nColumns: number): Float64Array {
  const corners = new Float64Array((nRows + 1) * (nColumns + 1));
  for (let a = 0; a < nRows; a++)
    for (let b = 0; b < nColumns; b++) {
      const at = (a + 1) * (nColumns + 1) + b + 1;
      corners[at] =
        values[from + a * nColumns + b]! +
        corners[at - 1]! +
        corners[at - nColumns - 1]! -
        corners[at - nColumns - 2]!;
    }
  return corners;
}

export type Quadrants = { gain: number; row: number; column: number; steps: number[] };

/** Puts into `into` the sums of the four parts that a cut before row a and column b makes of a grid of corner sums. */
function quarter(of: Float64Array, a: number, b: number, width: number, into: Float64Array): void {
  const [corner, above] = [of[a * width + b]!, of[a * width + width - 1]!];
  const [before, whole] = [of[of.length - width + b]!, of[of.length - 1]!];
  into[0] = corner;
  into[1] = above - corner;
  into[2] = before - corner;
  into[3] = whole - above - before + corner;
}

/** The best cut of a grid of cells into four, each with a step of its own (Lou et al. 2013, the cut of FAST). */
export function cutIntoFour(sums: CellSums, from: number, nRows: number, nColumns: number): Quadrants {
  const g = sumCorners(sums.gradient, from, nRows, nColumns);
  const h = sumCorners(sums.curvature, from, nRows, nColumns);
  const width = nColumns + 1;
  const best: Quadrants = { gain: 0, row: 0, column: 0, steps: [0, 0, 0, 0] };
  const [gradients, curvatures] = [new Float64Array(4), new Float64Array(4)];
  const base = worthOf(g[g.length - 1]!, h[h.length - 1]!);
  for (let a = 1; a < nRows; a++)
    for (let b = 1; b < nColumns; b++) {
      quarter(g, a, b, width, gradients);
      quarter(h, a, b, width, curvatures);
      let gain = -base;
      for (let q = 0; q < 4; q++) gain += worthOf(gradients[q]!, curvatures[q]!);
      if (gain <= best.gain) continue;
      [best.gain, best.row, best.column] = [gain, a, b];
      best.steps.forEach((_, q) => (best.steps[q] = stepOf(gradients[q]!, curvatures[q]!)));
    }
  return best;
}

/** Four steps on a grid of `nRows` x `nColumns` cells. */
export const learnGrid =
  (nRows: number, nColumns: number): ShapeLearner =>
  (sums, from, step) => {
    const { row, column, steps } = cutIntoFour(sums, from, nRows, nColumns);
    for (let a = 0; a < nRows; a++)
      for (let b = 0; b < nColumns; b++)
        step[a * nColumns + b] = steps[(a < row ? 0 : 2) + (b < column ? 0 : 1)]!;
  };
