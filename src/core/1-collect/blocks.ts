import { Dictionary } from './dictionary';
import type { BlankRows } from './blank-rows';
import type { Codes, Nuls, RawBlock, RefusedRow } from './raw-table';

/** Rows of a block; of a wide table fewer, so that no block takes the page long to hand on. */
export const BLOCK_ROWS = 16_384;
const BLOCK_CELLS = 1 << 18;
const blockRows = (nColumns: number): number =>
  Math.min(BLOCK_ROWS, Math.max(1024, Math.floor(BLOCK_CELLS / nColumns)));

/** What is already stored of an import that was interrupted. */
export type Resume = {
  levels: string[][];
  endOffset: number;
  nRows: number;
  nBlocks: number;
  refusedCount: number;
  /** Those of them that are kept. */
  refused: RefusedRow[];
  blankRows?: BlankRows[];
  nuls?: Nuls;
};

/** The narrowest copy of codes below `nLevels`. */
function narrowCodes(codes: Uint32Array, nLevels: number): Codes {
  if (nLevels <= 256) return new Uint8Array(codes);
  return nLevels <= 65_536 ? new Uint16Array(codes) : codes.slice();
}

/** The distinct texts of one column, numbered as they appear. */
export type TextNumbers = Pick<Dictionary, 'size' | 'nRepaired' | 'internText' | 'textsFrom'>;

/** Collects the codes of rows and cuts them into blocks, each with the texts that are new in it. */
export type BlockBuilder = {
  maxRows: number;
  dictionaries: TextNumbers[];
  /** Codes of the row being filled: codes[column][nRows]. */
  codes: Uint32Array[];
  nRows: number;
  nBlocks: number;
  /** `refused` are all that are kept since the file began; the block takes those that no block took before. */
  cut(endOffset: number, refusedCount: number, refused: RefusedRow[]): RawBlock;
};

export function createBlockBuilder(
  nColumns: number,
  resume: Resume | null,
  makeNumbers: () => TextNumbers = () => new Dictionary(),
): BlockBuilder {
  const dictionaries = Array.from({ length: nColumns }, makeNumbers);
  dictionaries.forEach((dictionary, c) => resume?.levels[c]?.forEach((text) => dictionary.internText(text)));
  const sent = dictionaries.map((d) => d.size);
  let nRefusedSent = resume?.refused.length ?? 0;
  const builder: BlockBuilder = {
    maxRows: blockRows(nColumns),
    dictionaries,
    codes: dictionaries.map(() => new Uint32Array(1024)),
    nRows: 0,
    nBlocks: resume?.nBlocks ?? 0,
    cut(endOffset, refusedCount, refused) {
      const runs = dictionaries.map((dictionary, c) => {
        const newTexts = dictionary.textsFrom(sent[c]!);
        sent[c] = dictionary.size;
        const codes = narrowCodes(builder.codes[c]!.subarray(0, builder.nRows), dictionary.size);
        return { codes, newTexts };
      });
      const { nRows } = builder;
      const newRefused = refused.slice(nRefusedSent);
      const index = builder.nBlocks++;
      const block = { index, nRows, columns: runs, endOffset, refusedCount, refused: newRefused };
      nRefusedSent = refused.length;
      builder.nRows = 0;
      return block;
    },
  };
  return builder;
}

/** Makes room for more rows. */
export function growBlock(builder: BlockBuilder, nMore: number): void {
  const needed = builder.nRows + nMore;
  if (builder.codes.length === 0 || needed <= builder.codes[0]!.length) return;
  builder.codes = builder.codes.map((codes) => {
    const wider = new Uint32Array(Math.min(BLOCK_ROWS, Math.max(needed, codes.length * 4)));
    wider.set(codes);
    return wider;
  });
}
