/** Bytes with room behind them: a word may be read up to SPARE bytes past the end of any cell. */
export type Bytes = { bytes: Uint8Array; view: DataView };

const SPARE = 16;

export function makeBytes(nBytes: number): Bytes {
  const bytes = new Uint8Array(nBytes + SPARE);
  return { bytes, view: new DataView(bytes.buffer) };
}

/** A copy with room for at least `nBytes`; grows by doubling. */
export function growBytes(old: Bytes, nBytes: number): Bytes {
  if (nBytes + SPARE <= old.bytes.length) return old;
  const wider = makeBytes(Math.max(nBytes, old.bytes.length * 2));
  wider.bytes.set(old.bytes);
  return wider;
}

/** What of a stream of bytes is being read: the rest of the piece before, then the new piece. */
export type BytesWindow = { text: Bytes; length: number; slide(nRead: number, piece: Uint8Array): void };

export function createWindow(): BytesWindow {
  const window: BytesWindow = {
    text: makeBytes(0),
    length: 0,
    slide(nRead, piece) {
      const nRest = window.length - nRead;
      window.text.bytes.copyWithin(0, nRead, window.length);
      window.length = nRest + piece.length;
      window.text = growBytes(window.text, window.length);
      window.text.bytes.set(piece, nRest);
    },
  };
  return window;
}
