import * as Comlink from 'comlink';
import type { Dialect, FileReading } from '../core/1-collect/raw-table';
import type { CollectionApi } from '../../workers/collection.worker';
import type { WorkerClient } from './worker-client';
import { stallSeconds, watchStall } from './stall';
import { helper } from './workers';

type Call = Parameters<CollectionApi['readFile']>;
/** What a reading needs beside the file: where it goes on, who takes its blocks, what is personal. */
type ReadOptions = {
  stored: Call[2];
  onBlock: Call[3];
  onProgress: Call[4];
  privacy: Call[5];
};

/** Below this a second worker takes longer to start than it saves. */
const largeFile = 16 << 20;

const isWorthTwo = (file: File, { format, isGzip }: Dialect): boolean =>
  format === 'csv' && !isGzip && file.size >= largeFile && navigator.hardwareConcurrency > 1;

/** Text and JSON are read by code of our own, piece by piece. */
const isOurs = ({ format }: Dialect): boolean => /csv|json/.test(format);

/**
 * Reads a file in the collection worker. Beside it a second worker takes every other column of a large text file: blocks
 * come out the same, sooner. Both end when either fails or the signal aborts.
 */
export async function readFile(
  collection: WorkerClient<CollectionApi>,
  file: File,
  dialect: Dialect,
  { stored, onBlock, onProgress, privacy }: ReadOptions,
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
      .call((api) => api.readFile(file, dialect, stored, blocks, told, privacy), signal)
      .finally(watch.end);
  }
  if (!isWorthTwo(file, dialect))
    return collection.call((api) => api.readFile(file, dialect, stored, blocks, progress, privacy), signal);
  const { port1, port2 } = new MessageChannel();
  const lane = { index: 1, of: 2 };
  const other = helper.call(
    (api) => api.readLane(file, dialect, stored, privacy ?? null, lane, Comlink.transfer(port2, [port2])),
    signal,
  );
  const whole = collection.call(
    (api) => api.readFile(file, dialect, stored, blocks, progress, privacy, Comlink.transfer(port1, [port1])),
    signal,
  );
  let isOver = false;
  other.catch((reason: unknown) => {
    if (!isOver) collection.stop(reason);
  });
  const reading = await whole.finally(() => {
    isOver = true;
    helper.stop();
  });
  // The memory that reading took goes back at once and whole; the rows are opened by a new worker.
  collection.stop();
  return reading;
}
