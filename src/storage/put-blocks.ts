import type { BlockPlace, PackedBlock, PutBlock } from '../core/1-collect/raw-table';
import { AppError } from '../core/kit/errors';
import { releaseBytes } from '../core/kit/release-bytes';
import { connectBlocks } from './connect-blocks';
import { storageError } from './storage-error';

/**
 * Puts the blocks of a file where the page's store expects them, `nRows` rows being there already; the page then adds each
 * to the manifest with `putBlock`. A block that the page never hears of is written over or deleted with its generation.
 */
export async function openBlockWriter({ database, key }: BlockPlace, fileName: string, nRows: number) {
  const db = await connectBlocks(database);
  const begin = () => {
    try {
      return db.transaction('blocks', 'readwrite', { durability: 'strict' });
    } catch {
      throw new AppError('StorageClosed');
    }
  };
  return {
    /** Resolves when the bytes are on the disk; here they are gone then. */
    async put({ bytes, ...block }: PackedBlock): Promise<PutBlock> {
      const first = nRows + 1;
      nRows += block.nRows;
      const aim = `store data rows ${first} to ${nRows} of ${fileName}`;
      const tx = begin();
      tx.store.put(bytes, [...key, block.index]).catch(() => {}); // the transaction tells
      await tx.done.catch((error: unknown) => {
        throw storageError(error, aim);
      });
      const size = bytes.length;
      releaseBytes(bytes);
      return { ...block, bytes: size };
    },
    close: () => db.close(),
  };
}
