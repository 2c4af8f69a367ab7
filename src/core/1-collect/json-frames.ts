import { createWindow } from './bytes-window';

/** How rows lie in a JSON file: one a line, in a list that a path of keys leads to (null = one after another), or by column. */
export type JsonLayout = { kind: 'lines' } | { kind: 'rows'; path: string[] | null } | { kind: 'columns' };

/** Cuts a stream of bytes (UTF-8) into the texts of its rows, in layout 'columns' into those of single cells. */
export type JsonFrames = {
  /** Calls `onText` for each, with its column in layout 'columns'. */
  feed(piece: Uint8Array, isLast: boolean, onText: (text: string, column: string) => void): void;
  /** Bytes of a row that has not ended yet. */
  nOpen: number;
  /** True while the bytes so far end within a value. */
  isCutOff: boolean;
};

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const COLON = 58;
const LF = 10;
const decoder = new TextDecoder();

export const createJsonFrames = (layout: JsonLayout): JsonFrames =>
  layout.kind === 'lines' ? createLines() : createNested(layout);

function createLines(): JsonFrames {
  const window = createWindow();
  let nRead = 0;
  const frames: JsonFrames = {
    nOpen: 0,
    isCutOff: false,
    feed(piece, isLast, onText) {
      window.slide(nRead, piece);
      const bytes = window.text.bytes.subarray(0, window.length);
      nRead = 0;
      for (let end; nRead < window.length; nRead = end + 1) {
        end = bytes.indexOf(LF, nRead);
        if (end < 0 && !isLast) break;
        if (end < 0) end = window.length;
        const text = decoder.decode(bytes.subarray(nRead, end));
        if (text.trim() !== '') onText(text, '');
      }
      nRead = Math.min(nRead, window.length);
      frames.nOpen = window.length - nRead;
    },
  };
  return frames;
}

const isOpener = (b: number): boolean => b === 123 || b === 91;
const isCloser = (b: number): boolean => b === 125 || b === 93;

/** Where the walk through nested values is. */
type Walk = {
  /** Keys from the top to here; null in lists. */
  keys: (string | null)[];
  isList: boolean[];
  isKeyNext: boolean;
  inString: boolean;
  /** Levels open within the row. */
  rowDepth: number;
  /** Where the row or key that is being read begins, or -1. */
  mark: number;
  inRow: boolean;
};

function createNested(layout: Exclude<JsonLayout, { kind: 'lines' }>): JsonFrames {
  const window = createWindow();
  const walk: Walk = { keys: [], isList: [], isKeyNext: false, inString: false, rowDepth: 0, mark: -1, inRow: false }; // prettier-ignore
  let at = 0;
  let nRead = 0;
  const isInList = (): boolean => {
    const { keys, isList } = walk;
    if (layout.kind === 'columns') return isList.length === 2;
    if (layout.path === null) return isList.length === 0;
    return (
      isList.length === layout.path.length + 1 &&
      isList.at(-1) === true &&
      layout.path.every((key, i) => keys[i] === key)
    );
  };
  const frames: JsonFrames = {
    nOpen: 0,
    isCutOff: false,
    feed(piece, isLast, onText) {
      window.slide(nRead, piece);
      at -= nRead;
      if (walk.mark >= 0) walk.mark -= nRead;
      const { bytes } = window.text;
      const emit = (end: number) => {
        onText(decoder.decode(bytes.subarray(walk.mark, end)), walk.keys[0] ?? '');
        walk.mark = -1;
        walk.inRow = false;
      };
      for (; at < window.length; at++) {
        if (walk.inRow) {
          const next = passRow(walk, bytes, at, window.length);
          at = next;
          if (next >= window.length) break;
          const ended = bytes[next]!;
          // A closing bracket of the row's own belongs to it, one of the list around it does not.
          const isOwn =
            isCloser(ended) && walk.rowDepth === 0 && walk.mark >= 0 && isOpener(bytes[walk.mark]!);
          emit(isOwn ? next + 1 : next);
          if (isOwn) continue;
        }
        at = step(walk, bytes, at, isInList);
      }
      if (isLast && walk.inRow && walk.rowDepth === 0 && walk.isList.length === 0) emit(window.length);
      nRead = Math.min(walk.mark >= 0 ? walk.mark : at, window.length);
      frames.nOpen = window.length - nRead;
      frames.isCutOff = walk.inRow || walk.inString || walk.isList.length > 0;
    },
  };
  return frames;
}

/** Moves through a row; where it ends (the byte behind a bare value, the last bracket of a nested one), or `to`. */
function passRow(walk: Walk, bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  for (; at < to; at++) {
    const b = bytes[at]!;
    if (walk.inString) {
      if (b === BACKSLASH) at++;
      else if (b === QUOTE) walk.inString = false;
    } else if (b === QUOTE) walk.inString = true;
    else if (isOpener(b)) walk.rowDepth++;
    else if (isCloser(b)) {
      if (walk.rowDepth === 0) return at;
      if (--walk.rowDepth === 0) return at;
    } else if (walk.rowDepth === 0 && (b === COMMA || b === LF)) return at;
  }
  return at;
}

/** One byte (or escape) outside the rows: keys and levels are followed until the list of rows is reached; its last byte. */
function step(walk: Walk, bytes: Uint8Array, at: number, isInList: () => boolean): number {
  const b = bytes[at]!;
  const { keys, isList } = walk;
  if (walk.inString) {
    if (b === BACKSLASH) return at + 1;
    if (b === QUOTE) {
      walk.inString = false;
      if (walk.mark >= 0) keys[isList.length - 1] = decoder.decode(bytes.subarray(walk.mark + 1, at));
      walk.mark = -1;
    }
  } else if (b <= 32 || b === 0xef || b === 0xbb || b === 0xbf) return at;
  else if (b === COMMA) walk.isKeyNext = isList.at(-1) === false;
  else if (b === COLON) walk.isKeyNext = false;
  else if (isCloser(b)) {
    isList.pop();
    keys.pop();
    walk.isKeyNext = false;
  } else if (!walk.isKeyNext && isInList()) {
    walk.inRow = true;
    walk.mark = at;
    walk.rowDepth = isOpener(b) ? 1 : 0;
    walk.inString = b === QUOTE;
  } else if (isOpener(b)) {
    isList.push(b === 91);
    keys.push(null);
    walk.isKeyNext = b === 123;
  } else if (b === QUOTE) {
    walk.inString = true;
    walk.mark = walk.isKeyNext ? at : -1;
  }
  return at;
}
