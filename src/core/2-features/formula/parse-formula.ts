import { AppError } from '../../kit/errors';
import type { FeatureDefinition } from '../feature-table';
import type { BinaryOperator, Formula } from './formula';
import { formulaFunctions } from './functions';
import { nearestName } from './nearest-name';
import { readTokens, type Token } from './tokens';

type Known = Pick<FeatureDefinition, 'name' | 'label'>;
type Reader = { tokens: Token[]; next: number; depth: number; known: Known[] };

const deepest = 100;

/** How strongly each sign binds; both sides of a comparison must be sums, so `1 < 2 < 3` is refused. */
const strengths = new Map<string, { strength: number; operator: BinaryOperator }>([
  ['or', { strength: 1, operator: 'or' }],
  ['and', { strength: 2, operator: 'and' }],
  ...(['<', '<=', '>', '>=', '=', '!='] as const).map(
    (operator) => [operator, { strength: 4, operator }] as const,
  ),
  ['==', { strength: 4, operator: '=' }],
  ['<>', { strength: 4, operator: '!=' }],
  ['+', { strength: 5, operator: '+' }],
  ['-', { strength: 5, operator: '-' }],
  ['*', { strength: 6, operator: '*' }],
  ['/', { strength: 6, operator: '/' }],
  ['^', { strength: 8, operator: '^' }],
]);
const notStrength = 3;
const comparison = 4;
const minusStrength = 7;
const powerStrength = 8;

/**
 * What a text means, its traits found among those known: by name, or by label in quotation marks. Every refusal says
 * where. `^` binds before a minus sign and from the right, as on paper.
 */
export function parseFormula(text: string, known: Known[]): Formula {
  const reader: Reader = { tokens: readTokens(text), next: 0, depth: 0, known };
  const formula = readExpression(reader, 0);
  if (peek(reader).kind !== 'end') throw refuse('the end or a sign like + here', peek(reader));
  return formula;
}

const peek = ({ tokens, next }: Reader): Token => tokens[next]!;
const isSign = (reader: Reader, sign: string): boolean =>
  peek(reader).kind === 'sign' && peek(reader).text === sign;
const take = (reader: Reader): Token => reader.tokens[reader.next++]!;

const refuse = (wanted: string, { kind, text, at }: Token): AppError =>
  new AppError('FormulaUnreadable', wanted, kind === 'end' ? 'the end of the formula' : `"${text}"`, at);

function readExpression(reader: Reader, weakest: number): Formula {
  if (++reader.depth > deepest) throw new AppError('FormulaTooDeep', deepest, peek(reader).at);
  let left = readOperand(reader);
  for (;;) {
    const token = peek(reader);
    const found = token.kind === 'quoted' ? undefined : strengths.get(token.text.toLowerCase());
    if (!found || found.strength < weakest) break;
    take(reader);
    // From the right for powers: what follows may bind as strongly; else it must bind more strongly.
    const right = readExpression(
      reader,
      found.strength === powerStrength ? powerStrength : found.strength + 1,
    );
    left = { is: 'binary', operator: found.operator, left, right };
    const after = peek(reader);
    if (found.strength === comparison && strengths.get(after.text)?.strength === comparison)
      throw refuse('one comparison at a time, joined by "and"', after);
  }
  reader.depth--;
  return left;
}

function readOperand(reader: Reader): Formula {
  const token = take(reader);
  if (token.kind === 'number') return { is: 'number', value: readNumber(token) };
  if (token.kind === 'quoted') return findFeature(reader, token);
  if (token.kind === 'name') return readWord(reader, token);
  if (token.text === '-') return { is: 'unary', operator: '-', of: readExpression(reader, minusStrength) };
  if (token.text === '(') {
    const inner = readExpression(reader, 0);
    close(reader);
    return inner;
  }
  throw refuse('a number, a trait or "("', token);
}

function readNumber(token: Token): number {
  const value = Number(token.text);
  if (!Number.isFinite(value)) throw refuse('a number below 1e308', token);
  return value;
}

function close(reader: Reader): void {
  if (!isSign(reader, ')')) throw refuse('")"', peek(reader));
  take(reader);
}

function readWord(reader: Reader, token: Token): Formula {
  const word = token.text.toLowerCase();
  if (word === 'not') return { is: 'unary', operator: 'not', of: readExpression(reader, notStrength) };
  if (word === 'true' || word === 'false') return { is: 'number', value: word === 'true' ? 1 : 0 };
  return isSign(reader, '(') ? readCall(reader, token) : findFeature(reader, token);
}

function readCall(reader: Reader, token: Token): Formula {
  const name = token.text.toLowerCase();
  const called = formulaFunctions.get(name);
  if (!called)
    throw new AppError(
      'NoSuchFunction',
      token.text,
      token.at,
      nearestName(token.text, [...formulaFunctions.keys()]),
    );
  take(reader);
  const given: Formula[] = [];
  if (!isSign(reader, ')')) given.push(readExpression(reader, 0));
  while (isSign(reader, ',')) {
    take(reader);
    given.push(readExpression(reader, 0));
  }
  close(reader);
  if (given.length < called.fewest || given.length > called.most)
    throw new AppError('WrongArguments', called.usage, given.length, token.at);
  return { is: 'call', function: name, arguments: given };
}

/** By exact name, by label, else by either whatever the case. */
function findFeature({ known }: Reader, { text, at }: Token): Formula {
  const low = text.toLowerCase();
  const found =
    known.find(({ name }) => name === text) ??
    known.find(({ label }) => label === text) ??
    known.find(({ name, label }) => name.toLowerCase() === low || label.toLowerCase() === low);
  if (found) return { is: 'feature', name: found.name };
  const names = known.flatMap(({ name, label }) => [name, label]);
  throw new AppError('NoSuchTrait', text, at, nearestName(text, names));
}
