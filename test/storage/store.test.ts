import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openStore } from '../../src/storage/store';
import type { Store } from '../../src/storage/manifest';
import { block, blocksOf, dialect, importTable, readBack, readingOf, shop, tableOf } from './tables';

let name = '';
let store: Store;
let n = 0;

/** The same promises on both: what a page may rely on, whatever the browser allows. */
describe.each(['persistent', 'memory'] as const)('a %s store', (mode) => {
  beforeEach(async () => {
    name = `contract-${mode}-${n++}`;
    if (mode === 'memory') refuseStorage();
    store = await openStore({ name });
    vi.restoreAllMocks();
  });
  afterEach(() => store.wipe());

  test('says its mode, and that nothing was lost', () => {
    expect(store.mode).toBe(mode);
    expect(store.lostData).toBe(false);
  });

  test('startImport(project, files) lists the project as importing, with nothing to read yet', async () => {
    const manifest = await store.startImport({ ...shop, now: 5 }, [
      { fileName: 'a.csv', bytes: 9, lastModified: 1 },
    ]);
    expect(manifest).toMatchObject({
      id: 'shop',
      state: 'importing',
      generation: 1,
      previousGeneration: null,
      createdAt: 5,
    });
    expect(await store.listProjects()).toEqual([manifest]);
    expect(await store.readyManifest('shop')).toBeNull();
    await expect(readBack(store, 'shop')).rejects.toThrow('its import was cut off');
  });

  test('finishImport makes every stored value readable as it was', async () => {
    const table = tableOf('a.csv', 1000, 7);
    await importTable(store, shop, [table]);
    expect(await readBack(store, 'shop')).toEqual([table]);
    const [manifest] = await store.listProjects();
    expect(manifest).toMatchObject({ state: 'ready', previousGeneration: null });
    expect(await store.readyManifest('shop')).toEqual(manifest);
  });

  test('keeps every string: empty, quotes, NUL, emoji, a byte order mark, half a surrogate pair in a name', async () => {
    const levels = ['', '"', '\\', '\0', '\u2028', '😀', '\ufeffx', 'é', ' a '];
    const table = {
      ...tableOf('odd.csv', 0, 1),
      nRows: 9,
      columns: [{ name: 'odd\ud83d', levels, codes: Uint8Array.from(levels.keys()) }],
    };
    await importTable(store, shop, [table]);
    expect(await readBack(store, 'shop')).toEqual([table]);
  });

  test('widens codes when later blocks bring more than 256 and 65,536 levels', async () => {
    for (const nLevels of [256, 257, 65536, 65537]) {
      const codes = Uint32Array.from({ length: nLevels }, (_, i) => i);
      const levels = Array.from(codes, String);
      const narrow = nLevels <= 256 ? Uint8Array : nLevels <= 65536 ? Uint16Array : Uint32Array;
      const table = {
        ...tableOf('wide.csv', 0, 1),
        nRows: nLevels,
        columns: [{ name: 'id', levels, codes: narrow.from(codes) }],
      };
      await importTable(store, shop, [table], 1000);
      expect(await readBack(store, 'shop')).toEqual([table]);
    }
  });

  test('an empty file and a file of many blocks make two tables, in order', async () => {
    const tables = [tableOf('empty.csv', 0, 1), tableOf('many.csv', 300, 2)];
    await importTable(store, shop, tables, 10);
    expect(await readBack(store, 'shop')).toEqual(tables);
  });

  test('importProgress tells where each cut-off file goes on, and going on gives the whole table', async () => {
    const table = tableOf('a.csv', 1000, 3);
    const blocks = blocksOf(table, 100);
    await store.startImport({ ...shop, now: 1 }, [
      { fileName: 'a.csv', bytes: 10, lastModified: 1 },
      { fileName: 'b.csv', bytes: 10, lastModified: 1 },
    ]);
    for (const b of blocks.slice(0, 4)) await store.putBlock('shop', 0, dialect, b);

    const [first, second] = await store.importProgress('shop');
    expect(first).toEqual({
      dialect,
      isFinished: false,
      blocks: blocks.slice(0, 4).map(({ bytes }) => bytes),
      endOffset: blocks[3]!.endOffset,
      nRows: 400,
      refusedCount: 2,
      refused: readingOf(table).refused,
      blankRows: [],
    });
    expect(second).toMatchObject({ dialect: null, blocks: [], endOffset: 0 });

    for (const b of blocks.slice(4)) await store.putBlock('shop', 0, dialect, b);
    await store.finishFile('shop', 0, readingOf(table));
    await store.finishFile('shop', 1, readingOf(tableOf('b.csv', 0, 1)));
    await store.finishImport('shop', 2);
    expect((await readBack(store, 'shop'))[0]).toEqual(table);
  });

  test('a cut-off import leaves the generation before it readable, and discardImport brings it back', async () => {
    const before = tableOf('a.csv', 500, 4);
    await importTable(store, shop, [before]);
    const ready = await store.readyManifest('shop');
    await store.putRecord('shop', 'roles', { id: 'customer' });

    const during = await store.startImport({ ...shop, name: 'Renamed', now: 9 }, [
      { fileName: 'a.csv', bytes: 2, lastModified: 2 },
    ]);
    expect(during).toMatchObject({ generation: 2, previousGeneration: 1, state: 'importing' });
    await store.putBlock('shop', 0, dialect, blocksOf(tableOf('a.csv', 500, 5), 500)[0]!);
    expect(await readBack(store, 'shop')).toEqual([before]);
    expect(await store.readyManifest('shop')).toEqual(ready);

    await store.discardImport('shop');
    expect(await store.listProjects()).toEqual([ready]);
    expect(await readBack(store, 'shop')).toEqual([before]);
    expect(await store.getRecord('shop', 'roles')).toEqual({ id: 'customer' });
  });

  test('startImport over a cut-off import begins again and still keeps the ready generation', async () => {
    const before = tableOf('a.csv', 50, 4);
    await importTable(store, shop, [before]);
    for (const generation of [2, 3]) {
      const files = [{ fileName: 'a.csv', bytes: 2, lastModified: 2 }];
      const manifest = await store.startImport({ ...shop, now: generation }, files);
      expect(manifest).toMatchObject({ generation, previousGeneration: 1 });
      await store.putBlock('shop', 0, dialect, blocksOf(tableOf('a.csv', 5, 5), 5)[0]!);
    }
    expect(await readBack(store, 'shop')).toEqual([before]);
  });

  test('discardImport of a first import leaves no project', async () => {
    await store.startImport({ ...shop, now: 1 }, []);
    await store.discardImport('shop');
    expect(await store.listProjects()).toEqual([]);
    await expect(readBack(store, 'shop')).rejects.toThrow('there is none by that name any more');
  });

  test('finishImport deletes the generation before and its records, but keeps the kinds it is told to', async () => {
    await importTable(store, shop, [tableOf('a.csv', 5000, 1)]);
    await store.putRecord('shop', 'segments', [1, 2, 3]);
    await store.putRecord('shop', 'roles', { id: 'customer' });
    const small = tableOf('a.csv', 10, 2);
    await importTable(store, shop, [small], 100, ['roles']);

    expect(await readBack(store, 'shop')).toEqual([small]);
    expect(await store.getRecord('shop', 'segments')).toBeUndefined();
    expect(await store.getRecord('shop', 'roles')).toEqual({ id: 'customer' });
    expect((await store.usage()).bytes).toBeLessThan(2000);
  });

  test('finishImport refuses while a file has not been read to its end', async () => {
    await store.startImport({ ...shop, now: 1 }, [{ fileName: 'a.csv', bytes: 1, lastModified: 1 }]);
    await expect(store.finishImport('shop', 2)).rejects.toThrow('a.csv has not been read to its end');
    expect((await store.listProjects())[0]!.state).toBe('importing');
  });

  test('putBlock refuses a block out of turn or after the end, and leaves the import as it was', async () => {
    const table = tableOf('a.csv', 20, 6);
    const [first, second] = blocksOf(table, 10);
    await store.startImport({ ...shop, now: 1 }, [{ fileName: 'a.csv', bytes: 1, lastModified: 1 }]);
    await store.putBlock('shop', 0, dialect, first!);
    const outOfTurn = store.putBlock('shop', 0, dialect, first!);
    await expect(outOfTurn).rejects.toMatchObject({ name: 'ImportNotOpen' });
    await store.putBlock('shop', 0, dialect, second!);
    await store.finishFile('shop', 0, readingOf(table));
    await store.finishImport('shop', 2);
    const late = store.putBlock('shop', 0, dialect, block(2, [], 0));
    await expect(late).rejects.toMatchObject({ name: 'ImportNotOpen' });
    expect(await readBack(store, 'shop')).toEqual([table]);
  });

  test('a write that cannot be finished is told with its cause and leaves no trace of its first half', async () => {
    await store.startImport({ ...shop, now: 1 }, [{ fileName: 'a.csv', bytes: 1, lastModified: 1 }]);
    const notPlain = new Proxy({ ...dialect }, {}); // the block is put first, then the manifest that cannot hold this
    const error = await store.putBlock('shop', 0, notPlain, block(0, ['v'], 1)).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'StorageFailed' });
    expect(String(error)).toMatch(/wanted to store data rows 1 to 1 of a\.csv; .*DataCloneError/);
    expect((await store.importProgress('shop'))[0]).toMatchObject({ blocks: { length: 0 }, nRows: 0 });
    expect((await store.usage()).bytes).toBe(0);
  });

  test('records are replaced, deleted, and apart by project and kind', async () => {
    await importTable(store, shop, []);
    await importTable(store, { ...shop, id: 'other' }, []);
    const value = { codes: Int32Array.of(1, 2), text: 'x', map: new Map([['a', 1]]), nothing: null };
    await store.putRecord('shop', 'a', 1);
    await store.putRecord('shop', 'a', value);
    await store.putRecord('other', 'a', 2);
    value.codes[0] = 9;
    expect(await store.getRecord('shop', 'a')).toEqual({ ...value, codes: Int32Array.of(1, 2) });
    await store.deleteRecord('shop', 'a');
    expect(await store.getRecord('shop', 'a')).toBeUndefined();
    expect(await store.getRecord('other', 'a')).toBe(2);
  });

  test('removeProject removes that project only, to the last byte', async () => {
    await importTable(store, { ...shop, id: 'other' }, [tableOf('a.csv', 100, 1)]);
    const { bytes } = await store.usage();
    await importTable(store, shop, [tableOf('a.csv', 100, 1)]);
    await store.putRecord('shop', 'segments', 'x'.repeat(1000));
    expect((await store.usage()).bytes).toBe(2 * bytes + 1000);
    await store.removeProject('shop');
    expect((await store.listProjects()).map(({ id }) => id)).toEqual(['other']);
    expect((await store.usage()).bytes).toBe(bytes);
    expect(await store.getRecord('shop', 'segments')).toBeUndefined();
  });

  test('listProjects puts the latest first', async () => {
    for (const [id, now] of [
      ['a', 1],
      ['b', 3],
      ['c', 2],
    ] as const) {
      await store.startImport({ ...shop, id, now }, []);
    }
    expect((await store.listProjects()).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  });

  test('what one call returned does not change when another changes the project', async () => {
    const before = await store.startImport({ ...shop, now: 1 }, [
      { fileName: 'a.csv', bytes: 1, lastModified: 1 },
    ]);
    const copy = structuredClone(before);
    await store.putBlock('shop', 0, dialect, block(0, ['v'], 1));
    expect(before).toEqual(copy);
    before.files[0]!.fileName = 'changed';
    expect((await store.listProjects())[0]!.files[0]!.fileName).toBe('a.csv');
  });

  test('blocks of two files put at once are all stored', async () => {
    const tables = [tableOf('a.csv', 200, 1), tableOf('b.csv', 200, 2)];
    await store.startImport(
      { ...shop, now: 1 },
      tables.map(({ fileName }) => ({ fileName, bytes: 1, lastModified: 1 })),
    );
    await Promise.all(
      tables.flatMap((table, file) =>
        blocksOf(table, 20).map((b) => store.putBlock('shop', file, dialect, b)),
      ),
    );
    for (const [file, table] of tables.entries()) await store.finishFile('shop', file, readingOf(table));
    await store.finishImport('shop', 2);
    expect(await readBack(store, 'shop')).toEqual(tables);
  });

  test('a million rows come back byte for byte', async () => {
    const table = tableOf('million.csv', 1_000_000, 8);
    await importTable(store, shop, [table], 65536);
    const [back] = await readBack(store, 'shop');
    expect(back!.nRows).toBe(1_000_000);
    for (const [c, column] of table.columns.entries()) {
      const { codes, levels } = back!.columns[c]!;
      expect(codes.constructor).toBe(column.codes.constructor);
      expect(codes.length).toBe(1_000_000);
      expect(codes.every((code, row) => code === column.codes[row])).toBe(true);
      expect(levels.join('\n')).toBe(column.levels.join('\n'));
    }
  });

  test('wipe leaves nothing readable', async () => {
    await importTable(store, shop, [tableOf('a.csv', 100, 1)]);
    await store.putRecord('shop', 'segments', 1);
    await store.wipe();
    const again = await openStore({ name });
    expect(await again.listProjects()).toEqual([]);
    expect((await again.usage()).bytes).toBe(0);
    expect(again.lostData).toBe(false);
    await again.wipe();
    store = await openStore({ name });
  });

  test('holdProject lets this tab write', async () => {
    const hold = await store.holdProject('shop');
    expect(hold.isWriter).toBe(true);
    hold.release();
  });
});

function refuseStorage() {
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
    throw new DOMException('The user denied permission', 'UnknownError');
  });
}
