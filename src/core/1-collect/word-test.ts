const smallLetter = (code: number): number => (code >= 65 && code <= 90 ? code + 32 : code);

/**
 * Tells whether a text, trimmed and in small letters, is one of a few words that begin with ASCII. The first letter
 * settles most: a set would need the hash of every text, which for a million new ones takes a browser seconds.
 */
export function wordTest(words: readonly string[]): (text: string) => boolean {
  const longest = Math.max(...words.map(({ length }) => length));
  const byFirst = new Map<number, string[]>();
  for (const word of words) {
    const first = word.charCodeAt(0);
    byFirst.set(first, [...(byFirst.get(first) ?? []), word]);
  }
  return (text) => {
    const trimmed = text.trim();
    if (trimmed.length > longest) return false;
    return byFirst.get(smallLetter(trimmed.charCodeAt(0)))?.includes(trimmed.toLowerCase()) ?? false;
  };
}
