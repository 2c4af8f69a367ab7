import type { Coded } from '../../1-collect/canonical';
import { createRandom } from '../../kit/random';
import { encodeLevels, type LevelValues, perLevel } from './encode-levels';

/** `smoothing`: how many rows of the overall mean each text is mixed with. */
export type TargetParams = { smoothing: number; nFolds: number; seed: number };

/**
 * The mean of y among rows with the same text, drawn to the overall mean: (sum of y + smoothing * mean) / (n + smoothing),
 * as scikit-learn's TargetEncoder (1.3 and later) with `smooth` a number. Missing is a text of its own.
 */
export const targetEncode = {
  name: 'targetEncode',
  defaults: { smoothing: 10, nFolds: 5, seed: 0 } satisfies TargetParams,

  fit: (coded: Coded, y: ArrayLike<number>, { smoothing }: TargetParams): LevelValues =>
    fitRows(coded, y, Array.from(coded.codes.keys()), smoothing),

  /** For rows that were not learnt from. */
  transform: (model: LevelValues, coded: Coded): Float64Array => encodeLevels(model, coded),

  /**
   * For the training rows themselves: each is told by the other folds, so that none is told by its own y. Rows of one
   * group (a customer at several dates) go into one fold.
   */
  fitTransform(
    coded: Coded,
    y: ArrayLike<number>,
    { smoothing, nFolds, seed }: TargetParams,
    groups: ArrayLike<number> = coded.codes.map((_, row) => row),
  ): Float64Array {
    const n = coded.codes.length;
    const folds = foldsOfGroups(groups, nFolds, seed);
    const encoded = new Float64Array(n);
    for (let fold = 0; fold < nFolds; fold++) {
      const others = Array.from(folds.keys()).filter((row) => folds[row] !== fold);
      const told = encodeLevels(fitRows(coded, y, others, smoothing), coded);
      folds.forEach((own, row) => {
        if (own === fold) encoded[row] = told[row]!;
      });
    }
    return encoded;
  },
};

function fitRows(coded: Coded, y: ArrayLike<number>, rows: number[], smoothing: number): LevelValues {
  const mean = rows.reduce((sum, row) => sum + y[row]!, 0) / rows.length;
  const values = perLevel(coded, rows, y, (n, sum) => (sum + smoothing * mean) / (n + smoothing));
  return { values, unseen: mean };
}

function foldsOfGroups(groups: ArrayLike<number>, nFolds: number, seed: number): Int32Array {
  const places = new Map<number, number>();
  for (let row = 0; row < groups.length; row++)
    if (!places.has(groups[row]!)) places.set(groups[row]!, places.size);
  const folds = dealFolds(places.size, nFolds, seed);
  return Int32Array.from(groups, (group) => folds[places.get(group)!]!);
}

/** Folds of nearly the same size, dealt at random. */
function dealFolds(n: number, nFolds: number, seed: number): Int32Array {
  const folds = Int32Array.from({ length: n }, (_, row) => row % nFolds);
  const random = createRandom(seed);
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [folds[i], folds[j]] = [folds[j]!, folds[i]!];
  }
  return folds;
}
