import { afterAll, beforeAll, expect, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { packBlock } from '../../src/core/1-collect/block-bytes';
import { encodeTexts } from '../../src/core/1-collect/texts';
import { openStore } from '../../src/storage/store';
import { dialect, importTable, readBack, shop, tableOf } from './tables';

const origin = location.origin;
const blockRows = 2 ** 18;

/** Chromium looks at the quota when it opens a database and, after a refusal, again: so cap first, then open. */
async function capStorage(quotaSize: number) {
  await cdp().send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
  await cdp().send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
}
const uncapStorage = () => cdp().send('Storage.overrideQuotaForOrigin', { origin });

beforeAll(() => capStorage(10_000_000));
afterAll(uncapStorage);

/** One MiB that compression cannot shrink, so that every block takes its room. */
function noise(index: number) {
  const codes = new Uint32Array(blockRows);
  for (let at = 0; at < blockRows; at += 16384) crypto.getRandomValues(codes.subarray(at, at + 16384));
  return packBlock({
    index,
    nRows: blockRows,
    columns: [{ codes, newTexts: encodeTexts(['x']) }],
    endOffset: index,
  });
}

test('a full disk is told with file and rows; nothing stored before is lost, and with room again the import goes on', async () => {
  const store = await openStore({ name: 'quota' });
  const table = tableOf('a.csv', 1000, 1);
  await importTable(store, shop, [table]);
  await store.putRecord('shop', 'roles', { id: 'customer' });
  await store.startImport({ ...shop, now: 3 }, [{ fileName: 'big.csv', bytes: 1, lastModified: 1 }]);

  let stored = 0;
  let refusal: unknown = null;
  while (!refusal && stored < 30) {
    await store.putBlock('shop', 0, dialect, noise(stored)).then(
      () => stored++,
      (error: unknown) => (refusal = error),
    );
  }
  const firstRow = stored * blockRows + 1;
  expect(refusal).toMatchObject({ name: 'StorageFull' });
  expect(String(refusal)).toContain(
    `wanted to store data rows ${firstRow} to ${firstRow + blockRows - 1} of big.csv; this browser has no room left`,
  );
  expect(stored).toBeGreaterThan(0);
  expect(await readBack(store, 'shop')).toEqual([table]);
  expect(await store.getRecord('shop', 'roles')).toEqual({ id: 'customer' });
  expect((await store.importProgress('shop'))[0]).toMatchObject({ blocks: { length: stored } });

  store.close();
  const again = await openStore({ name: 'quota' });
  expect(again.mode).toBe('persistent');
  expect(await readBack(again, 'shop')).toEqual([table]);

  await uncapStorage();
  await again.putBlock('shop', 0, dialect, noise(stored));
  expect((await again.importProgress('shop'))[0]).toMatchObject({ blocks: { length: stored + 1 } });
  await again.wipe();
});
