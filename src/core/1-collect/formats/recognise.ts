import { headerKey } from '../header-key';
import { keysOf, type KnownExport } from './known-export';
import { knownExports } from './registry';

/** Which export a table is, from its headers in words; `confidence` 0..1 grows with the share of headers known. */
export function recogniseExport(
  words: readonly string[],
): { source: KnownExport; confidence: number } | null {
  const keys = new Set(words.map(headerKey));
  let best: { source: KnownExport; confidence: number } | null = null;
  for (const source of knownExports) {
    if (!source.signatures.some((signature) => isMet(signature, keys))) continue;
    if (source.refusal && peopleKeys.some((key) => keys.has(key))) continue;
    const known = words.filter((text) => knows(source, text)).length;
    const confidence = 0.9 + (0.09 * known) / words.length;
    if (!best || confidence > best.confidence) best = { source, confidence };
  }
  return best;
}

const isMet = (signature: string[], keys: Set<string>): boolean =>
  signature.every((headers) => keysOf(headers).some((key) => keys.has(key)));

/** Totals over everybody name nobody. */
const peopleKeys = keysOf('user pseudo id|customer id|user id|client id|email|record id|distinct id');

const allKeys = new Map<KnownExport, Set<string>>();
const knows = (source: KnownExport, words: string): boolean => {
  let keys = allKeys.get(source);
  if (!keys) allKeys.set(source, (keys = new Set(Object.values(source.roles).flatMap(keysOf))));
  return keys.has(headerKey(words)) || (source.patterns ?? []).some(([pattern]) => pattern.test(words));
};
