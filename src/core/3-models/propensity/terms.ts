import { type ColumnTransform, fitColumn, transformValue } from '../../2-features/transforms/fit-column';
import type { NumberTransformName } from '../../2-features/transforms/registry';
import type { Matrix } from '../../kit/matrix';
import { quantileSorted } from '../../kit/quantiles';

/**
 * One column of the design: a line through a feature's standardised scale that may change its slope at `bend`, minus
 * `middle` and over `spread`. Two terms of one feature make any line with that one bend.
 */
export type Term = {
  transform: ColumnTransform;
  bend: number;
  below: number;
  above: number;
  middle: number;
  spread: number;
};

/** Nobody counts as further out than this many standard deviations: the edges say what was seen near them. */
const outermost = 3;
/** The bend lies where this share of the rows learnt from is below it. */
const bendShare = 0.6;
/** Below the bend a line keeps at least this part of its slope above: no stretch says nothing at all. */
const gentle = 0.1;

function drawLine({ bend, below, above }: Pick<Term, 'bend' | 'below' | 'above'>, z: number): number {
  const gap = Math.min(outermost, Math.max(-outermost, z)) - bend;
  return (gap < 0 ? below : above) * gap;
}

export const valueOfTerm = (term: Term, z: number): number => (drawLine(term, z) - term.middle) / term.spread;

export const straightTerm = (transform: ColumnTransform): Term => ({
  transform,
  bend: 0,
  below: 1,
  above: 1,
  middle: 0,
  spread: 1,
});

/** The terms of one feature: a straight line, or a line with a bend that is steeper or gentler above it. */
export function fitTerms(
  name: string,
  values: Float64Array,
  mayBend: boolean,
  wanted?: NumberTransformName,
): Term[] {
  const transform = fitColumn(name, values, wanted);
  if (!mayBend || transform.sd === 0) return [straightTerm(transform)];
  const z = values.map((value) => transformValue(transform, value));
  const bend = quantileSorted(z.slice().sort(), bendShare);
  return [
    { bend, below: gentle, above: 1 },
    { bend, below: 1, above: 0 },
  ].map((line) => {
    const drawn = z.map((value) => drawLine(line, value));
    const middle = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const variance = drawn.reduce((sum, value) => sum + (value - middle) ** 2, 0) / drawn.length;
    return { transform, ...line, middle, spread: Math.sqrt(variance) || 1 };
  });
}

/** The design's rows; `columnOf` gives each feature's values by its name. */
export function designRows(terms: Term[], columnOf: (name: string) => Float64Array): Matrix {
  const nColumns = terms.length;
  const nRows = nColumns > 0 ? columnOf(terms[0]!.transform.name).length : 0;
  const data = new Float64Array(nRows * nColumns);
  terms.forEach((term, j) => {
    const values = columnOf(term.transform.name);
    for (let i = 0; i < nRows; i++)
      data[i * nColumns + j] = valueOfTerm(term, transformValue(term.transform, values[i]!));
  });
  return { data, nRows, nColumns };
}
