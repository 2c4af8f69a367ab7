import type { Dialect, PackedBlock } from '../core/1-collect/raw-table';
import { AppError } from '../core/kit/errors';
import type { Backend, Tx } from './backend';
import { connectWorker } from './connect-worker';
import type { Store, StoredFile } from './manifest';
import { findProject, keyOf } from './projects';
import type { StoredProject } from './schema';
import { transactionsOf } from './transactions';

/** Adds a block to an import under way; see `Store.putBlock`. */
export function putBlock(
  backend: Pick<Backend, 'write'>,
  projectId: string,
  file: number,
  dialect: Dialect,
  { bytes, crc, ...block }: PackedBlock,
): Promise<void> {
  let aim = 'store rows';
  return backend.write(
    () => aim,
    async (tx) => {
      const project = await findImport(tx, projectId);
      const stored = fileOf(project, file);
      const nRows = stored.nRows + block.nRows;
      aim = `store data rows ${stored.nRows + 1} to ${nRows} of ${stored.fileName}`;
      if (block.index !== stored.blocks.length) throw new AppError('ImportNotOpen', project.manifest.name);
      stored.blocks.push({ crc, bytes: bytes.length, nRows: block.nRows, endOffset: block.endOffset });
      stored.refusedCount = block.refusedCount ?? stored.refusedCount;
      stored.refused.push(...(block.refused ?? []));
      stored.blankRows = [...(stored.blankRows ?? []), ...(block.blankRows ?? [])];
      stored.nuls = block.nuls ?? stored.nuls;
      Object.assign(stored, { dialect, nRows });
      await tx.put('blocks', [...keyOf(project.manifest, file), block.index], bytes);
      await tx.put('projects', [projectId], project);
    },
  );
}

/** For a worker, so that the rows of an import need not pass the page. */
export async function openBlockWriter(database: string) {
  const db = await connectWorker(database);
  const transactions = transactionsOf(db);
  return {
    put: (...[projectId, file, dialect, block]: Parameters<Store['putBlock']>) =>
      putBlock(transactions, projectId, file, dialect, block),
    close: () => db.close(),
  };
}

export async function findImport(tx: Tx, projectId: string): Promise<StoredProject> {
  const project = await findProject(tx, projectId);
  if (project.manifest.state !== 'importing') throw new AppError('ImportNotOpen', project.manifest.name);
  return project;
}

export function fileOf({ manifest }: StoredProject, index: number): StoredFile {
  const file = manifest.files[index];
  if (!file) throw new AppError('ImportNotOpen', manifest.name);
  return file;
}
