import type { Report } from '../estimator';
import { lossAt } from './labelled-rows';
import { sigmoidOf } from './logistic';
import type { CellSums, ShapeLearner } from './shape-learners';

/** Terms of a sum: each row is in one cell of each term; cells are numbered through all terms. */
export type Terms = {
  /** nRows x nTerms. */
  cells: Uint16Array;
  /** First cell of each term, and the number of all cells. */
  offsets: number[];
  learners: ShapeLearner[];
};

/** Rows with outcomes, how much each counts, and the log-odds before any term. */
export type ShapeRows = { rows: Int32Array; y: Uint8Array; weights: Float64Array; start: Float64Array };

/** Slower where rows are few, for that costs little there. */
const [fastRate, slowRate, fewRows] = [0.1, 0.05, 10_000];
const mostRounds = 400;
/** Looks at the rows aside that may pass without a smaller loss. */
const patience = 4;
const smallestImprovement = 1e-6;
/** Curvature between cells is measured anew at every so many looks. */
const looksPerMeasure = 6;

/** Log-odds of each row under these cell values. */
export function scoreTerms({ cells, offsets }: Terms, { rows, start }: ShapeRows, values: Float64Array) {
  const width = offsets.length - 1;
  return start.map((base, at) => {
    const from = rows[at]! * width;
    let sum = base;
    for (let t = 0; t < width; t++) sum += values[cells[from + t]!]!;
    return sum;
  });
}

/** Slope and curvature of the loss by cell, and the curvature of each row. */
function sumCells({ cells, offsets }: Terms, own: ShapeRows, values: Float64Array) {
  const width = offsets.length - 1;
  const nCells = offsets[width]!;
  const sums: CellSums = { gradient: new Float64Array(nCells), curvature: new Float64Array(nCells) };
  const rowCurvature = scoreTerms({ cells, offsets, learners: [] }, own, values);
  for (let at = 0; at < own.rows.length; at++) {
    const p = sigmoidOf(rowCurvature[at]!);
    const g = own.weights[at]! * (p - own.y[at]!);
    const h = own.weights[at]! * p * (1 - p);
    rowCurvature[at] = h;
    const from = own.rows[at]! * width;
    for (let t = 0; t < width; t++) {
      const cell = cells[from + t]!;
      sums.gradient[cell]! += g;
      sums.curvature[cell]! += h;
    }
  }
  return { sums, rowCurvature };
}

/**
 * Curvature that each cell shares with each other one, summed up along the cells of a term: row c holds the sums of the
 * term's cells up to c, so that a step that is even over many cells costs two rows.
 */
function measureCurvature(
  { cells, offsets }: Terms,
  { rows }: ShapeRows,
  rowCurvature: Float64Array,
): Float32Array {
  const width = offsets.length - 1;
  const nCells = offsets[width]!;
  const shared = new Float32Array(nCells * nCells);
  // Term by term: its lines stay in the processor's cache while all rows pass.
  for (let t = 0; t < width; t++)
    for (let at = 0; at < rows.length; at++) {
      const from = rows[at]! * width;
      const h = rowCurvature[at]!;
      const line = cells[from + t]! * nCells;
      for (let u = t; u < width; u++) shared[line + cells[from + u]!]! += h;
    }
  for (let a = 0; a < nCells; a++)
    for (let b = a + 1; b < nCells; b++) shared[b * nCells + a] = shared[a * nCells + b]!;
  for (let t = 0; t < width; t++)
    for (let at = (offsets[t]! + 1) * nCells; at < offsets[t + 1]! * nCells; at++)
      shared[at]! += shared[at - nCells]!;
  return shared;
}

/** Adds a multiple of some lines of `shared` to the slopes of all cells, four lines at a time. */
function moveSlopes(gradient: Float64Array, shared: Float32Array, lines: number[], drops: number[]): void {
  const nCells = gradient.length;
  for (let k = 0; k < lines.length; k += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((i) => (lines[k + i] ?? 0) * nCells) as [
      number,
      number,
      number,
      number,
    ];
    const [p, q, r, s] = [drops[k]!, drops[k + 1] ?? 0, drops[k + 2] ?? 0, drops[k + 3] ?? 0];
    for (let m = 0; m < nCells; m++)
      gradient[m] =
        gradient[m]! + p * shared[a + m]! + q * shared[b + m]! + r * shared[c + m]! + s * shared[d + m]!;
  }
}

/** One round: each term in turn takes a small step, and the slopes of all cells move with it. */
function takeRound(
  { offsets, learners }: Terms,
  sums: CellSums,
  shared: Float32Array,
  values: Float64Array,
  steps: Float64Array[],
  rate: number,
) {
  for (let t = 0; t < learners.length; t++) {
    const from = offsets[t]!;
    const step = steps[t]!;
    learners[t]!(sums, from, step);
    const [lines, drops]: [number[], number[]] = [[], []];
    for (let c = 0; c < step.length; c++) {
      values[from + c]! += rate * step[c]!;
      const drop = rate * (step[c]! - (c + 1 < step.length ? step[c + 1]! : 0));
      if (drop === 0) continue;
      lines.push(from + c);
      drops.push(drop);
    }
    moveSlopes(sums.gradient, shared, lines, drops);
  }
}

/**
 * Cyclic boosting of the terms (Lou, Caruana and Gehrke 2012) until the loss on the rows aside grows no smaller. The
 * rows are visited only now and then: in between the slopes follow from the curvature the cells share. Gives the value
 * of each cell.
 */
export function boostShapes(terms: Terms, own: ShapeRows, aside: ShapeRows, report: Report): Float64Array {
  const nCells = terms.offsets[terms.learners.length]!;
  const values = new Float64Array(nCells);
  const lossAside = () => lossAt(scoreTerms(terms, aside, values), aside.y, aside.weights);
  let best = { loss: lossAside(), values: values.slice(), look: 0 };
  const rate = own.rows.length < fewRows ? slowRate : fastRate;
  const steps = terms.learners.map((_, t) => new Float64Array(terms.offsets[t + 1]! - terms.offsets[t]!));
  let shared: Float32Array = new Float32Array(0);
  for (let round = 0, look = 0; round < mostRounds && look - best.look < patience; look++) {
    const { sums, rowCurvature } = sumCells(terms, own, values);
    if (look % looksPerMeasure === 0) shared = measureCurvature(terms, own, rowCurvature);
    report(round / mostRounds);
    const until = round + Math.max(4, Math.floor(round / 6));
    for (; round < until; round++) takeRound(terms, sums, shared, values, steps, rate);
    report(round / mostRounds);
    const loss = lossAside();
    if (loss < best.loss - smallestImprovement) best = { loss, values: values.slice(), look: look + 1 };
  }
  return best.values;
}
