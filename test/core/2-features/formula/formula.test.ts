import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeFormulas } from '../../../../src/core/2-features/formula/compute-formulas';
import { defineFormula } from '../../../../src/core/2-features/formula/define-formula';
import { prepareFormula } from '../../../../src/core/2-features/formula/evaluate-formula';
import { formulaFunctions } from '../../../../src/core/2-features/formula/functions';
import { parseFormula } from '../../../../src/core/2-features/formula/parse-formula';

const known = [
  { name: 'recency', label: 'days since last order' },
  { name: 'frequency', label: 'number of orders' },
  { name: 'monetary', label: 'total spend' },
  { name: 'contract:One "year"', label: 'Contract: One "year"' },
];
const columns = new Map([
  ['recency', Float64Array.of(10, 0, NaN)],
  ['frequency', Float64Array.of(4, 1, 2)],
  ['monetary', Float64Array.of(100, -8, 50)],
  ['contract:One "year"', Float64Array.of(1, 0, 1)],
]);
const columnOf = (name: string) => columns.get(name);
const valueOf = (text: string, row = 0) => prepareFormula(parseFormula(text, known), columnOf)!(row);

describe('parseFormula', () => {
  test.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['2 ^ -1', 0.5],
    ['10 - 4 - 3', 3],
    ['8 / 4 / 2', 1],
    ['.5 + 1e1 + 2.', 12.5],
    ['1 < 2 and not 3 < 2', 1],
    ['not 1 = 2', 1],
    ['1 = 1 or 1 / 0 = 1', 1],
    ['0 and 1 or 1', 1],
    ['1 <> 1 or 2 != 2 or 3 == 4', 0],
    ['TRUE and not False', 1],
    ['frequency * recency', 40],
    ['"number of orders" + "Contract: One ""year"""', 5],
    ['Frequency + "Total Spend"', 104],
    ['IF(recency > 5, monetary, 0)', 100],
    ['min(3, 1, 2) + max(3, 1, 2)', 4],
    ['clip(monetary, 0, 20)', 20],
    ['bucket(recency, 5, 10, 20)', 2],
    ['abs(-3) + floor(2.7) + ceil(2.1) + sqrt(9)', 11],
    ['round(2.5) * 10 + round(-2.5)', 27],
    ['log(exp(2)) + log1p(0)', 2],
    ['coalesce(1 / 0, 7)', 7],
  ])('reads %s as %d', (text, value) => expect(valueOf(text)).toBeCloseTo(value, 12));

  test.each([
    ['', 'need a number, a trait or "(" at position 1 of the formula; got the end of the formula'],
    ['1 +', 'need a number, a trait or "(" at position 4 of the formula; got the end of the formula'],
    ['1 + * 2', 'need a number, a trait or "(" at position 5 of the formula; got "*"'],
    ['(1 + 2', 'need ")" at position 7 of the formula; got the end of the formula'],
    ['1 2', 'need the end or a sign like + here at position 3 of the formula; got "2"'],
    ['1 < 2 < 3', 'need one comparison at a time, joined by "and" at position 7 of the formula; got "<"'],
    ['recency; 2', 'at position 8 of the formula; got ";"'],
    ['"open', 'at position 1 of the formula; got a quotation mark that is not closed'],
    ['1e999', 'need a number below 1e308 at position 1'],
    [
      '2 * recensy',
      'need the name of a trait at position 5 of the formula; got "recensy": did you mean "recency"?',
    ],
    ['"days since order"', 'got "days since order": did you mean "days since last order"?'],
    ['zzzzzz', 'choose one of the list'],
    ['logp(2)', 'need a function at position 1 of the formula; got "logp": did you mean log'],
    ['clip(1, 2)', 'need clip(x, low, high) at position 1 of the formula; got 2 values in the brackets'],
    ['if()', 'need if(condition, then, else) at position 1 of the formula; got 0 values in the brackets'],
    ['constructor', 'need the name of a trait'],
    ['__proto__(1)', 'need a function'],
    ['toString(1)', 'need a function'],
  ])('refuses %j and says where', (text, sentence) =>
    expect(() => parseFormula(text, known)).toThrow(sentence),
  );

  test('refuses what nests or goes on without end', () => {
    expect(() => parseFormula('('.repeat(101) + '1' + ')'.repeat(101), known)).toThrow(
      'need at most 100 brackets or signs inside one another',
    );
    expect(() => parseFormula('1+'.repeat(1001) + '1', known)).toThrow(
      'need a formula of at most 2000 characters; got 2003',
    );
    expect(valueOf('1+'.repeat(999) + '1')).toBe(1000);
  });
});

