import { fillGaps, measureInertia } from './centroids';
import type { Kernel, Members } from './kernel';

/** Adds a row to the sums of its new cluster and takes it from those of its old one. */
function moveRow(rows: Float64Array, i: number, d: number, { labels, sums, counts }: Members, to: number) {
  const from = labels[i]!;
  labels[i] = to;
  counts[to]! += 1;
  for (let j = 0; j < d; j++) sums[to * d + j]! += rows[i * d + j]!;
  if (from < 0) return;
  counts[from]! -= 1;
  for (let j = 0; j < d; j++) sums[from * d + j]! -= rows[i * d + j]!;
}

function reassign(rows: Float64Array, d: number, points: Float64Array, members: Members, drift: number) {
  const { labels, safeUntil } = members;
  const gaps = new Float64Array(points.length / d);
  let changed = 0;
  for (let i = 0; i < labels.length; i++) {
    if (safeUntil[i]! > drift) continue;
    fillGaps(rows, i * d, d, points, gaps.length, gaps);
    let best = 0;
    let first = gaps[0]!;
    let second = Infinity;
    for (let c = 1; c < gaps.length; c++) {
      const gap = gaps[c]!;
      if (gap < first) {
        second = first;
        first = gap;
        best = c;
      } else if (gap < second) second = gap;
    }
    safeUntil[i] = drift + Math.sqrt(second) - Math.sqrt(first);
    if (labels[i] === best) continue;
    changed++;
    moveRow(rows, i, d, members, best);
  }
  return changed;
}

function sumDistances(
  rows: Float64Array,
  d: number,
  points: Float64Array,
  labels: Int32Array,
  mostLabels: number,
): Float64Array {
  const n = rows.length / d;
  const nLabellings = labels.length / n;
  const nPoints = points.length / d;
  const gaps = new Float64Array(nPoints);
  const sums = new Float64Array(nLabellings * mostLabels * nPoints);
  for (let i = 0; i < n; i++) {
    fillGaps(rows, i * d, d, points, nPoints, gaps);
    for (let p = 0; p < nPoints; p++) gaps[p] = Math.sqrt(gaps[p]!);
    for (let l = 0; l < nLabellings; l++) {
      const own = labels[l * n + i]!;
      const at = (l * mostLabels + own) * nPoints;
      if (own >= 0) for (let p = 0; p < nPoints; p++) sums[at + p]! += gaps[p]!;
    }
  }
  return sums;
}

/** The kernel in plain numbers, for rows of `d` columns. */
export const plainKernel = (d: number): Kernel => ({
  doubles: (n) => new Float64Array(n),
  integers: (n) => new Int32Array(n),
  hold: (rows) => rows,
  reassign: (rows, points, members, drift) => reassign(rows, d, points, members, drift),
  measure: (data, points, labels) =>
    measureInertia({ data, nRows: labels.length, nColumns: d }, labels, points),
  label(rows, points, labels) {
    const gaps = new Float64Array(points.length / d);
    for (let i = 0; i < labels.length; i++) {
      fillGaps(rows, i * d, d, points, gaps.length, gaps);
      let best = 0;
      for (let c = 1; c < gaps.length; c++) if (gaps[c]! < gaps[best]!) best = c;
      labels[i] = best;
    }
  },
  spread(rows, points, nearest, found) {
    const gaps = new Float64Array(points.length / d);
    const sums = new Float64Array(gaps.length);
    for (let i = 0; i < nearest.length; i++) {
      fillGaps(rows, i * d, d, points, gaps.length, gaps);
      for (let t = 0; t < gaps.length; t++) {
        const kept = Math.min(nearest[i]!, gaps[t]!);
        found[t * nearest.length + i] = kept;
        sums[t]! += kept;
      }
    }
    return sums;
  },
  sumDistances: (rows, points, labels, mostLabels) => sumDistances(rows, d, points, labels, mostLabels),
});
