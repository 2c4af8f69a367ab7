import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import sealedFrame from './sealed-frame.ts?source';
import { openBlockWriter } from '../../src/storage/put-block';
import { openStore } from '../../src/storage/store';
import type { Store } from '../../src/storage/manifest';
import { openBlocks } from '../../src/storage/fetch-blocks';
import { blocksOf, dialect, importTable, readBack, readingOf, shop, tableOf } from './tables';

let name = '';
let store: Store;
let n = 0;

beforeEach(async () => {
  name = `indexed-db-${n++}`;
  store = await openStore({ name });
});
afterEach(async () => {
  vi.restoreAllMocks();
  store.close();
  localStorage.clear();
  indexedDB.deleteDatabase(name);
});

/** Changes the stored database behind the store's back, as damage, an old version or a bug would. */
async function tamper(change: (tx: IDBTransaction) => void) {
  const db = await openDB(name);
  const tx = db.transaction([...db.objectStoreNames], 'readwrite');
  change(tx as unknown as IDBTransaction);
  await tx.done;
  db.close();
}

describe('blocks that a worker puts and fetches itself', () => {
  test('are read like those the page put', async () => {
    const table = tableOf('a.csv', 300, 1);
    const files = [{ fileName: 'a.csv', bytes: 1, lastModified: 1 }];
    await store.startImport({ ...shop, now: 1 }, files);
    const writer = await openBlockWriter(name);
    for (const b of blocksOf(table, 100)) await writer.put('shop', 0, dialect, b);
    writer.close();
    const { bytes } = await store.usage();
    expect(bytes).toBe(blocksOf(table, 100).reduce((sum, b) => sum + b.bytes.length, 0));
    await store.finishFile('shop', 0, readingOf(table));
    await store.finishImport('shop', 2);
    expect(await readBack(store, 'shop')).toEqual([table]);
  });

  test('give way to a wipe, and a database that is gone is not made anew', async () => {
    await importTable(store, shop, [tableOf('a.csv', 300, 1)], 100);
    const [stored] = await store.readTables('shop');
    const read = async (meanwhile: () => Promise<void>) => {
      for await (const _ of openBlocks(stored!)) await meanwhile();
    };
    await expect(read(() => store.wipe())).rejects.toMatchObject({ name: 'StorageClosed' });
    await expect(read(async () => {})).rejects.toMatchObject({ name: 'StorageClosed' });
    expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(name);
    store = await openStore({ name });
  });
});