describe('prepareFormula', () => {
  test('what is reckoned with a missing value is missing, as in SQL', () => {
    for (const text of [
      'recency + 1',
      '-recency',
      'recency ^ 0',
      'recency < 3',
      'not recency',
      'max(recency, 1)',
    ])
      expect(valueOf(text, 2), text).toBeNaN();
    expect(valueOf('if(recency > 1, 1, 2)', 2)).toBeNaN();
    expect(valueOf('recency and 0', 2)).toBe(0);
    expect(valueOf('1 or recency', 2)).toBe(1);
    expect(valueOf('recency and 1', 2)).toBeNaN();
    expect(valueOf('0 or recency', 2)).toBeNaN();
    expect(valueOf('coalesce(recency, frequency)', 2)).toBe(2);
  });

  test.each(['1 / 0', '0 / 0', 'log(0)', 'log(-1)', 'sqrt(-1)', 'exp(1000)', '1e300 * 1e300', '(-8) ^ 0.5'])(
    '%s is missing, never infinite',
    (text) => expect(valueOf(text)).toBeNaN(),
  );

  test('a formula whose trait is not there has no values', () => {
    for (const text of ['gone', '-gone', '1 + gone', 'abs(gone)'])
      expect(prepareFormula(parseFormula(text, [{ name: 'gone', label: '' }]), columnOf), text).toBeNull();
  });
});

test('10,000 formulas of any text or of its own words neither crash nor hang, and give finite values or none', () => {
  const words = fc.constantFrom(
    ...[
      ...formulaFunctions.keys(),
      'recency',
      'monetary',
      '"number of orders"',
      'and',
      'or',
      'not',
      '1',
      '0.5',
    ],
    ...['+', '-', '*', '/', '^', '<', '>=', '=', '!=', '(', ')', ',', '"', '()', '((', '-(', '1e9', ' '],
  );
  const own = fc.array(words, { maxLength: 40 }).map((parts) => parts.join(' '));
  const any = fc.string({ unit: 'binary', maxLength: 200 });
  const deep = fc.tuple(words, fc.integer({ min: 1, max: 3000 })).map(([word, n]) => word.repeat(n));
  const { whole } = fc.letrec<{ whole: string }>((tie) => ({
    whole: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom('recency', 'monetary', '"number of orders"', '0', '1', '0.5', '1e9', '-3', '(2)', ''),
      fc
        .tuple(tie('whole'), fc.constantFrom('+', '-', '*', '/', '^', '<', '=', 'and', 'or'), tie('whole'))
        .map((parts) => parts.join(' ')),
      tie('whole').map((inner) => `not (${inner})`),
      fc
        .tuple(
          fc.constantFrom(...formulaFunctions.keys()),
          fc.array(tie('whole'), { minLength: 1, maxLength: 3 }),
        )
        .map(([name, inner]) => `${name}(${inner.join(', ')})`),
    ),
  }));
  let understood = 0;
  const check = (text: string) => {
    try {
      const value = prepareFormula(parseFormula(text, known), columnOf)!;
      for (const row of [0, 1, 2]) expect(Math.abs(value(row))).not.toBe(Infinity);
      understood++;
    } catch (error) {
      expect((error as Error).name).toMatch(/^(Formula|NoSuch|Wrong)/);
    }
  };
  fc.assert(fc.property(fc.oneof(own, any, deep, whole), check), { numRuns: 10_000 });
  expect(understood).toBeGreaterThan(400);
});

