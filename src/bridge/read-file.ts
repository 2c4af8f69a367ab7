import * as Comlink from 'comlink';
import type { Dialect, FileReading } from '../core/1-collect/raw-table';
import type { CollectionApi } from '../../workers/collection.worker';
import type { DiskApi } from '../../workers/disk.worker';
import type { WorkerClient } from './worker-client';
import { stallSeconds, watchStall } from './stall';
import { disk } from './workers';

type Reading = Parameters<CollectionApi['readFile']>;
type Serving = Parameters<DiskApi['serve']>;
/** What a reading needs beside the file: where it goes on, where its blocks go, what is personal. */
type ReadOptions = {
  stored: Reading[2];
  place: Serving[2];
  /** Takes the blocks where `place` is no database. */
  onBlock: Serving[3];
  onProgress: Reading[4];
  privacy: Reading[5];
};

/** Text and JSON are read by code of our own, piece by piece. */
const isOurs = ({ format }: Dialect): boolean => /csv|json/.test(format);

/** From here on the memory that reading took is worth new workers. */
const largeFile = 16 << 20;

/** Reads a file in the collection worker, block by block, while another worker reads ahead and stores them. */
export async function readFile(
  collection: WorkerClient<CollectionApi>,
  file: File,
  dialect: Dialect,
  { stored, place, onBlock, onProgress, privacy }: ReadOptions,
  signal: AbortSignal,
): Promise<FileReading> {
  const { port1, port2 } = new MessageChannel();
  let isReading = true;
  const served = disk.call(
    (api) => api.serve(Comlink.transfer(port1, [port1]), file, place, Comlink.proxy(onBlock)),
    signal,
  );
  served.catch((error: unknown) => isReading && collection.stop(error)); // which would wait for it for ever
  const seconds = dialect.format === 'parquet' ? stallSeconds.parquet : stallSeconds.workbook;
  const watch = isOurs(dialect) ? null : watchStall(collection, file.name, seconds);
  const progress = Comlink.proxy((p: Parameters<typeof onProgress>[0]) => (watch?.alive(), onProgress(p)));
  try {
    const reading = await collection.call(
      (api) => api.readFile(file, dialect, stored, Comlink.transfer(port2, [port2]), progress, privacy),
      signal,
    );
    await served;
    if (isOurs(dialect) && file.size >= largeFile) endWorkers(collection);
    return reading;
  } catch (error) {
    isReading = false;
    disk.stop(error);
    throw error;
  } finally {
    isReading = false;
    watch?.end();
  }
}

/** The memory that reading took goes back at once and whole; the rows are opened by a new worker. */
function endWorkers(collection: WorkerClient<CollectionApi>): void {
  collection.stop();
  disk.stop();
}