describe('damage', () => {
  const second = ['shop', 1, 0, 1];

  async function damageSecondBlock(change: (bytes: Uint8Array) => unknown) {
    await importTable(store, shop, [tableOf('a.csv', 300, 1)], 100);
    const db = await openDB(name);
    const bytes = (await db.get('blocks', second)) as Uint8Array;
    await db.put('blocks', change(bytes), second);
    db.close();
  }

  test.each([4, 60, 200, -8])('a flipped bit at byte %i is told with file and rows', async (at) => {
    await damageSecondBlock((bytes) => {
      bytes[at < 0 ? bytes.length + at : at]! ^= 1;
      return bytes;
    });
    const error = await readBack(store, 'shop').catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'StoredRowsDamaged' });
    expect(String(error)).toContain('a.csv: wanted data rows 101 to 200');
  });

  test.each([
    ['shortened', (bytes: Uint8Array) => bytes.slice(0, -100)],
    ['emptied', () => new Uint8Array()],
    ['replaced', () => 'something else'],
  ])('a block %s is told, and nothing is deleted', async (_how, change) => {
    await damageSecondBlock(change);
    await expect(readBack(store, 'shop')).rejects.toThrow('a.csv: wanted data rows 101 to 200');
    const db = await openDB(name);
    expect(await db.count('blocks')).toBe(3);
    db.close();
  });

  test('a block that is missing is told', async () => {
    await importTable(store, shop, [tableOf('a.csv', 300, 1)], 100);
    await tamper((tx) => tx.objectStore('blocks').delete(second));
    await expect(readBack(store, 'shop')).rejects.toThrow('data rows 101 to 200');
  });

  test('blocks that belong to no project are deleted at the next start, the others stay', async () => {
    const table = tableOf('a.csv', 300, 1);
    await importTable(store, shop, [table], 100);
    await tamper((tx) => {
      tx.objectStore('blocks').put(new Uint8Array(9), ['shop', 7, 0, 0]);
      tx.objectStore('blocks').put(new Uint8Array(9), ['gone', 1, 0, 0]);
    });
    store.close();
    store = await openStore({ name });
    const db = await openDB(name);
    const keys = await db.getAllKeys('blocks');
    db.close();
    expect(keys).toEqual([0, 1, 2].map((index) => ['shop', 1, 0, index]));
    expect(await readBack(store, 'shop')).toEqual([table]);
  });

  test('an emptied database is noticed until something is imported again', async () => {
    await importTable(store, shop, [tableOf('a.csv', 10, 1)]);
    await tamper((tx) => [...tx.objectStoreNames].forEach((each) => tx.objectStore(each).clear()));
    store.close();
    store = await openStore({ name });
    expect(store.lostData).toBe(true);
    await importTable(store, shop, [tableOf('a.csv', 10, 1)]);
    store.close();
    store = await openStore({ name });
    expect(store.lostData).toBe(false);
  });

  test('a database that was deleted is noticed; one that was wiped on purpose is not', async () => {
    await importTable(store, shop, [tableOf('a.csv', 10, 1)]);
    store.close();
    await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve));
    store = await openStore({ name });
    expect(store.lostData).toBe(true);
    await store.wipe();
    store = await openStore({ name });
    expect(store.lostData).toBe(false);
  });
});

test('everything is still there after closing and opening again', async () => {
  const table = tableOf('a.csv', 300, 1);
  await importTable(store, shop, [table]);
  const cutOff = tableOf('b.csv', 300, 2);
  await store.startImport({ ...shop, id: 'other', now: 1 }, [
    { fileName: 'b.csv', bytes: 1, lastModified: 1 },
  ]);
  const [first, ...rest] = blocksOf(cutOff, 100);
  await store.putBlock('other', 0, dialect, first!);
  await store.putRecord('shop', 'roles', { id: 'customer' });
  store.close();

  store = await openStore({ name });
  expect(store.lostData).toBe(false);
  expect(await readBack(store, 'shop')).toEqual([table]);
  expect(await store.getRecord('shop', 'roles')).toEqual({ id: 'customer' });
  expect((await store.importProgress('other'))[0]).toMatchObject({ blocks: { length: 1 }, nRows: 100 });
  for (const b of rest) await store.putBlock('other', 0, dialect, b);
  await store.finishFile('other', 0, readingOf(cutOff));
  await store.finishImport('other', 2);
  expect(await readBack(store, 'other')).toEqual([cutOff]);
});

test('wipe deletes the database itself', async () => {
  await importTable(store, shop, [tableOf('a.csv', 10, 1)]);
  await store.wipe();
  expect((await indexedDB.databases()).map((each) => each.name)).not.toContain(name);
  expect(localStorage.length).toBe(0);
  await expect(store.listProjects()).rejects.toMatchObject({ name: 'StorageClosed' });
});

