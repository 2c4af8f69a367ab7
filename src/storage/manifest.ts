import type { BlankRows } from '../core/1-collect/blank-rows';
import type {
  Dialect,
  FileReading,
  Nuls,
  PackedBlock,
  RefusedRow,
  StoredTable,
} from '../core/1-collect/raw-table';
import type { ClosedReason } from './backend';
import type { ProjectHold } from './hold-project';

/** One stored run of rows: its checksum, size in bytes, rows, and where in the file the next run begins. */
type StoredBlock = { crc: number; bytes: number; nRows: number; endOffset: number };

/** `reading` is null until the last row of the file is stored. */
export type StoredFile = {
  fileName: string;
  bytes: number;
  lastModified: number;
  /** When the person opened it, ms; projects stored by version 0.1 do not say. */
  loadedAt?: number;
  dialect: Dialect | null;
  reading: FileReading | null;
  nRows: number;
  blocks: StoredBlock[];
  columnNames: string[];
  refusedCount: number;
  /** The kept refused rows of an import under way; later they are in `reading`. */
  refused: RefusedRow[];
  /** Likewise what else reading met so far. */
  blankRows?: BlankRows[];
  nuls?: Nuls;
};

/** A file to be read, or one whose rows are taken over from that file of the ready generation. */
export type IncomingFile = {
  fileName: string;
  bytes: number;
  lastModified: number;
  carriedFrom?: number;
  /** When it was read, where that was earlier than now. */
  loadedAt?: number;
};

/** `previousGeneration` is the ready one beside an import: what is read until the import is finished. */
export type ProjectManifest = {
  id: string;
  name: string;
  state: 'importing' | 'ready';
  generation: number;
  previousGeneration: number | null;
  createdAt: number;
  updatedAt: number;
  isSample: boolean;
  files: StoredFile[];
};

/** Where a cut-off reading of one file goes on, and the blocks already stored; those of a finished file stay where they are. */
type FileProgress = {
  dialect: Dialect | null;
  isFinished: boolean;
  blocks: Uint8Array[];
  endOffset: number;
  nRows: number;
  refusedCount: number;
  refused: RefusedRow[];
  blankRows?: BlankRows[];
  nuls?: Nuls;
};

/** Plain values in and out, so that the store could answer over a port. Failures are AppErrors and change nothing. */
export type Store = {
  /** 'memory': the browser refuses storage; everything works, and is gone with the tab. */
  mode: 'persistent' | 'memory';
  /** The browser emptied or repaired the database: projects that were stored are gone. */
  lostData: boolean;
  /** By which a worker opens a writer of blocks; null where only the page can store. */
  database: string | null;

  /** Latest first. */
  listProjects(): Promise<ProjectManifest[]>;
  /**
   * A new generation beside the ready one, which stays readable until `finishImport`; replaces a cut-off import.
   * `records` are put in the same transaction.
   */
  startImport(
    project: { id: string; name: string; isSample: boolean; now: number; keepsPrevious?: boolean },
    files: IncomingFile[],
    records?: { kind: string; value: unknown }[],
  ): Promise<ProjectManifest>;
  /** `file` is the index into the manifest's files. Resolves when block and progress are on the disk, together. */
  putBlock(projectId: string, file: number, dialect: Dialect, block: PackedBlock): Promise<void>;
  finishFile(projectId: string, file: number, reading: FileReading): Promise<void>;
  /**
   * Makes the import the project's data. The generation before goes, and its records but those of `keptKinds`; after a
   * refresh it is kept with its records instead, and what was kept before goes.
   */
  finishImport(projectId: string, now: number, keptKinds?: string[]): Promise<void>;
  /** One entry per file of the manifest; no `blocks` when nothing of it is stored yet. */
  importProgress(projectId: string): Promise<FileProgress[]>;
  /** Back to the ready generation as it was, or to no project at all. */
  discardImport(projectId: string): Promise<void>;

  /** The manifest of what `readTables` reads: the ready generation; null before a first import is finished. */
  readyManifest(projectId: string): Promise<ProjectManifest | null>;
  /** The manifest of the generation before the last refresh; null when there is none to go back to. */
  keptManifest(projectId: string): Promise<ProjectManifest | null>;
  /** The generation before the refresh takes the place of the ready one, with its records, and the other way round. */
  swapGenerations(projectId: string): Promise<ProjectManifest>;
  forgetKept(projectId: string): Promise<void>;
  /** One table per file, still packed; `openBlocks` gives the blocks. */
  readTables(projectId: string, which?: 'ready' | 'kept'): Promise<StoredTable[]>;
  removeProject(projectId: string): Promise<void>;

  putRecord(projectId: string, kind: string, value: unknown): Promise<void>;
  /** Undefined when there is none. */
  getRecord<T>(projectId: string, kind: string): Promise<T | undefined>;
  deleteRecord(projectId: string, kind: string): Promise<void>;

  /** `bytes` is what we stored; `estimate` is the browser's guess, which does not tell what still fits. */
  usage(): Promise<{ bytes: number; estimate: { usage: number; quota: number } | null }>;
  /** Deletes everything and closes the store; open a new one to go on. */
  wipe(): Promise<void>;

  /** With `onFree` it goes on waiting for a lock that another tab has, and calls when it has it. */
  holdProject(projectId: string, onFree?: () => void): Promise<ProjectHold>;
  /** Another tab changed that project; '' means any of them. Returns the way to stop listening. */
  onChanged(callback: (projectId: string) => void): () => void;
  /** This store can no longer be used: a newer version of the page, a wipe elsewhere, or the browser closed it. */
  onClosed(callback: (reason: ClosedReason) => void): void;
  close(): void;
};
