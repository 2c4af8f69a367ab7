import { openStore } from '../../src/storage/store';
import { importTable, readBack, shop, tableOf } from './tables';

/** Runs inside a sandboxed frame: stores and reads a table, and tells the page what came of it. */
async function storeInside() {
  const store = await openStore();
  const { isWriter, release } = await store.holdProject('shop');
  await importTable(store, shop, [tableOf('a.csv', 20, 1)]);
  release();
  const tables = await readBack(store, 'shop');
  const { estimate } = await store.usage();
  return {
    origin: self.origin,
    mode: store.mode,
    isWriter,
    nRows: tables.map(({ nRows }) => nRows),
    estimate,
  };
}

storeInside().then(
  (outcome) => parent.postMessage(outcome, '*'),
  (error: unknown) => parent.postMessage(String(error), '*'),
);
