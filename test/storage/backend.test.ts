import { describe, expect, test } from 'vitest';
import type { Backend } from '../../src/storage/backend';
import { openIndexedDb } from '../../src/storage/indexed-db-backend';
import { createMemoryBackend } from '../../src/storage/memory-backend';
import type { Key } from '../../src/storage/schema';

const open: Record<string, () => Promise<Backend>> = {
  persistent: async () => (await openIndexedDb('backend', 2500))!,
  memory: async () => createMemoryBackend(),
};
const keys: Key[] = [['a'], ['a', 1], ['a', 1, 0], ['a', 10, 0], ['ab', 1, 0], ['a', 'b']];
const read = (backend: Backend, prefix: Key) =>
  backend.read('look', async (tx) => (await tx.keys('meta', prefix)).map(String).sort());

describe.each(Object.keys(open))('a %s backend', (kind) => {
  test('undoes every write of a transaction that throws', async () => {
    const backend = await open[kind]!();
    await backend.write(
      () => 'begin',
      async (tx) => {
        await tx.put('meta', ['changed'], 'before');
        await tx.put('meta', ['deleted'], 'before');
      },
    );
    const failing = backend.write(
      () => 'try',
      async (tx) => {
        await tx.put('meta', ['new'], 'x');
        await tx.put('meta', ['changed'], 'x');
        await tx.put('meta', ['changed'], 'y');
        await tx.delete('meta', ['deleted']);
        await tx.put('blocks', ['p', 1, 0, 0], new Uint8Array(3));
        throw new Error('half way');
      },
    );
    await expect(failing).rejects.toThrow(
      'wanted to try; this browser stopped the attempt (Error: half way)',
    );
    expect(await read(backend, [])).toEqual(['changed', 'deleted']);
    expect(await backend.read('look', (tx) => tx.get('meta', ['changed']))).toBe('before');
    expect(await backend.read('look', (tx) => tx.keys('blocks', []))).toEqual([]);
    await backend.destroy();
  });

  test('keys(store, prefix) and delete(store, prefix) mean what begins with the prefix, part by part', async () => {
    const backend = await open[kind]!();
    await backend.write(
      () => 'begin',
      async (tx) => {
        for (const key of keys) await tx.put('meta', key, 'x');
      },
    );
    expect(await read(backend, ['a'])).toEqual(['a', 'a,1', 'a,1,0', 'a,10,0', 'a,b']);
    expect(await read(backend, ['a', 1])).toEqual(['a,1', 'a,1,0']);
    await backend.write(
      () => 'delete',
      (tx) => tx.delete('meta', ['a', 1]),
    );
    expect(await read(backend, [])).toEqual(['a', 'a,10,0', 'a,b', 'ab,1,0']);
    await backend.destroy();
  });

  test('three hundred read-and-write transactions at once count to three hundred', async () => {
    const backend = await open[kind]!();
    const addOne = () =>
      backend.write(
        () => 'count',
        async (tx) => tx.put('meta', ['n'], String(Number((await tx.get('meta', ['n'])) ?? 0) + 1)),
      );
    await Promise.all(Array.from({ length: 300 }, addOne));
    expect(await backend.read('look', (tx) => tx.get('meta', ['n']))).toBe('300');
    await backend.destroy();
  });
});
