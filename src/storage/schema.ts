import type { DBSchema, IDBPDatabase } from 'idb';
import type { ProjectManifest } from './manifest';

export type Key = (string | number)[];

/**
 * `previous` is the last ready manifest while a new generation is being imported beside it; `kept` is the one before
 * a refresh, for as long as it can be taken back (`keepsPrevious` says that the import under way is a refresh).
 */
export type StoredProject = {
  manifest: ProjectManifest;
  previous: ProjectManifest | null;
  kept?: ProjectManifest | null;
  keepsPrevious?: boolean;
};

/** A saved answer or setting; it speaks of the tables of that generation. */
type StoredRecord = { generation: number; bytes: number; value: unknown };

/** What each store holds, by key. */
export interface CoterieSchema extends DBSchema {
  /** [projectId] */
  projects: { key: Key; value: StoredProject };
  /** [projectId, generation, file, index]: one packed block */
  blocks: { key: Key; value: Uint8Array<ArrayBuffer> };
  /** [projectId, kind]; those of the kept generation have "before:" in front of their kind */
  records: { key: Key; value: StoredRecord };
  /** [name]: the canary, whose absence tells that the browser emptied the database */
  meta: { key: Key; value: string };
}

export const canary: Key = ['canary'];

export type StoreName = 'projects' | 'blocks' | 'records' | 'meta';
export const storeNames: StoreName[] = ['projects', 'blocks', 'records', 'meta'];

/** Step n leads from version n to n + 1. Never edit a step that was released: add one, and a test for it. */
export const migrations: ((db: IDBPDatabase<CoterieSchema>) => void)[] = [
  function createStores(db) {
    db.createObjectStore('projects');
    db.createObjectStore('blocks');
    db.createObjectStore('records');
    db.createObjectStore('meta');
  },
];

export const databaseVersion = migrations.length;

export function migrate(db: IDBPDatabase<CoterieSchema>, oldVersion: number): void {
  for (const step of migrations.slice(oldVersion)) step(db);
}
