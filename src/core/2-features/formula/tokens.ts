import { AppError } from '../../kit/errors';

/** `at` counts characters from 1. A quoted name has no quotation marks in `text` any more. */
export type Token = { kind: 'number' | 'name' | 'quoted' | 'sign' | 'end'; text: string; at: number };

const longest = 2000;

const patterns: { kind: 'space' | Token['kind']; pattern: RegExp }[] = [
  { kind: 'space', pattern: /\s+/y },
  { kind: 'number', pattern: /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y },
  { kind: 'name', pattern: /[\p{L}_][\p{L}\p{N}_]*/uy },
  { kind: 'quoted', pattern: /"(?:[^"]|"")*"/y },
  { kind: 'sign', pattern: /<=|>=|!=|<>|==|[-+*/^<>=(),]/y },
];

/** The formula's words and signs, with an end. Refuses what is none, an open quotation mark and endless texts. */
export function readTokens(text: string): Token[] {
  if (text.length > longest) throw new AppError('FormulaTooLong', text.length, longest);
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const token = readToken(text, at);
    if (!token)
      throw new AppError('FormulaUnreadable', 'a number, a trait or a sign', sayCharacter(text, at), at + 1);
    at += token.length;
    if (token.kind !== 'space') tokens.push({ kind: token.kind, text: token.text, at: token.at });
  }
  return [...tokens, { kind: 'end', text: '', at: text.length + 1 }];
}

function readToken(text: string, at: number) {
  for (const { kind, pattern } of patterns) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) continue;
    const plain = kind === 'quoted' ? found.slice(1, -1).replaceAll('""', '"') : found;
    return { kind, text: plain, at: at + 1, length: found.length };
  }
  return null;
}

const sayCharacter = (text: string, at: number): string =>
  text[at] === '"'
    ? 'a quotation mark that is not closed'
    : `"${String.fromCodePoint(text.codePointAt(at)!)}"`;
