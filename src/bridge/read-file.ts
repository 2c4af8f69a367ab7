import * as Comlink from 'comlink';
import type { Dialect, FileReading } from '../core/1-collect/raw-table';
import type { CollectionApi } from '../../workers/collection.worker';
import type { WorkerClient } from './worker-client';
import { stallSeconds, watchStall } from './stall';

type Call = Parameters<CollectionApi['readFile']>;
/** What a reading needs beside the file: where it goes on, who takes its blocks, what is personal. */
type ReadOptions = {
  stored: Call[2];
  onBlock: Call[3];
  onProgress: Call[4];
  privacy: Call[5];
  place: Call[6];
};

/** Text and JSON are read by code of our own, piece by piece. */
const isOurs = ({ format }: Dialect): boolean => /csv|json/.test(format);

/** From here on the memory that reading took is worth a new worker. */
const largeFile = 16 << 20;

/** Reads a file in the collection worker, block by block. */
export async function readFile(
  collection: WorkerClient<CollectionApi>,
  file: File,
  dialect: Dialect,
  { stored, onBlock, onProgress, privacy, place }: ReadOptions,
  signal: AbortSignal,
): Promise<FileReading> {
  const blocks = Comlink.proxy(onBlock);
  const progress = Comlink.proxy(onProgress);
  if (!isOurs(dialect)) {
    const watch = watchStall(
      collection,
      file.name,
      dialect.format === 'parquet' ? stallSeconds.parquet : stallSeconds.workbook,
    );
    const told = Comlink.proxy((p: Parameters<typeof onProgress>[0]) => (watch.alive(), onProgress(p)));
    return collection
      .call((api) => api.readFile(file, dialect, stored, blocks, told, privacy, place), signal)
      .finally(watch.end);
  }
  const reading = await collection.call(
    (api) => api.readFile(file, dialect, stored, blocks, progress, privacy, place),
    signal,
  );
  // The memory that reading took goes back at once and whole; the rows are opened by a new worker.
  if (file.size >= largeFile) collection.stop();
  return reading;
}
