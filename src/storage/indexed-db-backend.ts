import { deleteDB, openDB } from 'idb';
import { AppError } from '../core/kit/errors';
import type { Backend, ClosedReason } from './backend';
import { canary, databaseVersion, migrate, type CoterieSchema, type Key } from './schema';
import { isNamed } from './storage-error';
import { type Database, transactionsOf } from './transactions';

const probeRecord: Key = ['probe'];

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
  const { clearAll, ...transactions } = transactionsOf(db);
  return {
    mode: 'persistent',
    lostData,
    database: name,
    ...transactions,
    setWitness: () => witness.set(name),
    onClosed(callback) {
      closed.callbacks.push(callback);
      if (closed.reason) callback(closed.reason);
    },
    async destroy() {
      witness.clear(name);
      await clearAll();
      db.close();
      await within(deleteLimitMs, deleteDB(name)).catch(() => {}); // a tab that hangs may hold the empty shell
    },
    close: () => db.close(),
  };
}

const deleteLimitMs = 2500;

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
