import type { StoredBlocks, StoredTable } from '../core/1-collect/raw-table';
import { crc32 } from '../core/kit/crc32';
import { AppError } from '../core/kit/errors';
import { connectWorker } from './connect-worker';

/**
 * The blocks of a stored table, each checked against its checksum; one that is not what was stored ends it with file and
 * rows. Meant for workers: what the browser holds on to beside each block it reads goes when the worker's own garbage does,
 * and the page has nothing to do.
 */
export const openBlocks = ({
  fileName,
  blocks,
}: StoredTable): Iterable<Uint8Array> | AsyncIterable<Uint8Array> =>
  Array.isArray(blocks) ? blocks : fetchBlocks(fileName, blocks);

/** The next block is on its way while one is being worked on. */
async function* fetchBlocks(
  fileName: string,
  { database, key, sums }: StoredBlocks,
): AsyncGenerator<Uint8Array> {
  const db = await connectWorker(database);
  const read = (index: number) => db.get('blocks', [...key, index]).catch((error: unknown) => error);
  try {
    let coming = read(0);
    let firstRow = 1;
    for (const [index, { crc, nRows }] of sums.entries()) {
      const bytes: unknown = await coming;
      if (isCutOff(bytes)) throw new AppError('StorageClosed');
      if (index + 1 < sums.length) coming = read(index + 1);
      if (!(bytes instanceof Uint8Array) || crc32(bytes) !== crc)
        throw new AppError('StoredRowsDamaged', fileName, firstRow, firstRow + nRows - 1);
      yield bytes;
      firstRow += nRows;
    }
  } finally {
    db.close();
  }
}

/** Another tab, a wipe or the browser closed the connection: that is no damage. */
const isCutOff = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'AbortError' || error.name === 'InvalidStateError');
