/** Texts as UTF-8, one behind the other; `ends[i]` is where text i ends. Far lighter than as many strings. */
export type Texts = { bytes: Uint8Array; ends: Uint32Array };

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** Longer texts are rare enough for the decoder. */
const MOST_LETTERS = 200;

/**
 * Each text a string of its own: one cut from a longer string would keep all of that, and what a decoder gives in a
 * browser lies outside of the heap, where nothing hurries to collect it.
 */
export function decodeTexts({ bytes, ends }: Texts): string[] {
  const texts = new Array<string>(ends.length);
  const letters: number[] = [];
  for (let i = 0, start = 0; i < ends.length; i++) {
    const end = ends[i]!;
    const length = end - start;
    let n = 0;
    if (length <= MOST_LETTERS) {
      letters.length = length;
      while (n < length && bytes[start + n]! < 128) {
        letters[n] = bytes[start + n]!;
        n++;
      }
    }
    texts[i] =
      n === length ? String.fromCharCode.apply(null, letters) : decoder.decode(bytes.subarray(start, end));
    start = end;
  }
  return texts;
}

/** Half a surrogate pair becomes U+FFFD, for UTF-8 has no bytes for it. */
export function encodeTexts(texts: string[]): Texts {
  const parts = texts.map((text) => encoder.encode(text));
  const ends = new Uint32Array(parts.length);
  const bytes = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const [i, part] of parts.entries()) {
    bytes.set(part, at);
    ends[i] = at += part.length;
  }
  return { bytes, ends };
}
