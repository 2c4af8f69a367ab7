import type { Matrix } from '../../kit/matrix';
import { takeRows } from '../rows';

/** A category of each row as a code below `levels.length`; the last level is "missing" where any row has none. */
export type CategoryColumn = { codes: Int32Array; levels: string[] };

/** Rows of numbers with categories beside them; a plain matrix is one without. */
export type MixedMatrix = Matrix & { categories?: CategoryColumn[] };

/** The level of rows without a value. */
export const missingLevel = '(missing)';

/**
 * Texts as codes, levels in alphabetical order; null and empty texts get a level of their own, the last. With `levels`
 * from an earlier fit, texts unknown then count as missing.
 */
export function encodeCategory(texts: readonly (string | null)[], known?: string[]): CategoryColumn {
  const isMissing = (text: string | null): text is null => text === null || text === '';
  const found = [...new Set(texts.filter((text) => !isMissing(text)) as string[])].sort();
  const named = known?.filter((level) => level !== missingLevel) ?? found;
  const codeOf = new Map(named.map((level, code) => [level, code]));
  const codes = Int32Array.from(
    texts,
    (text) => (text === null ? undefined : codeOf.get(text)) ?? named.length,
  );
  const hasMissing = known?.includes(missingLevel) || codes.some((code) => code === named.length);
  return { codes, levels: hasMissing ? [...named, missingLevel] : named };
}

/** The rows at `index`, numbers and categories. */
export const takeMixedRows = (X: MixedMatrix, index: ArrayLike<number>): MixedMatrix => ({
  ...takeRows(X, index),
  categories: (X.categories ?? []).map(({ codes, levels }) => ({
    codes: Int32Array.from(index, (row) => codes[row]!),
    levels,
  })),
});
