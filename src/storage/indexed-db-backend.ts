import { deleteDB, openDB, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { AppError } from '../core/kit/errors';
import type { Backend, ClosedReason, Tx } from './backend';
import {
  canary,
  databaseVersion,
  migrate,
  storeNames,
  type CoterieSchema,
  type Key,
  type StoreName,
} from './schema';
import { isNamed, storageError } from './storage-error';

type Database = IDBPDatabase<CoterieSchema>;
type Access<M extends IDBTransactionMode> = IDBPTransaction<CoterieSchema, StoreName[], M>;

const probeRecord: Key = ['probe'];

/** Everything whose key begins with `prefix`: an array sorts after every string and number. */
const under = (prefix: Key) => IDBKeyRange.bound(prefix, [...prefix, []]);

/**
 * Opens the database and proves once that it can write, read and delete within `limitMs`. Null when the browser
 * refuses storage; throws when the projects are there but this tab may not open them.
 */
export async function openIndexedDb(name: string, limitMs: number): Promise<Backend | null> {
  if (!globalThis.navigator?.locks) return null;
  let isBlocked = false;
  let isLate = false;
  const opening = openAndProbe(name, () => (isBlocked = true));
  opening.then(
    ({ db }) => isLate && db.close(),
    () => {},
  );
  try {
    return createBackend(name, await within(limitMs, opening));
  } catch (error) {
    isLate = true;
    if (isNamed(error, 'VersionError')) throw new AppError('StorageNewer');
    if (isBlocked) throw new AppError('StorageBusy');
    return null;
  }
}

type Opened = { db: Database; lostData: boolean; closed: Closed };
type Closed = { reason: ClosedReason | null; callbacks: ((reason: ClosedReason) => void)[] };

async function openAndProbe(name: string, blocked: () => void): Promise<Opened> {
  const closed: Closed = { reason: null, callbacks: [] };
  const close = (reason: ClosedReason) => {
    if (closed.reason) return;
    closed.reason = reason;
    for (const callback of closed.callbacks) callback(reason);
  };
  let isEmptied = false;
  const db: Database = await openDB<CoterieSchema>(name, databaseVersion, {
    upgrade(database, oldVersion, _newVersion, _tx, event) {
      isEmptied = (event as { dataLoss?: string }).dataLoss === 'total'; // Chromium only
      migrate(database, oldVersion);
    },
    blocked,
    blocking(_current, blockedVersion) {
      db.close();
      close(blockedVersion === null ? 'wiped' : 'newer-version');
    },
    terminated: () => close('storage-removed'),
  });
  const hasCanary = await probe(db).catch((error) => {
    db.close();
    throw error;
  });
  return { db, lostData: isEmptied || (!hasCanary && witness.isSet(name)), closed };
}

/** Whether the canary is there. A full disk is no refusal: what is stored can still be read. */
async function probe(db: Database): Promise<boolean> {
  const hasCanary = (await db.get('meta', canary)) !== undefined;
  try {
    await db.put('meta', 'probe', probeRecord);
    if ((await db.get('meta', probeRecord)) !== 'probe') throw new Error('a record came back changed');
    await db.delete('meta', probeRecord);
  } catch (error) {
    if (!isNamed(error, 'QuotaExceededError')) throw error;
  }
  return hasCanary;
}

function createBackend(name: string, { db, lostData, closed }: Opened): Backend {
  const begin = <M extends 'readonly' | 'readwrite'>(mode: M): Access<M> => {
    try {
      return db.transaction(storeNames, mode, { durability: 'strict' });
    } catch {
      throw new AppError('StorageClosed');
    }
  };
  return {
    mode: 'persistent',
    lostData,
    database: name,
    async read(aim, work) {
      const tx = begin('readonly');
      return settle(tx, () => aim, work(readingTx(tx)));
    },
    async write(aim, work) {
      const tx = begin('readwrite');
      return settle(tx, aim, work(writingTx(tx)));
    },
    setWitness: () => witness.set(name),
    onClosed(callback) {
      closed.callbacks.push(callback);
      if (closed.reason) callback(closed.reason);
    },
    async destroy() {
      witness.clear(name);
      const tx = begin('readwrite');
      const cleared = Promise.all(storeNames.map((store) => tx.objectStore(store).clear()));
      await settle(tx, () => 'delete everything', cleared);
      db.close();
      await within(deleteLimitMs, deleteDB(name)).catch(() => {}); // a tab that hangs may hold the empty shell
    },
    close: () => db.close(),
  };
}

const deleteLimitMs = 2500;

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

function within<T>(limitMs: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Kept in localStorage, whose file is another than IndexedDB's: damage that empties one leaves the other. */
const witness = {
  isSet: (name: string) => attempt(() => localStorage.getItem(`${name}:witness`)) !== null,
  set: (name: string) => attempt(() => localStorage.setItem(`${name}:witness`, 'stored')),
  clear: (name: string) => attempt(() => localStorage.removeItem(`${name}:witness`)),
};

function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}
