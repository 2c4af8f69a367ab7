import type { Feature, FeatureDefinition } from '../feature-table';
import { flagMissing, orTypical } from '../measures/measure';
import type { FormulaDefinition } from './define-formula';
import { prepareFormula } from './evaluate-formula';

type Columns = (name: string) => Float64Array | undefined;

/**
 * Features from formulas over the columns, which see as missing what was filled in; formulas may use each other in any
 * order. A missing result becomes the median of all others, and a flag beside it says so. Those whose features are not
 * there, or that use themselves, are left out.
 */
export function computeFormulas(formulas: FormulaDefinition[], columns: Columns, nRows: number): Feature[] {
  const byName = new Map(formulas.map((one) => [one.name, one]));
  const made = new Map<string, Float64Array | undefined>();
  const compute = (one: FormulaDefinition): Float64Array | undefined => {
    if (made.has(one.name)) return made.get(one.name);
    // While it is being made it is not there: so a ring of formulas ends.
    made.set(one.name, undefined);
    const value = prepareFormula(one.formula, columnOf);
    const raw = value ? Float64Array.from({ length: nRows }, (_, row) => value(row)) : undefined;
    made.set(one.name, raw);
    return raw;
  };
  const columnOf: Columns = (name) => {
    const formula = byName.get(name);
    return formula ? compute(formula) : emptyWhereFilled(columns, name);
  };
  return formulas.flatMap((one) => {
    const raw = compute(one);
    return raw ? toFeatures(one, raw) : [];
  });
}

/** A feature's values with NaN again where its flag says that none was given. */
function emptyWhereFilled(columns: Columns, name: string): Float64Array | undefined {
  const isMissing = columns(`${name}:missing`);
  return isMissing ? columns(name)?.map((value, row) => (isMissing[row] ? NaN : value)) : columns(name);
}

export const describeFormula = ({ name, label, text }: FormulaDefinition): FeatureDefinition => ({
  name,
  label,
  unit: 'number',
  formula: text,
  source: 'formula',
  high: `${label} high`,
  low: `${label} low`,
});

function toFeatures(one: FormulaDefinition, raw: Float64Array): Feature[] {
  const definition = describeFormula(one);
  const { name, label, formula } = definition;
  if (!raw.some(Number.isNaN)) return [{ definition, values: raw }];
  const filled = { ...definition, formula: `${formula}; where missing, the median of all customers` };
  const flag: FeatureDefinition = {
    ...definition,
    name: `${name}:missing`,
    label: `${label}: missing`,
    unit: 'flag',
    formula: `1 where ${label} is missing, else 0`,
    high: `${label}: missing`,
    low: `not ${label}: missing`,
  };
  return [
    { definition: filled, values: orTypical(raw) },
    { definition: flag, values: flagMissing(raw) },
  ];
}
