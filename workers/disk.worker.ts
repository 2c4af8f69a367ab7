import * as Comlink from 'comlink';
import { packBlock } from '../src/core/1-collect/block-bytes';
import type { Dialect, PackedBlock, RawBlock } from '../src/core/1-collect/raw-table';
import { releaseBytes } from '../src/core/kit/release-bytes';
import { openBlockWriter } from '../src/storage/put-block';

/** Which file's rows come, and the database they go into; null where only the page can store. */
export type BlockPlace = { database: string | null; projectId: string; file: number; dialect: Dialect };

/** What the collection worker has of this one, for one file. */
export type DiskPort = {
  /** Bytes of the file, which move. */
  read(from: number, to: number): Promise<ArrayBuffer>;
  store(block: RawBlock): Promise<void>;
};

const api = {
  /**
   * Reads pieces of the file and stores its blocks, in the database or else by `onBlock`, as the other end of `port` asks;
   * resolves when that lets go of it.
   */
  async serve(
    port: MessagePort,
    source: File,
    { database, projectId, file, dialect }: BlockPlace,
    onBlock: (block: PackedBlock) => Promise<void>,
  ): Promise<void> {
    const writer = database === null ? null : await openBlockWriter(database);
    await new Promise<void>((resolve) => {
      const disk: DiskPort & { [Comlink.finalizer]: () => void } = {
        async read(from, to) {
          const bytes = await source.slice(from, to).arrayBuffer();
          return Comlink.transfer(bytes, [bytes]);
        },
        async store(block) {
          const packed = packBlock(block);
          for (const { codes, newTexts } of block.columns) releaseBytes(codes, newTexts.bytes, newTexts.ends);
          if (!writer) return onBlock(Comlink.transfer(packed, [packed.bytes.buffer]));
          await writer.put(projectId, file, dialect, packed);
          releaseBytes(packed.bytes);
        },
        [Comlink.finalizer]: resolve,
      };
      Comlink.expose(disk, port);
    });
    writer?.close();
  },
};

export type DiskApi = typeof api;

Comlink.expose(api);
