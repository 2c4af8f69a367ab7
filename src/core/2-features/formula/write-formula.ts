import type { Collected } from '../../1-collect/collected';
import { offersOf, standAt } from '../offers';
import { defineFormula, type FormulaDefinition, nameFormula } from './define-formula';
import type { Formula } from './formula';

/**
 * A person's formula, read against the features that this data allows and the formulas that do not rest on `previous`, the
 * one that it replaces.
 */
export function writeFormula(
  collected: Collected,
  written: { label: string; text: string; previous: FormulaDefinition | null },
  formulas: FormulaDefinition[],
): FormulaDefinition {
  const { label, text, previous } = written;
  const offers = offersOf(collected, standAt(collected, null));
  const here = offers.filter(({ isAvailable }) => isAvailable).map(({ definition }) => definition);
  const resting = previous ? restingOn(previous.name, formulas) : new Set<string>();
  const known = [...here, ...formulas.filter(({ name }) => !resting.has(name))];
  const taken = [...offers.map(({ definition }) => definition), ...formulas];
  return defineFormula(previous?.name ?? nameFormula(label, taken), label, text, known, previous);
}

/** Names of the formulas that use one, or use those that do, and its own. */
function restingOn(name: string, formulas: FormulaDefinition[]): Set<string> {
  const found = new Set([name]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const one of formulas)
      if (featuresOf(one.formula).some((used) => found.has(used.replace(/:missing$/, ''))))
        found.add(one.name);
  }
  return found;
}

function featuresOf(formula: Formula): string[] {
  switch (formula.is) {
    case 'number':
      return [];
    case 'feature':
      return [formula.name];
    case 'unary':
      return featuresOf(formula.of);
    case 'binary':
      return [...featuresOf(formula.left), ...featuresOf(formula.right)];
    case 'call':
      return formula.arguments.flatMap(featuresOf);
  }
}
