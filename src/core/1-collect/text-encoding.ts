import type { Encoding } from './raw-table';

const encoder = new TextEncoder();

/** Re-writes a stream of bytes as UTF-8, piece by piece; UTF-8 itself passes through untouched. */
export function createTranscoder(encoding: Encoding): (bytes: Uint8Array, isLast: boolean) => Uint8Array {
  if (encoding === 'utf-8') return (bytes) => bytes;
  const decoder = new TextDecoder(encoding);
  return (bytes, isLast) => encoder.encode(decoder.decode(bytes, { stream: !isLast }));
}

/** Fed a stream in order, answers whether everything so far is UTF-8. */
export function createUtf8Check(): (bytes: Uint8Array, isLast: boolean) => boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isValid = true;
  return (bytes, isLast) => {
    try {
      if (isValid) decoder.decode(bytes, { stream: !isLast });
    } catch {
      isValid = false;
    }
    return isValid;
  };
}

/** UTF-16 by its byte order mark, or by every other byte being zero. */
export function sniffUtf16(head: Uint8Array): Encoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const n = Math.min(head.length & ~1, 4096);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < n; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  if (n >= 4 && odd > n * 0.3 && even < n * 0.02) return 'utf-16le';
  if (n >= 4 && even > n * 0.3 && odd < n * 0.02) return 'utf-16be';
  return null;
}
