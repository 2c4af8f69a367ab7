import type { StoredTable } from '../core/1-collect/raw-table';
import { crc32 } from '../core/kit/crc32';
import { AppError } from '../core/kit/errors';
import type { Backend, Tx } from './backend';
import type { Announce } from './changes';
import type { Key, StoredProject } from './schema';
import type { ProjectManifest, Store } from './manifest';

type ProjectMethods = Pick<
  Store,
  'listProjects' | 'readyManifest' | 'readTables' | 'removeProject' | 'usage'
> & {
  collectOrphans(): Promise<void>;
};

export function projectMethods(backend: Backend, announce: Announce): ProjectMethods {
  return {
    async listProjects() {
      const projects = await backend.read('list the stored projects', (tx) => tx.all('projects', []));
      return projects.map(({ manifest }) => manifest).sort((a, b) => b.updatedAt - a.updatedAt);
    },

    readyManifest: (projectId) =>
      backend.read('open the project', async (tx) => readyOf(await findProject(tx, projectId))),

    readTables: (projectId, which = 'ready') =>
      backend.read('read the stored rows', async (tx) => {
        const project = await findProject(tx, projectId);
        const ready = which === 'ready' ? readyOf(project) : project.kept;
        if (!ready) throw new AppError('ProjectNotReady', project.manifest.name);
        const tables: StoredTable[] = [];
        for (const index of ready.files.keys())
          tables.push(await readTable(tx, ready, index, backend.database));
        return tables;
      }),

    async removeProject(projectId) {
      await backend.write(
        () => 'remove the project',
        async (tx) => {
          await tx.delete('projects', [projectId]);
          await tx.delete('blocks', [projectId]);
          await tx.delete('records', [projectId]);
        },
      );
      announce(projectId);
    },

    async usage() {
      const bytes = await backend.read('add up what is stored', async (tx) => {
        const sizes = (await tx.all('projects', [])).flatMap(({ manifest, previous, kept }) =>
          [manifest, previous, kept].flatMap((m) => m?.files ?? []).flatMap((file) => file.blocks),
        );
        return sum([...sizes, ...(await tx.all('records', []))]);
      });
      return { bytes, estimate: await estimate() };
    },

    collectOrphans: () =>
      backend.write(
        () => 'tidy the stored projects',
        async (tx) => {
          const owned = new Set<string>();
          for (const { manifest, previous, kept } of await tx.all('projects', [])) {
            for (const m of [manifest, previous, kept]) if (m) owned.add(`${m.generation} ${m.id}`);
          }
          for (const key of await tx.keys('blocks', [])) {
            if (!owned.has(`${key[1]} ${key[0]}`)) await tx.delete('blocks', key);
          }
        },
      ),
  };
}

export async function findProject(tx: Tx, projectId: string): Promise<StoredProject> {
  const project = await tx.get('projects', [projectId]);
  if (!project) throw new AppError('ProjectMissing');
  return project;
}

const readyOf = ({ manifest, previous }: StoredProject): ProjectManifest | null =>
  manifest.state === 'ready' ? manifest : previous;

/** What the keys of a file's blocks begin with. */
export const keyOf = ({ id, generation }: ProjectManifest, file: number): Key => [id, generation, file];

async function readTable(
  tx: Tx,
  manifest: ProjectManifest,
  index: number,
  database: string | null,
): Promise<StoredTable> {
  const { fileName, nRows, dialect, reading, columnNames, blocks } = manifest.files[index]!;
  const sums = blocks.map(({ crc, nRows }) => ({ crc, nRows }));
  return {
    fileName,
    nRows,
    hasHeader: dialect?.hasHeader ?? true,
    format: dialect?.format,
    preambleRows: dialect?.preambleRows,
    extraHeaderRows: dialect?.extraHeaderRows,
    blankRows: reading?.blankRows,
    refusedRows: [...new Set(reading?.refused.map(({ row }) => row))].sort((a, b) => a - b),
    columnNames,
    blocks:
      database === null
        ? await readBlocks(tx, manifest, index)
        : { database, key: keyOf(manifest, index), sums },
  };
}

const readAhead = 8;

/** The blocks of one file as they were packed; one that is not what was stored ends it with file and rows. */
export async function readBlocks(tx: Tx, manifest: ProjectManifest, index: number): Promise<Uint8Array[]> {
  const { fileName, blocks } = manifest.files[index]!;
  const found: Uint8Array[] = [];
  let firstRow = 1;
  for (let start = 0; start < blocks.length; start += readAhead) {
    const part = blocks.slice(start, start + readAhead);
    const packed = part.map((_, i) =>
      tx.get('blocks', [manifest.id, manifest.generation, index, start + i]).catch((error: unknown) => error),
    );
    for (const [i, { crc, nRows }] of part.entries()) {
      const bytes = await packed[i];
      // The first block whose bytes cannot be read takes the transaction with it; an abort before that is no damage.
      if (bytes instanceof DOMException && bytes.name === 'AbortError') throw bytes;
      if (!(bytes instanceof Uint8Array) || crc32(bytes) !== crc)
        throw new AppError('StoredRowsDamaged', fileName, firstRow, firstRow + nRows - 1);
      found.push(bytes);
      firstRow += nRows;
    }
  }
  return found;
}

const sum = (sizes: { bytes: number }[]) => sizes.reduce((total, { bytes }) => total + bytes, 0);

async function estimate() {
  try {
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    return { usage, quota };
  } catch {
    return null; // missing in an opaque origin
  }
}