describe('two tabs', () => {
  test('the second tab reads what the first stored, and hears of the change', async () => {
    const other = await openStore({ name });
    const heard: string[] = [];
    const stop = other.onChanged((projectId) => heard.push(projectId));
    const table = tableOf('a.csv', 10, 1);
    await importTable(store, shop, [table]);
    expect(await readBack(other, 'shop')).toEqual([table]);
    await vi.waitFor(() => expect(heard).toEqual(['shop', 'shop']));
    stop();
    await store.putRecord('shop', 'roles', 1);
    expect(await other.getRecord('shop', 'roles')).toBe(1);
    expect(heard).toEqual(['shop', 'shop']);
    other.close();
  });

  test('one may write a project; the other only once it is released', async () => {
    const other = await openStore({ name });
    const held = await store.holdProject('shop');
    expect(held.isWriter).toBe(true);
    expect((await other.holdProject('shop')).isWriter).toBe(false);
    const elsewhere = await other.holdProject('another');
    expect(elsewhere.isWriter).toBe(true);
    held.release();
    const next = await vi.waitFor(async () => {
      const hold = await other.holdProject('shop');
      expect(hold.isWriter).toBe(true);
      return hold;
    });
    next.release();
    elsewhere.release();
    other.close();
  });

  test('each tab reads the old generation until the one that imports has finished', async () => {
    const other = await openStore({ name });
    const [before, after] = [tableOf('a.csv', 50, 1), tableOf('a.csv', 60, 2)];
    await importTable(store, shop, [before]);
    await store.startImport({ ...shop, now: 3 }, [{ fileName: 'a.csv', bytes: 1, lastModified: 1 }]);
    for (const b of blocksOf(after, 20)) {
      await store.putBlock('shop', 0, dialect, b);
      expect(await readBack(other, 'shop')).toEqual([before]);
    }
    await store.finishFile('shop', 0, readingOf(after));
    await store.finishImport('shop', 4);
    expect(await readBack(other, 'shop')).toEqual([after]);
    other.close();
  });

  test('a newer version opens at once: the old tab steps aside, says why and asks for a reload', async () => {
    const reasons: string[] = [];
    store.onClosed((reason) => reasons.push(reason));
    const newer = await openDB(name, 1000);
    expect(reasons).toEqual(['newer-version']);
    await expect(store.listProjects()).rejects.toMatchObject({ name: 'StorageClosed' });
    newer.close();
    await expect(openStore({ name })).rejects.toMatchObject({ name: 'StorageNewer' });
  });

  test('a wipe in one tab closes the others, which hear why even when they ask late', async () => {
    const other = await openStore({ name });
    await store.wipe();
    const reasons: string[] = [];
    other.onClosed((reason) => reasons.push(reason));
    expect(reasons).toEqual(['wiped']);
    await expect(other.getRecord('shop', 'roles')).rejects.toMatchObject({ name: 'StorageClosed' });
    other.close();
  });
});

describe('openStore', () => {
  test('takes memory when the browser never answers', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(
      () => new EventTarget() as unknown as IDBOpenDBRequest,
    );
    const silent = await openStore({ name: `${name}-silent`, probeLimitMs: 50 });
    expect(silent.mode).toBe('memory');
    silent.close();
  });

  test.each(['SecurityError', 'UnknownError', 'InvalidStateError'])(
    'takes memory when the browser refuses with %s',
    async (error) => {
      vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
        throw new DOMException('refused', error);
      });
      const refused = await openStore({ name: `${name}-refused` });
      expect(refused.mode).toBe('memory');
      refused.close();
    },
  );

  test('takes memory in a frame without an origin of its own, where the browser forbids storage, and works', async () => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.srcdoc = `<script>${sealedFrame}</script>`;
    const answer = new Promise((resolve) =>
      addEventListener('message', ({ source, data }) => source === frame.contentWindow && resolve(data)),
    );
    document.body.append(frame);
    expect(await answer).toEqual({
      origin: 'null',
      mode: 'memory',
      isWriter: true,
      nRows: [20],
      estimate: null,
    });
    frame.remove();
  });

  test('takes memory when the browser opens but cannot write', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('read-only', 'ReadOnlyError');
    });
    const refused = await openStore({ name: `${name}-frozen` });
    expect(refused.mode).toBe('memory');
    refused.close();
  });

  test('says that another tab is in the way when an upgrade stays blocked', async () => {
    const blocking = `${name}-blocked`;
    const old = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(blocking, 1);
      request.onsuccess = () => resolve(request.result);
    });
    const realOpen = IDBFactory.prototype.open;
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation((each) => realOpen.call(indexedDB, each, 2));
    await expect(openStore({ name: blocking, probeLimitMs: 200 })).rejects.toMatchObject({
      name: 'StorageBusy',
    });
    old.close();
  });
});
