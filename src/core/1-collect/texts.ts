/** Texts as UTF-8, one behind the other; `ends[i]` is where text i ends. Far lighter than as many strings. */
export type Texts = { bytes: Uint8Array; ends: Uint32Array };

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

export function decodeTexts({ bytes, ends }: Texts): string[] {
  const all = decoder.decode(bytes);
  const isAscii = all.length === bytes.length;
  const texts = new Array<string>(ends.length);
  let start = 0;
  for (let i = 0; i < ends.length; i++) {
    const end = ends[i]!;
    texts[i] = isAscii ? all.slice(start, end) : decoder.decode(bytes.subarray(start, end));
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
