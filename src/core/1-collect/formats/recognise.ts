import { headerKey, isMeaningfulPrefix, withoutSharedPrefix } from '../header-key';
import { headerWords } from '../role-words';
import { keysOf, type KnownExport } from './known-export';
import { knownExports } from './registry';

/** The headers of a table in words, without what all of them begin with, and the export that they are known from. */
export function recogniseHeaders(names: readonly string[]): {
  words: string[];
  source: KnownExport | null;
} {
  const words = names.map(headerWords);
  const source = recogniseExport(words);
  const bare = withoutSharedPrefix(words);
  if (source || bare === words) return { words, source };
  const known = recogniseExport(bare);
  return known || !isMeaningfulPrefix(words) ? { words: bare, source: known } : { words, source: null };
}

/** Of several exports that fit the one that knows most of the headers. */
function recogniseExport(words: readonly string[]): KnownExport | null {
  const keys = new Set(words.map(headerKey));
  let best: { source: KnownExport; known: number } | null = null;
  for (const source of knownExports) {
    if (!source.signatures.some((signature) => isMet(signature, keys))) continue;
    const known = words.filter((text) => knows(source, text)).length;
    if (!best || known > best.known) best = { source, known };
  }
  return best?.source ?? null;
}

const isMet = (signature: string[], keys: Set<string>): boolean =>
  signature.every((headers) =>
    headers.startsWith('!')
      ? !keysOf(headers.slice(1)).some((key) => keys.has(key))
      : keysOf(headers).some((key) => keys.has(key)),
  );

const allKeys = new Map<KnownExport, Set<string>>();
const knows = (source: KnownExport, words: string): boolean => {
  let keys = allKeys.get(source);
  if (!keys) allKeys.set(source, (keys = new Set(Object.values(source.roles).flatMap(keysOf))));
  return keys.has(headerKey(words)) || (source.patterns ?? []).some(([pattern]) => pattern.test(words));
};
