/** Texts as UTF-8, one behind the other; `ends[i]` is where text i ends. Far lighter than as many strings. */
export type Texts = { bytes: Uint8Array; ends: Uint32Array };

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** So many bytes are decoded at once: what is larger than a page of the young heap stays until everything is collected. */
const AT_ONCE = 1 << 15;

export function decodeTexts({ bytes, ends }: Texts): string[] {
  const texts = new Array<string>(ends.length);
  for (let i = 0, start = 0; i < ends.length;) {
    const from = start;
    let next = i + 1;
    while (next < ends.length && ends[next]! - from <= AT_ONCE) next++;
    const all = decoder.decode(bytes.subarray(from, ends[next - 1]));
    const isAscii = all.length === ends[next - 1]! - from;
    for (; i < next; i++) {
      const end = ends[i]!;
      texts[i] = isAscii ? all.slice(start - from, end - from) : decoder.decode(bytes.subarray(start, end));
      start = end;
    }
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
