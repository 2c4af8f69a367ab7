import type { BinaryOperator, Formula } from './formula';
import { formulaFunctions } from './functions';

/** Gives a row's value; NaN is missing, and nothing infinite comes out. */
export type RowValue = (row: number) => number;

/**
 * Rules of SQL: what is reckoned with a missing value is missing, and so are x / 0, the root or logarithm of what has
 * none and what is too large; but `0 and missing` is 0, `1 or missing` is 1. A feature or a function
 * that is not there gives null.
 */
export function prepareFormula(
  formula: Formula,
  columnOf: (name: string) => Float64Array | undefined,
): RowValue | null {
  switch (formula.is) {
    case 'number':
      return () => formula.value;
    case 'feature': {
      const values = columnOf(formula.name);
      return values ? (row) => values[row]! : null;
    }
    case 'unary': {
      const of = prepareFormula(formula.of, columnOf);
      return of && (formula.operator === '-' ? (row) => -of(row) : (row) => not(of(row)));
    }
    case 'binary': {
      const left = prepareFormula(formula.left, columnOf);
      const right = prepareFormula(formula.right, columnOf);
      const reckon = operators[formula.operator];
      return left && right && ((row) => orMissing(reckon(left(row), right(row))));
    }
    case 'call': {
      const called = formulaFunctions.get(formula.function);
      if (!called) return null;
      const { apply, seesMissing } = called;
      const given = formula.arguments.map((each) => prepareFormula(each, columnOf));
      if (!given.every((each) => each !== null)) return null;
      return (row) => {
        const values = given.map((each) => each(row));
        return !seesMissing && values.some(Number.isNaN) ? NaN : orMissing(apply(values));
      };
    }
  }
}

const orMissing = (value: number): number => (Number.isFinite(value) ? value : NaN);
const isMissing = Number.isNaN;
const not = (value: number): number => (isMissing(value) ? NaN : Number(value === 0));

const compare =
  (holds: (a: number, b: number) => boolean) =>
  (a: number, b: number): number =>
    isMissing(a) || isMissing(b) ? NaN : Number(holds(a, b));

const operators: Record<BinaryOperator, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? NaN : a / b),
  // JavaScript has NaN ** 0 = 1; here a missing base stays missing.
  '^': (a, b) => (isMissing(a) ? NaN : a ** b),
  '<': compare((a, b) => a < b),
  '<=': compare((a, b) => a <= b),
  '>': compare((a, b) => a > b),
  '>=': compare((a, b) => a >= b),
  '=': compare((a, b) => a === b),
  '!=': compare((a, b) => a !== b),
  and: (a, b) => (a === 0 || b === 0 ? 0 : isMissing(a) || isMissing(b) ? NaN : 1),
  or: (a, b) =>
    (a !== 0 && !isMissing(a)) || (b !== 0 && !isMissing(b)) ? 1 : isMissing(a) || isMissing(b) ? NaN : 0,
};
