import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hashTable } from '../../src/core/1-collect/data-hash';
import type { RawTable } from '../../src/core/1-collect/raw-table';
import type { Store } from '../../src/storage/manifest';
import { openStore } from '../../src/storage/store';
import { blocksOf, dialect, importTable, readBack, readingOf, shop, tableOf, unpackAll } from './tables';

let store: Store;
let n = 0;

const orders = tableOf('orders.csv', 900, 1);
const people = tableOf('people.csv', 300, 2);
const newer = tableOf('orders-new.csv', 1200, 3);

/** Takes over the people and reads newer orders, as a refresh does. */
async function refresh(table: RawTable, keepsPrevious = true): Promise<void> {
  const files = [
    { fileName: table.fileName, bytes: 1, lastModified: 2 },
    { fileName: 'people.csv', bytes: 1, lastModified: 1, carriedFrom: 1 },
  ];
  await store.startImport({ ...shop, now: 5, keepsPrevious }, files);
  for (const b of blocksOf(table, 100)) await store.putBlock('shop', 0, dialect, b);
  await store.finishFile('shop', 0, readingOf(table));
  await store.finishImport('shop', 6, ['settings']);
}

const hashes = async () => (await readBack(store, 'shop')).map(hashTable);

describe.each(['persistent', 'memory'] as const)('a refresh in a %s store', (mode) => {
  beforeEach(async () => {
    if (mode === 'memory')
      vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
        throw new DOMException('no', 'SecurityError');
      });
    store = await openStore({ name: `refresh-${mode}-${n++}` });
    vi.restoreAllMocks();
    expect(store.mode).toBe(mode);
    await importTable(store, shop, [orders, people]);
  });
  afterEach(() => store.wipe());

  test('takes files over without reading them and keeps the rows it replaces', async () => {
    await refresh(newer);
    expect(await readBack(store, 'shop')).toEqual([newer, people]);
    expect(await unpackAll(await store.readTables('shop', 'kept'))).toEqual([orders, people]);
  });

  test('taken back is byte for byte what was before, with its records; and forth again', async () => {
    await store.putRecord('shop', 'settings', { refunds: 'drop' });
    await store.putRecord('shop', 'results', { found: 1 });
    const before = await hashes();
    await refresh(newer);
    const after = await hashes();
    await store.putRecord('shop', 'settings', { refunds: 'net' });
    await store.putRecord('shop', 'results', { found: 2 });

    await store.swapGenerations('shop');
    expect(await hashes()).toEqual(before);
    expect(await store.getRecord('shop', 'settings')).toEqual({ refunds: 'drop' });
    expect(await store.getRecord('shop', 'results')).toEqual({ found: 1 });

    await store.swapGenerations('shop');
    expect(await hashes()).toEqual(after);
    expect(await store.getRecord('shop', 'settings')).toEqual({ refunds: 'net' });
    expect(await store.getRecord('shop', 'results')).toEqual({ found: 2 });
  });

  test('settings hold for the newer rows, answers do not', async () => {
    await store.putRecord('shop', 'settings', { refunds: 'drop' });
    await store.putRecord('shop', 'results', { found: 1 });
    await refresh(newer);
    expect(await store.getRecord('shop', 'settings')).toEqual({ refunds: 'drop' });
    expect(await store.getRecord('shop', 'results')).toBeUndefined();
  });

  test('after the next one only the generation before it is kept, and nothing else takes room', async () => {
    await refresh(newer);
    await refresh(tableOf('third.csv', 50, 4));
    expect((await unpackAll(await store.readTables('shop', 'kept')))[0]).toEqual(newer);
    await store.swapGenerations('shop');
    await refresh(orders);
    await store.forgetKept('shop');
    expect(await store.keptManifest('shop')).toBeNull();
    await expect(store.swapGenerations('shop')).rejects.toThrow('none are kept');
    const alone = await store.usage();
    expect(await readBack(store, 'shop')).toEqual([orders, people]);
    await store.removeProject('shop');
    await importTable(store, shop, [orders, people]);
    expect((await store.usage()).bytes).toBe(alone.bytes);
  });

  test('given up half way, it leaves the ready rows and those kept from before as they were', async () => {
    await refresh(newer);
    await store.startImport({ ...shop, now: 9, keepsPrevious: true }, [
      { fileName: 'x.csv', bytes: 1, lastModified: 1 },
      { fileName: 'people.csv', bytes: 1, lastModified: 1, carriedFrom: 1 },
    ]);
    await store.putBlock('shop', 0, dialect, blocksOf(orders, 100)[0]!);
    await store.discardImport('shop');
    expect(await readBack(store, 'shop')).toEqual([newer, people]);
    await store.swapGenerations('shop');
    expect(await readBack(store, 'shop')).toEqual([orders, people]);
  });

  test('reading a file another way keeps nothing of before', async () => {
    await refresh(newer, false);
    expect(await store.keptManifest('shop')).toBeNull();
  });
});
