import * as Comlink from 'comlink';
import { packBlock } from '../src/core/1-collect/block-bytes';
import type { Dialect, PackedBlock, RawBlock } from '../src/core/1-collect/raw-table';
import { releaseBytes } from '../src/core/kit/release-bytes';
import { openBlockWriter } from '../src/storage/put-block';

/** Which file's rows come, and the database they go into; null where only the page can store. */
export type BlockPlace = { database: string | null; projectId: string; file: number; dialect: Dialect };

/** What the reading worker has of this one. */
export type BlockSink = { store(block: RawBlock): Promise<void> };

const api = {
  /** Stores what comes through `port`, in the database or else by `onBlock`; resolves when the other end lets go of it. */
  async serve(
    port: MessagePort,
    { database, projectId, file, dialect }: BlockPlace,
    onBlock: (block: PackedBlock) => Promise<void>,
  ): Promise<void> {
    const writer = database === null ? null : await openBlockWriter(database);
    await new Promise<void>((resolve) => {
      const sink: BlockSink & { [Comlink.finalizer]: () => void } = {
        async store(block) {
          const packed = packBlock(block);
          for (const { codes, newTexts } of block.columns) releaseBytes(codes, newTexts.bytes, newTexts.ends);
          if (!writer) return onBlock(Comlink.transfer(packed, [packed.bytes.buffer]));
          await writer.put(projectId, file, dialect, packed);
          releaseBytes(packed.bytes);
        },
        [Comlink.finalizer]: resolve,
      };
      Comlink.expose(sink, port);
    });
    writer?.close();
  },
};

export type StoringApi = typeof api;

Comlink.expose(api);
