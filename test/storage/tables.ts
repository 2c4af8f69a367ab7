import { packBlock, unpackTable } from '../../src/core/1-collect/block-bytes';
import type {
  Dialect,
  FileReading,
  PackedBlock,
  RawTable,
  StoredTable,
} from '../../src/core/1-collect/raw-table';
import { encodeTexts } from '../../src/core/1-collect/texts';
import { createRandom } from '../../src/core/kit/random';
import { openBlocks } from '../../src/storage/fetch-blocks';
import type { Store } from '../../src/storage/manifest';

export const dialect: Dialect = {
  format: 'csv',
  isGzip: false,
  encoding: 'utf-8',
  delimiter: ';',
  hasHeader: true,
};

export const shop = { id: 'shop', name: 'Shop', isSample: false };

/** Three generated columns: ten countries, 2,000 amounts, a customer for every third row; levels by first sight. */
export function tableOf(fileName: string, nRows: number, seed: number): RawTable {
  const random = createRandom(seed);
  const texts: [string, () => string][] = [
    [
      'country',
      () => ['Österreich', 'España', 'FR', '', '日本', 'UK', 'US', 'DE', 'IT', 'PT'][random.below(10)]!,
    ],
    ['amount', () => (random.below(2000) / 100).toFixed(2)],
    ['customer', () => `C${random.below(Math.ceil(nRows / 3))}`],
  ];
  return {
    fileName,
    format: 'csv',
    nRows,
    hasHeader: true,
    refusedRows: nRows ? [4, 9] : [],
    columns: texts.map(([name, draw]) => columnOf(name, nRows, draw)),
  };
}

function columnOf(name: string, nRows: number, draw: () => string) {
  const seen = new Map<string, number>();
  const codes = Uint32Array.from({ length: nRows }, () => {
    const text = draw();
    const code = seen.get(text) ?? seen.size;
    seen.set(text, code);
    return code;
  });
  const narrow = seen.size <= 256 ? Uint8Array : seen.size <= 65536 ? Uint16Array : Uint32Array;
  return { name, levels: [...seen.keys()], codes: narrow.from(codes) };
}

/** The blocks a reader would hand on, `size` rows each; codes as narrow as the levels so far allow. */
export function blocksOf(table: RawTable, size: number): PackedBlock[] {
  const told = table.columns.map(() => 0);
  return Array.from({ length: Math.ceil(table.nRows / size) }, (_, index) => {
    const end = Math.min(table.nRows, (index + 1) * size);
    const columns = table.columns.map(({ codes, levels }, c) => {
      const part = codes.subarray(index * size, end);
      let nLevels = told[c]!;
      for (const code of part) nLevels = Math.max(nLevels, code + 1);
      const newLevels = levels.slice(told[c], nLevels);
      told[c] = nLevels;
      return {
        codes: nLevels <= 256 ? Uint8Array.from(part) : part.slice(),
        newTexts: encodeTexts(newLevels),
      };
    });
    const nRows = end - index * size;
    const refused = readingOf(table).refused.slice(index, index + 1);
    const refusedCount = Math.min(2, index + 1);
    return packBlock({ index, nRows, columns, endOffset: end * 20, refusedCount, refused });
  });
}

/** One block of one column in which every text is new. */
export const block = (index: number, texts: string[], endOffset: number): PackedBlock =>
  packBlock({
    index,
    nRows: texts.length,
    columns: [{ codes: Uint8Array.from(texts.keys()), newTexts: encodeTexts(texts) }],
    endOffset,
  });

export const readingOf = (table: RawTable): FileReading => ({
  fileName: table.fileName,
  dialect,
  bytes: table.nRows * 20,
  rowsRead: table.nRows,
  columnNames: table.columns.map(({ name }) => name),
  refusedCount: table.refusedRows.length,
  refused: table.refusedRows.map((row) => ({
    file: table.fileName,
    row,
    column: 'amount',
    value: 'x',
    why: 'too few cells',
  })),
});

export async function importTable(
  store: Store,
  project: { id: string; name: string; isSample: boolean },
  tables: RawTable[],
  blockRows = 100,
  keptKinds: string[] = [],
): Promise<void> {
  const files = tables.map(({ fileName, nRows }) => ({ fileName, bytes: nRows * 20, lastModified: 1 }));
  await store.startImport({ ...project, now: 1 }, files);
  for (const [file, table] of tables.entries()) {
    for (const b of blocksOf(table, blockRows)) await store.putBlock(project.id, file, dialect, b);
    await store.finishFile(project.id, file, readingOf(table));
  }
  await store.finishImport(project.id, 2, keptKinds);
}

export const unpackAll = (tables: StoredTable[]): Promise<RawTable[]> =>
  Promise.all(tables.map((table) => unpackTable({ ...table, blocks: openBlocks(table) })));

/** The project's tables as they are stored, unpacked. */
export const readBack = async (store: Store, projectId: string): Promise<RawTable[]> =>
  unpackAll(await store.readTables(projectId));