test('formulas made of a tree mean what the tree means', () => {
  type Tree = { text: string; value: number };
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      fc.integer({ min: 0, max: 99 }).map((value) => ({ text: `${value}`, value })),
      fc.tuple(tie('tree'), fc.constantFrom('+', '-', '*', '/'), tie('tree')).map(([a, sign, b]) => ({
        text: `(${a.text} ${sign} ${b.text})`,
        value:
          sign === '+'
            ? a.value + b.value
            : sign === '-'
              ? a.value - b.value
              : sign === '*'
                ? a.value * b.value
                : b.value === 0
                  ? NaN
                  : a.value / b.value,
      })),
    ),
  }));
  fc.assert(
    fc.property(tree, ({ text, value }) => {
      expect(valueOf(text)).toBe(value);
    }),
  );
});

describe('defineFormula', () => {
  const define = (text: string, name = 'spendPerOrder') =>
    defineFormula(name, 'Spend per order', text, known);

  test('is plain JSON whose hash follows the meaning, not the spelling', () => {
    const one = define('monetary / frequency');
    expect(JSON.parse(JSON.stringify(one))).toEqual(one);
    expect(one.version).toBe(1);
    expect(one.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(define('"total spend"/ ( Frequency )').hash).toBe(one.hash);
    expect(define('frequency / monetary').hash).not.toBe(one.hash);
    expect(define('monetary / frequency', 'other').hash).not.toBe(one.hash);
  });

  test('raises the version when the meaning changes', () => {
    const one = define('monetary / frequency');
    const again = defineFormula(one.name, 'Renamed', 'monetary/frequency', [...known, one], one);
    expect([again.version, again.label]).toEqual([1, 'Renamed']);
    expect(defineFormula(one.name, one.label, 'monetary * 2', [...known, one], again).version).toBe(2);
  });

  test('refuses a name that is taken or unfit, and a formula that uses itself', () => {
    expect(() => define('1', 'recency')).toThrow('need a name no other trait has; got "recency"');
    for (const name of ['Spend', 'my trait', '', '__proto__', '1a'])
      expect(() => define('1', name)).toThrow('need a name of letters and digits');
    const one = define('monetary');
    expect(() => defineFormula(one.name, '', 'spendPerOrder + 1', [...known, one], one)).toThrow(
      'need the name',
    );
  });
});

describe('computeFormulas', () => {
  const per = defineFormula('daysPerOrder', 'Days per order', 'recency / frequency', known);
  const twice = defineFormula('twice', 'Twice', 'coalesce(daysPerOrder, -1) * 2', [...known, per]);

  test('fills what is missing with the median, flags it, and lets later formulas see that it was', () => {
    const made = computeFormulas([per, twice], columnOf, 3);
    const values = Object.fromEntries(
      made.map(({ definition, values }) => [definition.name, Array.from(values)]),
    );
    expect(values).toEqual({
      daysPerOrder: [2.5, 0, 1.25],
      'daysPerOrder:missing': [0, 0, 1],
      twice: [5, 0, -2],
    });
    expect(made[0]!.definition.formula).toBe(
      'recency / frequency; where missing, the median of all customers',
    );
  });

  test('sees as missing what another feature had filled in', () => {
    const filled = new Map([...columns, ['recency', Float64Array.of(10, 0, 5)]]).set(
      'recency:missing',
      Float64Array.of(0, 0, 1),
    );
    const [, flag] = computeFormulas([per], (name) => filled.get(name), 3);
    expect(Array.from(flag!.values)).toEqual([0, 0, 1]);
  });

  test('lets formulas use each other in any order, and leaves out those that go round in a ring', () => {
    const a = defineFormula('a', '', 'b + 1', [{ name: 'b', label: '' }]);
    const b = defineFormula('b', '', 'a + 1', [{ name: 'a', label: '' }]);
    const base = defineFormula('b', '', 'frequency', known);
    const namesOf = (formulas: (typeof a)[]) =>
      computeFormulas(formulas, columnOf, 3).map(({ definition }) => definition.name);
    expect(namesOf([a, base])).toEqual(['a', 'b']);
    expect(namesOf([a, b, twice, per])).toEqual(['twice', 'daysPerOrder', 'daysPerOrder:missing']);
  });

  test('leaves out formulas whose traits this data does not have', () => {
    const [one] = computeFormulas([per, defineFormula('one', '', '1', known)], () => undefined, 2);
    expect([one!.definition.label, Array.from(one!.values)]).toEqual(['one', [1, 1]]);
  });
});
