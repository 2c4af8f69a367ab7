import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { AppError } from '../core/kit/errors';
import type { Backend, Tx } from './backend';
import { storeNames, type CoterieSchema, type Key, type StoreName } from './schema';
import { isNamed, storageError } from './storage-error';

export type Database = IDBPDatabase<CoterieSchema>;
type Access<M extends IDBTransactionMode> = IDBPTransaction<CoterieSchema, StoreName[], M>;

/** Everything whose key begins with `prefix`: an array sorts after every string and number. */
const under = (prefix: Key) => IDBKeyRange.bound(prefix, [...prefix, []]);

/** Transactions over all stores of a database, for the page and for workers. */
export function transactionsOf(
  db: Database,
): Pick<Backend, 'read' | 'write'> & { clearAll(): Promise<void> } {
  const begin = <M extends 'readonly' | 'readwrite'>(mode: M): Access<M> => {
    try {
      return db.transaction(storeNames, mode, { durability: 'strict' });
    } catch {
      throw new AppError('StorageClosed');
    }
  };
  return {
    async read(aim, work) {
      const tx = begin('readonly');
      return settle(tx, () => aim, work(readingTx(tx)));
    },
    async write(aim, work) {
      const tx = begin('readwrite');
      return settle(tx, aim, work(writingTx(tx)));
    },
    async clearAll() {
      const tx = begin('readwrite');
      const cleared = Promise.all(storeNames.map((store) => tx.objectStore(store).clear()));
      await settle(tx, () => 'delete everything', cleared);
    },
  };
}

/** Waits for the disk; whatever went wrong becomes a sentence, and the transaction leaves no trace. */
async function settle<T>(
  tx: Access<'readonly' | 'readwrite'>,
  aim: () => string,
  working: Promise<T>,
): Promise<T> {
  const done = tx.done.then(
    () => null,
    (error: unknown) => error,
  );
  try {
    const result = await working;
    const failure = await done;
    if (failure) throw failure;
    return result;
  } catch (error) {
    abort(tx);
    if (error instanceof AppError) throw error;
    const cause = isNamed(error, 'AbortError') ? await done : error; // only the transaction knows why
    throw storageError(cause, aim());
  }
}

function abort(tx: Access<'readonly' | 'readwrite'>): void {
  try {
    tx.abort();
  } catch {
    // it has ended already
  }
}

function readingTx(tx: Access<'readonly' | 'readwrite'>): Tx {
  const refuse = () => Promise.reject(new Error('a reading transaction cannot write'));
  return {
    get: <S extends StoreName>(store: S, key: Key) => tx.objectStore(store).get(key),
    all: <S extends StoreName>(store: S, prefix: Key) => tx.objectStore(store).getAll(under(prefix)),
    keys: (store, prefix) => tx.objectStore(store).getAllKeys(under(prefix)),
    put: refuse,
    delete: refuse,
  };
}

function writingTx(tx: Access<'readwrite'>): Tx {
  return {
    ...readingTx(tx),
    put: async (store, key, value) => {
      await tx.objectStore(store).put(value, key);
    },
    delete: (store, prefix) => tx.objectStore(store).delete(under(prefix)),
  };
}
