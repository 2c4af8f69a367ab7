import { packBlock } from '../../src/core/1-collect/block-bytes';
import type { RawTable } from '../../src/core/1-collect/raw-table';
import { encodeTexts } from '../../src/core/1-collect/texts';
import { openStore } from '../../src/storage/store';
import type { Store } from '../../src/storage/manifest';
import { dialect, importTable, readBack, shop, tableOf } from './tables';

declare function tell(nBlocks: number): Promise<void>;

const table = tableOf('before.csv', 500, 1);
const rowsPerBlock = 65536;
let store: Store;

const contentsOf = ({ fileName, format, nRows, hasHeader, refusedRows, columns }: RawTable) =>
  JSON.stringify([fileName, format, nRows, hasHeader, refusedRows, columns]);

/** How many blocks of the cut-off import are stored; throws when anything stored before is not as it was. */
async function openAndCheck(): Promise<number> {
  store = await openStore();
  if (store.mode !== 'persistent' || store.lostData) throw new Error('the storage was lost');
  if (!(await store.listProjects()).length) {
    await importTable(store, shop, [table]);
    await store.startImport({ ...shop, now: 3 }, [{ fileName: 'long.csv', bytes: 1, lastModified: 1 }]);
  }
  const [before] = await readBack(store, 'shop');
  if (contentsOf(before!) !== contentsOf(table)) throw new Error('the table changed');
  const [progress] = await store.importProgress('shop');
  if (progress!.nRows !== progress!.blocks.length * rowsPerBlock)
    throw new Error('progress and blocks differ');
  return progress!.blocks.length;
}

/** Goes on where the import was cut off, and tells after each block that the store called stored. */
async function importForEver(): Promise<never> {
  const [progress] = await store.importProgress('shop');
  for (let index = progress!.blocks.length; ; index++) {
    const codes = new Uint32Array(rowsPerBlock);
    for (let at = 0; at < rowsPerBlock; at += 16384) crypto.getRandomValues(codes.subarray(at, at + 16384));
    const columns = [{ codes, newTexts: encodeTexts(['x']) }];
    const block = packBlock({ index, nRows: rowsPerBlock, columns, endOffset: index });
    await store.putBlock('shop', 0, dialect, block);
    await tell(index + 1);
  }
}

Object.assign(globalThis, { killPage: { openAndCheck, importForEver } });
