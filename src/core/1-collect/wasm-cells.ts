import { createBlockBuilder, type TextNumbers } from './blocks';
import type { BytesWindow } from './bytes-window';
import { batchRows, createPlainCells, type MakeCells } from './cells';
import { createRowScanner, MAX_COLUMNS, MAX_FIELD } from './scan-row';
import instantiate from './wasm/cells.ts?wasm';

/** Numbers are addresses in `memory`, of which a dictionary has one, or counts; see wasm/cells.ts. */
type CellsWasm = {
  memory: { buffer: ArrayBuffer };
  scanned: { value: number };
  allocate(nBytes: number): number;
  reserve(nBytes: number): number;
  createDictionary(): number;
  intern(dictionary: number, start: number, end: number): number;
  sizeOf(dictionary: number): number;
  newTextBytes(dictionary: number): number;
  copyTexts(dictionary: number): number;
  indexOf(byte: number, from: number, to: number): number;
  scanRows(...values: number[]): number;
  internRows(...values: number[]): void;
};

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const westernEurope = new TextDecoder('windows-1252');
const encoder = new TextEncoder();
const SPARE = 32;

type Started = { wasm: CellsWasm; nRepaired: Map<number, number> };

/** Addresses come as signed numbers. */
const address = (value: number): number => value >>> 0;

/** A memory of its own, empty; null where the browser refuses. */
function start(): Started | null {
  const nRepaired = new Map<number, number>();
  const wasm = instantiate({
    repair(dictionary, from, to) {
      const bytes = new Uint8Array(wasm!.memory.buffer, address(from), to - from);
      try {
        strict.decode(bytes);
        return -1;
      } catch {
        nRepaired.set(dictionary, (nRepaired.get(dictionary) ?? 0) + 1);
        return internText(wasm!, dictionary, westernEurope.decode(bytes));
      }
    },
  }) as CellsWasm | null;
  return wasm && { wasm, nRepaired };
}

function internText(wasm: CellsWasm, dictionary: number, text: string): number {
  const bytes = encoder.encode(text);
  const at = address(wasm.reserve(bytes.length + SPARE));
  new Uint8Array(wasm.memory.buffer, at, bytes.length).set(bytes);
  return wasm.intern(dictionary, at, at + bytes.length);
}

/** `moved` is told whenever the memory may have grown, which ends all views of it. */
function createNumbers({ wasm, nRepaired }: Started, dictionary: number, moved: () => void): TextNumbers {
  let nCopied = 0;
  return {
    get size() {
      return wasm.sizeOf(dictionary);
    },
    get nRepaired() {
      return nRepaired.get(dictionary) ?? 0;
    },
    internText: (text) => internText(wasm, dictionary, text),
    textsFrom(first) {
      if (first < nCopied) throw new Error('texts are copied once');
      const nSkipped = first - nCopied;
      const n = wasm.sizeOf(dictionary) - nCopied;
      const nBytes = wasm.newTextBytes(dictionary);
      const at = address(wasm.copyTexts(dictionary));
      nCopied += n;
      const ends = new Uint32Array(wasm.memory.buffer, at, n);
      const from = nSkipped === 0 ? 0 : ends[nSkipped - 1]!;
      const bytes = new Uint8Array(wasm.memory.buffer, at + 4 * n + from, nBytes - from).slice();
      const newEnds = ends.slice(nSkipped);
      if (from > 0) for (let i = 0; i < newEnds.length; i++) newEnds[i]! -= from;
      moved();
      return { bytes, ends: newEnds };
    },
  };
}

/** The window's bytes within `wasm`; `moved` is told whenever they may be elsewhere. */
function createWasmWindow(wasm: CellsWasm, moved: () => void): BytesWindow & { at: number; look(): void } {
  let room = 0;
  const window = {
    at: 0,
    text: { bytes: new Uint8Array(0), view: new DataView(new ArrayBuffer(0)) },
    length: 0,
    look() {
      const { buffer } = wasm.memory;
      if (window.text.bytes.buffer === buffer && window.text.bytes.byteOffset === window.at) return;
      window.text = {
        bytes: new Uint8Array(buffer, window.at, room),
        view: new DataView(buffer, window.at, room),
      };
      moved();
    },
    slide(nRead: number, piece: Uint8Array) {
      window.look();
      const rest = window.text.bytes.subarray(nRead, window.length);
      window.length = rest.length + piece.length;
      if (window.length + SPARE > room) {
        const kept = rest.slice();
        room = Math.max(window.length + SPARE, room * 2);
        window.at = address(wasm.allocate(room));
        window.look();
        window.text.bytes.set(kept);
      } else window.text.bytes.set(rest);
      window.text.bytes.set(piece, window.length - piece.length);
    },
  };
  return window;
}

/** The same parts in WebAssembly, about twice as quick; in plain JavaScript where the browser refuses it. */
export const createWasmCells: MakeCells = (delimiter, nColumns, resume) => {
  const started = delimiter === 'blank' ? null : start();
  if (!started) return createPlainCells(delimiter, nColumns, resume);
  const { wasm } = started;
  const known = Array.from({ length: nColumns }, () => wasm.createDictionary());
  const dictionaries = address(wasm.allocate(4 * nColumns));
  new Uint32Array(wasm.memory.buffer, dictionaries, nColumns).set(known);
  let c = 0;
  const builder = createBlockBuilder(nColumns, resume, () =>
    createNumbers(started, known[c++]!, () => window.look()),
  );
  const nCells = nColumns * batchRows(nColumns) + MAX_COLUMNS + 2;
  const starts = address(wasm.allocate(4 * nCells));
  const ends = address(wasm.allocate(4 * nCells));
  const codesStep = 4 * builder.maxRows;
  const codes = address(wasm.allocate(codesStep * nColumns));
  const row = createRowScanner(delimiter);
  const window = createWasmWindow(wasm, () => {
    const { buffer } = wasm.memory;
    row.starts = new Int32Array(buffer, starts, nCells);
    row.ends = new Int32Array(buffer, ends, nCells);
    builder.codes = known.map((_, at) => new Uint32Array(buffer, codes + at * codesStep, builder.maxRows));
  });
  const delimiterByte = delimiter.charCodeAt(0);
  return {
    window,
    row,
    builder,
    scanPlain(from, nWaiting, most) {
      const to = 4 * nWaiting * nColumns;
      const nRows = wasm.scanRows(
        window.at, from, window.length, delimiterByte, nColumns, most, MAX_FIELD, starts + to, ends + to,
      ); // prettier-ignore
      return { nRows, next: wasm.scanned.value };
    },
    takeRows(nRows) {
      const to = codes + 4 * builder.nRows;
      wasm.internRows(dictionaries, nColumns, window.at, starts, ends, nRows, to, codesStep);
      builder.nRows += nRows;
      window.look();
    },
    indexOf(byte, from) {
      const at = address(wasm.indexOf(byte, window.at + from, window.at + window.length)) - window.at;
      return at < window.length ? at : -1;
    },
  };
};
