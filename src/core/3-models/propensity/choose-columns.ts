import type { Matrix } from '../../kit/matrix';
import { sampleRows } from '../rows';
import { binRows, findEdges, sortColumns } from './bin-columns';
import { pickLabelled, startLogOdds, type LabelledRows } from './labelled-rows';
import { sigmoidOf } from './logistic';

const nBins = 16;
/** Cells looked at in all: many columns are screened on fewer rows. */
const mostCells = 20_000_000;
const [fewestSampled, mostSampled] = [2_000, 20_000];

/**
 * The columns worth learning from, rising: all when there are at most `most`, else those whose bins alone explain most
 * of the outcome (score statistic less its degrees of freedom).
 */
export function chooseColumns(X: Matrix, labelled: LabelledRows, most: number, seed: number): Int32Array {
  const all = Int32Array.from({ length: X.nColumns }, (_, j) => j);
  if (X.nColumns <= most) return all;
  const size = Math.max(fewestSampled, Math.min(mostSampled, Math.floor(mostCells / X.nColumns)));
  const sample = pickLabelled(labelled, sampleRows(labelled.rows.length, size, seed));
  const p = sigmoidOf(startLogOdds(sample));
  const worth = Float64Array.from(all, (j) => {
    const edges = sortColumns(X, sample.rows, [j], seed).map((sorted) => findEdges(sorted, nBins));
    const bytes = binRows(X, sample.rows, [j], edges).bytes[0]!;
    return scoreBins(bytes, sample, p);
  });
  return all
    .sort((a, b) => worth[b]! - worth[a]! || a - b)
    .slice(0, most)
    .sort();
}

/** Sum over bins of squared residual over its variance, less the bins in use. */
function scoreBins(bytes: Uint8Array, { y, weights }: LabelledRows, p: number): number {
  const residual = new Float64Array(nBins + 1);
  const variance = new Float64Array(nBins + 1);
  for (let i = 0; i < bytes.length; i++) {
    residual[bytes[i]!]! += weights[i]! * (y[i]! - p);
    variance[bytes[i]!]! += weights[i]! * weights[i]! * p * (1 - p);
  }
  return residual.reduce(
    (sum, value, b) => (variance[b]! > 0 ? sum + (value * value) / variance[b]! - 1 : sum),
    0,
  );
}
