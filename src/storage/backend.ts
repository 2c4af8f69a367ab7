import type { CoterieSchema, Key, StoreName } from './schema';

export type ClosedReason = 'newer-version' | 'wiped' | 'storage-removed';

/** What a transaction can do. `delete`, `keys` and `all` mean everything whose key begins with `prefix`. */
export type Tx = {
  get<S extends StoreName>(store: S, key: Key): Promise<CoterieSchema[S]['value'] | undefined>;
  put<S extends StoreName>(store: S, key: Key, value: CoterieSchema[S]['value']): Promise<void>;
  delete(store: StoreName, prefix: Key): Promise<void>;
  keys(store: StoreName, prefix: Key): Promise<Key[]>;
  all<S extends StoreName>(store: S, prefix: Key): Promise<CoterieSchema[S]['value'][]>;
};

/** Where bytes rest. A transaction happens wholly or not at all, one writer at a time. */
export type Backend = {
  mode: 'persistent' | 'memory';
  lostData: boolean;
  /** What workers open it by; null where only the page can reach it. */
  database: string | null;
  /** `aim` finishes "wanted to …" when the browser refuses; `work` may only await the transaction itself. */
  read<T>(aim: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Resolves when the bytes are on the disk. */
  write<T>(aim: () => string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Leaves a mark outside the database by which a later start knows that there was one. */
  setWitness(): void;
  onClosed(callback: (reason: ClosedReason) => void): void;
  destroy(): Promise<void>;
  close(): void;
};
