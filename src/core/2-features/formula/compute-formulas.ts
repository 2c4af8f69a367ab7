import type { Feature, FeatureDefinition } from '../feature-table';
import { flagMissing, orTypical } from '../measures/measure';
import type { FormulaDefinition } from './define-formula';
import { prepareFormula } from './evaluate-formula';

type Columns = (name: string) => Float64Array | undefined;

/**
 * Features from formulas over the columns, which see as missing what was filled in; a formula may use those before it. A
 * missing result becomes the median of all others, and a flag beside it says so. Those whose features are not there are
 * left out.
 */
export function computeFormulas(formulas: FormulaDefinition[], columns: Columns, nRows: number): Feature[] {
  const made = new Map<string, Float64Array>();
  return formulas.flatMap((definition) => {
    const columnOf: Columns = (name) => made.get(name) ?? emptyWhereFilled(columns, name);
    const value = prepareFormula(definition.formula, columnOf);
    if (!value) return [];
    const raw = Float64Array.from({ length: nRows }, (_, row) => value(row));
    made.set(definition.name, raw);
    return describe(definition, raw);
  });
}

/** A feature's values with NaN again where its flag says that none was given. */
function emptyWhereFilled(columns: Columns, name: string): Float64Array | undefined {
  const isMissing = columns(`${name}:missing`);
  return isMissing ? columns(name)?.map((value, row) => (isMissing[row] ? NaN : value)) : columns(name);
}

function describe({ name, label, text }: FormulaDefinition, raw: Float64Array): Feature[] {
  const hasMissing = raw.some(Number.isNaN);
  const definition: FeatureDefinition = {
    name,
    label,
    unit: 'number',
    formula: hasMissing ? `${text}; where missing, the median of all customers` : text,
    source: 'formula',
    high: `${label} high`,
    low: `${label} low`,
  };
  const feature = { definition, values: orTypical(raw) };
  if (!hasMissing) return [feature];
  const flag: FeatureDefinition = {
    ...definition,
    name: `${name}:missing`,
    label: `${label}: missing`,
    unit: 'flag',
    formula: `1 where ${label} is missing, else 0`,
    high: `${label}: missing`,
    low: `not ${label}: missing`,
  };
  return [feature, { definition: flag, values: flagMissing(raw) }];
}
