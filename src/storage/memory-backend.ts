import { AppError } from '../core/kit/errors';
import type { Backend, Tx } from './backend';
import { storeNames, type CoterieSchema, type Key, type StoreName } from './schema';

type Rows = Map<string, { key: Key; value: unknown }>;
type Stores = Record<StoreName, Rows>;

/** The same promises as IndexedDB, for as long as the tab lives: where the browser refuses to store anything. */
export function createMemoryBackend(): Backend {
  const stores = Object.fromEntries(storeNames.map((name) => [name, new Map()])) as Stores;
  let last: Promise<unknown> = Promise.resolve();

  function transact<T>(aim: () => string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const turn = last.then(async () => {
      const undo: (() => void)[] = [];
      try {
        return await work(createTx(stores, undo));
      } catch (error) {
        for (const step of undo.reverse()) step();
        throw error instanceof AppError ? error : new AppError('StorageFailed', aim(), String(error));
      }
    });
    last = turn.catch(() => {});
    return turn;
  }

  return {
    mode: 'memory',
    lostData: false,
    database: null,
    read: (aim, work) => transact(() => aim, work),
    write: transact,
    setWitness() {},
    onClosed() {},
    async destroy() {
      await last;
      for (const name of storeNames) stores[name].clear();
    },
    close() {},
  };
}

function createTx(stores: Stores, undo: (() => void)[]): Tx {
  const change = (rows: Rows, id: string, entry: { key: Key; value: unknown } | undefined) => {
    const before = rows.get(id);
    undo.push(() => (before ? rows.set(id, before) : rows.delete(id)));
    if (entry) rows.set(id, entry);
    else rows.delete(id);
  };
  const under = (store: StoreName, prefix: Key) =>
    [...stores[store].entries()].filter(([, { key }]) => prefix.every((part, i) => key[i] === part));
  return {
    get: async <S extends StoreName>(store: S, key: Key) =>
      given(stores[store].get(JSON.stringify(key))?.value) as CoterieSchema[S]['value'] | undefined,
    put: async (store, key, value) =>
      change(stores[store], JSON.stringify(key), { key: [...key], value: copy(value) }),
    delete: async (store, prefix) => {
      for (const [id] of under(store, prefix)) change(stores[store], id, undefined);
    },
    keys: async (store, prefix) => under(store, prefix).map(([, { key }]) => [...key]),
    all: async <S extends StoreName>(store: S, prefix: Key) =>
      under(store, prefix).map(([, { value }]) => given(value) as CoterieSchema[S]['value']),
  };
}

/** A packed block is never changed once made, so the one that comes in is kept; all else is cloned, as IndexedDB does. */
const copy = (value: unknown): unknown => (value instanceof Uint8Array ? value : structuredClone(value));
/** What goes out may be moved elsewhere, so it is always a copy. */
const given = (value: unknown): unknown => structuredClone(value);
