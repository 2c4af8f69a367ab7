/** Sums over the training rows of a cell, in which a learner looks for its step: slope and curvature of the loss. */
export type CellSums = { gradient: Float64Array; curvature: Float64Array };

/** Fills `step` with the change of each cell from `from` to `from + step.length` that lowers the loss most. */
export type ShapeLearner = (sums: CellSums, from: number, step: Float64Array) => void;

const ridge = 1;

type Segment = { from: number; to: number; gradient: number; curvature: number };
type Cut = { gain: number; left: Segment; right: Segment };

const stepOf = ({ gradient, curvature }: { gradient: number; curvature: number }) =>
  -gradient / (curvature + ridge);
const worthOf = (gradient: number, curvature: number) => (gradient * gradient) / (curvature + ridge);

/** The best place to part a segment, so that the steps rise (sign above 0), fall (below) or go any way. */
function findCut(
  { gradient, curvature }: CellSums,
  whole: Segment,
  isAllowed: (cut: Cut) => boolean,
): Cut | null {
  let best: Cut | null = null;
  const left = { from: whole.from, to: whole.from, gradient: 0, curvature: 0 };
  for (let cell = whole.from; cell < whole.to - 1; cell++) {
    left.gradient += gradient[cell]!;
    left.curvature += curvature[cell]!;
    const rest = { gradient: whole.gradient - left.gradient, curvature: whole.curvature - left.curvature };
    const gain =
      worthOf(left.gradient, left.curvature) +
      worthOf(rest.gradient, rest.curvature) -
      worthOf(whole.gradient, whole.curvature);
    if (gain <= (best?.gain ?? 1e-12)) continue;
    const cut: Cut = {
      gain,
      left: { ...left, to: cell + 1 },
      right: { ...rest, from: cell + 1, to: whole.to },
    };
    if (isAllowed(cut)) best = cut;
  }
  return best;
}

/** At most three even steps along the values; the missing, cell 0, step by themselves. */
export const learnAlong =
  (sign: number): ShapeLearner =>
  (sums, from, step) => {
    const { gradient, curvature } = sums;
    const isRising = (segments: Segment[]) =>
      sign === 0 ||
      segments.every((own, i) => i === 0 || (stepOf(own) - stepOf(segments[i - 1]!)) * sign >= 0);
    const whole: Segment = { from: from + 1, to: from + step.length, gradient: 0, curvature: 0 };
    for (let cell = whole.from; cell < whole.to; cell++) {
      whole.gradient += gradient[cell]!;
      whole.curvature += curvature[cell]!;
    }
    let segments = [whole];
    const first = findCut(sums, whole, ({ left, right }) => isRising([left, right]));
    if (first) {
      const { left, right } = first;
      const inLeft = findCut(sums, left, (cut) => isRising([cut.left, cut.right, right]));
      const inRight = findCut(sums, right, (cut) => isRising([left, cut.left, cut.right]));
      segments = [left, right];
      if (inLeft && inLeft.gain >= (inRight?.gain ?? 0)) segments = [inLeft.left, inLeft.right, right];
      else if (inRight) segments = [left, inRight.left, inRight.right];
    }
    step[0] = stepOf({ gradient: gradient[from]!, curvature: curvature[from]! });
    for (const own of segments) step.fill(stepOf(own), own.from - from, own.to - from);
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

/** The best cut of a grid of cells into four, each with a step of its own (Lou et al. 2013, the cut of FAST). */
export function cutIntoFour(sums: CellSums, from: number, nRows: number, nColumns: number): Quadrants {
  const g = sumCorners(sums.gradient, from, nRows, nColumns);
  const h = sumCorners(sums.curvature, from, nRows, nColumns);
  const width = nColumns + 1;
  const last = nRows * width;
  const best: Quadrants = { gain: 0, row: 0, column: 0, steps: [0, 0, 0, 0] };
  const quarter = (of: Float64Array, a: number, b: number) => {
    const [corner, above, before, whole] = [
      of[a * width + b]!,
      of[a * width + nColumns]!,
      of[last + b]!,
      of[last + nColumns]!,
    ];
    return [corner, above - corner, before - corner, whole - above - before + corner];
  };
  const base = worthOf(g[last + nColumns]!, h[last + nColumns]!);
  for (let a = 1; a < nRows; a++)
    for (let b = 1; b < nColumns; b++) {
      const [gradients, curvatures] = [quarter(g, a, b), quarter(h, a, b)];
      let gain = -base;
      for (let q = 0; q < 4; q++) gain += worthOf(gradients[q]!, curvatures[q]!);
      if (gain <= best.gain) continue;
      const steps = gradients.map((gradient, q) => stepOf({ gradient, curvature: curvatures[q]! }));
      Object.assign(best, { gain, row: a, column: b, steps });
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
