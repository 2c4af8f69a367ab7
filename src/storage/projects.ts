import type { RawColumn, RawTable } from '../core/1-collect/raw-table';
import { AppError } from '../core/kit/errors';
import type { Backend, Tx } from './backend';
import { joinColumn, unpackBlock, type UnpackedColumn } from './block-bytes';
import type { Announce } from './changes';
import type { StoredProject } from './schema';
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
        const tables: RawTable[] = [];
        for (const index of ready.files.keys()) tables.push(await readTable(tx, ready, index));
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

async function readTable(tx: Tx, manifest: ProjectManifest, index: number): Promise<RawTable> {
  const { fileName, nRows, dialect, reading } = manifest.files[index]!;
  return {
    fileName,
    nRows,
    hasHeader: dialect?.hasHeader ?? true,
    preambleRows: dialect?.preambleRows,
    extraHeaderRows: dialect?.extraHeaderRows,
    refusedRows: [...new Set(reading?.refused.map(({ row }) => row))].sort((a, b) => a - b),
    columns: await readColumns(tx, manifest, index),
  };
}

const readAhead = 8;

/** The columns of one file, its blocks joined, nameless until it is read to its end; a block that is not what was stored ends it with file and rows. */
export async function readColumns(tx: Tx, manifest: ProjectManifest, index: number): Promise<RawColumn[]> {
  const { fileName, blocks, columnNames } = manifest.files[index]!;
  const runs: UnpackedColumn[][] = columnNames.map(() => []);
  let firstRow = 1;
  for (let start = 0; start < blocks.length; start += readAhead) {
    const part = blocks.slice(start, start + readAhead);
    const packed = await Promise.all(
      part.map((_, i) =>
        tx
          .get('blocks', [manifest.id, manifest.generation, index, start + i])
          .catch((error: unknown) => error),
      ),
    );
    for (const [i, { crc, nRows }] of part.entries()) {
      // The first block whose bytes cannot be read takes the transaction with it; an abort before that is no damage.
      if (packed[i] instanceof DOMException && packed[i].name === 'AbortError') throw packed[i];
      const columns = unpackBlock(packed[i], crc);
      if (!columns) throw new AppError('StoredRowsDamaged', fileName, firstRow, firstRow + nRows - 1);
      for (const [c, column] of columns.entries()) (runs[c] ??= []).push(column);
      firstRow += nRows;
    }
  }
  return runs.map((run, c) => joinColumn(columnNames[c] ?? '', run));
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
