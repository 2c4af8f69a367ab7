import { AppError } from '../kit/errors';
import type { Resume } from './blocks';
import { uniqueNames } from './column-names';
import { createJsonFrames } from './json-frames';
import { parseTree, printTree } from './json-tree';
import { createTextRows, type OnBlock } from './text-rows';

const MAX_BYTES = 256 << 20;

/** Reads JSON that holds one list for each column; all of it is held until the last byte. */
export function createJsonColumns(fileName: string) {
  const columns = new Map<string, string[]>();
  const frames = createJsonFrames({ kind: 'columns' });
  let nBytes = 0;
  const longest = () => [...columns.values()].reduce((n, cells) => Math.max(n, cells.length), 0);
  return {
    feed(piece: Uint8Array, isLast: boolean): void {
      nBytes += piece.length;
      if (nBytes > MAX_BYTES) throw new AppError('JsonTooLarge', fileName, MAX_BYTES >> 20);
      frames.feed(piece, isLast, (text, column) => {
        const cells = columns.get(column) ?? [];
        if (cells.length === 0) columns.set(column, cells);
        cells.push(cellOf(fileName, text, cells.length + 1));
      });
      if (isLast && frames.isCutOff) throw new AppError('JsonCutOff', fileName, longest());
    },

    columnNames: () => uniqueNames([...columns.keys()].map((key) => cellOf(fileName, `"${key}"`, 0))),

    async finish(resume: Resume | null, onBlock: OnBlock) {
      const cells = [...columns.values()];
      const rows = createTextRows(cells.length, resume, onBlock);
      const nRows = longest();
      for (let row = 0; row < nRows; row++) {
        const written = rows.take((c) => cells[c]![row] ?? '');
        if (written) await written;
      }
      await rows.finish();
      return rows;
    },
  };
}

function cellOf(fileName: string, text: string, row: number): string {
  try {
    const tree = parseTree(text);
    if (typeof tree === 'string') return tree;
    return tree === null ? '' : printTree(tree);
  } catch (error) {
    if (error instanceof SyntaxError) throw new AppError('JsonCutOff', fileName, row);
    throw error;
  }
}
