import { openDB } from 'idb';
import { AppError } from '../core/kit/errors';
import { type CoterieSchema, databaseVersion } from './schema';
import type { Database } from './transactions';

/** A worker's own connection: it gives way at once, and never makes a database that is gone anew. */
export async function connectWorker(database: string): Promise<Database> {
  try {
    const db = await openDB<CoterieSchema>(database, databaseVersion, {
      upgrade(_db, _oldVersion, _newVersion, tx) {
        tx.done.catch(() => {}); // opening tells
        tx.abort();
      },
      blocking: () => db.close(),
    });
    return db;
  } catch {
    throw new AppError('StorageClosed');
  }
}
