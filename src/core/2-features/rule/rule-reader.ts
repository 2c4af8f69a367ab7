import { AppError } from '../../kit/errors';
import { nearestName } from '../formula/nearest-name';
import type { RuleNames } from './rule-names';
import { readNumberAt } from './rule-numbers';

/** What was read, and where it ends. */
export type Read<T> = { value: T; end: number };

/** A sentence being read, and the furthest place at which it could not go on. */
export type Reader = {
  text: string;
  names: RuleNames;
  failure: { at: number; error: () => AppError } | null;
};

/** Remembers that something was wanted at a place; null, so that the next reading is tried. */
export function want(reader: Reader, at: number, wanted: string): null {
  return fail(reader, at, () => new AppError('RuleUnreadable', wanted, sayRest(reader, at), at + 1));
}

export function fail(reader: Reader, at: number, error: () => AppError): null {
  if (!reader.failure || at > reader.failure.at) reader.failure = { at, error };
  return null;
}

function sayRest({ text }: Reader, at: number): string {
  const rest = text.slice(at).trim();
  return rest === '' ? 'the end of the sentence' : `"${rest.length > 40 ? `${rest.slice(0, 40)}…` : rest}"`;
}

const isWordPart = (character: string | undefined): boolean => /^[\p{L}\p{N}]$/u.test(character ?? '');

/** Where these words end if they stand here, whatever their case; -1 if they do not. */
export function eat({ text }: Reader, at: number, words: string): number {
  const end = at + words.length;
  const found = text.slice(at, end);
  if (found !== words && found.toLowerCase() !== words.toLowerCase()) return -1;
  return isWordPart(words.at(-1)) && isWordPart(text[end]) ? -1 : end;
}

/** The first of several words that stands here. */
export function eatOne<T>(
  reader: Reader,
  at: number,
  choices: readonly (readonly [string, T])[],
): Read<T> | null {
  for (const [words, value] of choices) {
    const end = eat(reader, at, words);
    if (end >= 0) return { value, end };
  }
  return null;
}

/** Whether a condition may end here: at the end, a comma, a bracket, an "and" or an "or". */
export function isEnd({ text }: Reader, at: number): boolean {
  const pattern = /\s*\.?\s*$|,|;|\)| and | or /iy;
  pattern.lastIndex = at;
  return pattern.test(text);
}

export function readNumber(reader: Reader, at: number): Read<number> | null {
  return readNumberAt(reader.text, at) ?? want(reader, at, 'a number');
}

/** A name in quotation marks, doubled inside. */
export function readQuoted({ text }: Reader, at: number): Read<string> | null {
  const pattern = /"((?:[^"]|"")*)"/y;
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found && { value: found[1]!.replaceAll('""', '"'), end: pattern.lastIndex };
}

/** One of the names: quoted, or the longest that stands here. `what` says what is named. */
export function readName(reader: Reader, at: number, names: string[], what: string): Read<string> | null {
  const quoted = readQuoted(reader, at);
  if (quoted) return names.includes(quoted.value) ? quoted : missName(reader, at, names, what, quoted.value);
  let best: Read<string> | null = null;
  for (const name of names) {
    if (name === '' || name.includes('"') || (best && name.length < best.value.length)) continue;
    const end = eat(reader, at, name);
    const isExact = reader.text.startsWith(name, at);
    if (end >= 0 && (!best || name.length > best.value.length || isExact)) best = { value: name, end };
  }
  return best ?? missName(reader, at, names, what, subjectAt(reader, at));
}

function missName(reader: Reader, at: number, names: string[], what: string, name: string): null {
  return fail(
    reader,
    at,
    () => new AppError('RuleNameUnknown', what, name, at + 1, nearestName(name, names)),
  );
}

/** The words up to the end of a condition, without its limit: what was probably meant as a name. */
export const subjectAt = ({ text }: Reader, at: number): string =>
  text
    .slice(at)
    .split(/, |; |\)| and | or /i)[0]!
    .replace(
      /\s+(at least|at most|over|under|exactly|other than|within|is|in the last|since|until|\d).*$/i,
      '',
    )
    .replace(/\.$/, '')
    .trim();
