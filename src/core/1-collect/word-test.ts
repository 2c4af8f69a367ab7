const smallLetter = (code: number): number => (code >= 65 && code <= 90 ? code + 32 : code);
const isVisible = (code: number): boolean => code > 32 && code < 127;

/**
 * Tells whether a text, trimmed and in small letters, is one of a few words that begin with ASCII. The first letter
 * settles most: a set would need the hash of every text, which for a million new ones takes a browser seconds.
 */
export function wordTest(words: readonly string[]): (text: string) => boolean {
  const longest = Math.max(...words.map(({ length }) => length));
  const begins = new Uint8Array(127);
  for (const word of words) begins[word.charCodeAt(0)] = 1;
  return (text) => {
    const first = text.charCodeAt(0);
    if (isVisible(first) && !begins[smallLetter(first)]) return false;
    const trimmed = text.trim();
    return trimmed.length <= longest && words.includes(trimmed.toLowerCase());
  };
}
