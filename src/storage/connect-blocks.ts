import { openDB, type IDBPDatabase } from 'idb';
import { AppError } from '../core/kit/errors';
import { type CoterieSchema, databaseVersion } from './schema';

/** A worker's own connection: it gives way at once, and never makes a database that is gone anew. */
export async function connectBlocks(database: string): Promise<IDBPDatabase<CoterieSchema>> {
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
