import { openDB } from 'idb';
import { expect, test } from 'vitest';
import {
  databaseVersion,
  migrate,
  migrations,
  storeNames,
  type CoterieSchema,
} from '../../src/storage/schema';

/** What each released version holds. A new step adds a line; a line never changes. */
const storesByVersion: Record<number, string[]> = {
  1: ['blocks', 'meta', 'projects', 'records'],
};

async function storesAfter(name: string, from: number, to: number) {
  const db = await openDB<CoterieSchema>(name, to, {
    upgrade(database) {
      for (const step of migrations.slice(from, to)) step(database);
    },
  });
  const names = [...db.objectStoreNames];
  db.close();
  return names;
}

test('every step of the schema leads to the stores of its version', async () => {
  for (let version = 1; version <= databaseVersion; version++) {
    expect(await storesAfter('schema-steps', version - 1, version)).toEqual(storesByVersion[version]);
  }
});

test('no step was missed: each version up to the newest has its line here, and no more', () => {
  const expected = Array.from({ length: databaseVersion }, (_, i) => i + 1);
  expect(Object.keys(storesByVersion).map(Number)).toEqual(expected);
});

test('migrate brings a database of any earlier version to the newest', async () => {
  for (let version = 0; version < databaseVersion; version++) {
    const name = `schema-from-${version}`;
    if (version) await storesAfter(name, 0, version);
    const db = await openDB<CoterieSchema>(name, databaseVersion, { upgrade: migrate });
    expect([...db.objectStoreNames].sort()).toEqual([...storeNames].sort());
    db.close();
  }
});
