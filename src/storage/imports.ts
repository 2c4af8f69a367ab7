import type { FileReading } from '../core/1-collect/raw-table';
import { AppError } from '../core/kit/errors';
import type { Backend, Tx } from './backend';
import type { Announce } from './changes';
import { deleteBlocks, deleteKept, isKeptKind, keepRecords } from './kept-generation';
import { readBlocks } from './projects';
import { fileOf, findImport, putBlock } from './put-block';
import { plainBytes } from './records';
import { canary, type StoredProject } from './schema';
import type { IncomingFile, ProjectManifest, Store, StoredFile } from './manifest';

type ImportMethods = Pick<
  Store,
  'startImport' | 'putBlock' | 'finishFile' | 'finishImport' | 'importProgress' | 'discardImport'
>;

/** Two phases: blocks of a new generation arrive one by one, then one transaction makes them the project's data. */
export function importMethods(backend: Backend, announce: Announce): ImportMethods {
  return {
    async startImport(project, files, records = []) {
      const manifest = await backend.write(
        () => `start importing ${project.name}`,
        async (tx) => {
          const stored = await tx.get('projects', [project.id]);
          const next = nextGeneration(stored, project, files);
          if (stored?.manifest.state === 'importing') await deleteBlocks(tx, stored.manifest);
          for (const [file, { carriedFrom }] of files.entries())
            if (next.previous && carriedFrom !== undefined) await carryFile(tx, next, file, carriedFrom);
          const { generation } = next.previous ?? next.manifest;
          for (const { kind, value } of records)
            await tx.put('records', [project.id, kind], { generation, bytes: plainBytes(value), value });
          await tx.put('projects', [project.id], next);
          await tx.put('meta', canary, 'stored');
          return next.manifest;
        },
      );
      backend.setWitness();
      announce(project.id);
      return manifest;
    },

    putBlock: (...args) => putBlock(backend, ...args),

    finishFile: (projectId, file, reading) =>
      backend.write(
        () => `store what reading ${reading.fileName} found`,
        async (tx) => {
          const project = await findImport(tx, projectId);
          Object.assign(fileOf(project, file), finishedFields(reading));
          await tx.put('projects', [projectId], project);
        },
      ),

    async finishImport(projectId, now, keptKinds = []) {
      await backend.write(
        () => 'finish the import',
        async (tx) => {
          const { manifest, previous, kept = null, keepsPrevious } = await findImport(tx, projectId);
          const unread = manifest.files.find(({ reading }) => !reading);
          if (unread) throw new AppError('ImportUnfinished', manifest.name, unread.fileName);
          Object.assign(manifest, { state: 'ready', previousGeneration: null, updatedAt: now });
          const isKept = keepsPrevious === true && previous !== null;
          await tx.put('projects', [projectId], { manifest, previous: null, kept: isKept ? previous : null });
          if (!previous) return;
          await deleteKept(tx, projectId, kept);
          if (isKept) await keepRecords(tx, projectId);
          else await deleteBlocks(tx, previous);
          await renewRecords(tx, manifest, keptKinds);
        },
      );
      announce(projectId);
    },

    importProgress: (projectId) =>
      backend.read('see how far the import came', async (tx) => {
        const { manifest } = await findImport(tx, projectId);
        const progress = [];
        for (const [index, file] of manifest.files.entries()) {
          progress.push({
            dialect: file.dialect,
            isFinished: file.reading !== null,
            blocks: file.reading ? [] : await readBlocks(tx, manifest, index),
            endOffset: file.blocks.at(-1)?.endOffset ?? 0,
            nRows: file.nRows,
            refusedCount: file.refusedCount,
            refused: file.refused,
            blankRows: file.blankRows,
            nuls: file.nuls,
          });
        }
        return progress;
      }),

    async discardImport(projectId) {
      await backend.write(
        () => 'discard the import',
        async (tx) => {
          const { manifest, previous, kept = null } = await findImport(tx, projectId);
          await deleteBlocks(tx, manifest);
          if (previous) await tx.put('projects', [projectId], { manifest: previous, previous: null, kept });
          else {
            await tx.delete('projects', [projectId]);
            await tx.delete('records', [projectId]);
          }
        },
      );
      announce(projectId);
    },
  };
}

function nextGeneration(
  stored: StoredProject | undefined,
  { id, name, isSample, now, keepsPrevious = false }: Parameters<Store['startImport']>[0],
  files: IncomingFile[],
): StoredProject {
  const previous = stored?.manifest.state === 'ready' ? stored.manifest : (stored?.previous ?? null);
  const kept = stored?.kept ?? null;
  const manifest: ProjectManifest = {
    id,
    name,
    state: 'importing',
    generation: Math.max(stored?.manifest.generation ?? 0, kept?.generation ?? 0) + 1,
    previousGeneration: previous?.generation ?? null,
    createdAt: stored?.manifest.createdAt ?? now,
    updatedAt: now,
    isSample,
    files: files.map(({ fileName, bytes, lastModified, loadedAt = now }) => ({
      fileName,
      bytes,
      lastModified,
      loadedAt,
      dialect: null,
      reading: null,
      nRows: 0,
      blocks: [],
      columnNames: [],
      refusedCount: 0,
      refused: [],
    })),
  };
  return { manifest, previous, kept, keepsPrevious };
}

/** Copies one file of the ready generation, so that each generation stands on its own. */
async function carryFile(
  tx: Tx,
  { manifest, previous }: StoredProject,
  file: number,
  from: number,
): Promise<void> {
  const source = previous!.files[from];
  if (!source) throw new AppError('ImportNotOpen', manifest.name);
  manifest.files[file] = source;
  for (const index of source.blocks.keys()) {
    const bytes = await tx.get('blocks', [manifest.id, previous!.generation, from, index]);
    if (bytes) await tx.put('blocks', [manifest.id, manifest.generation, file, index], bytes);
  }
}

const finishedFields = (reading: FileReading): Partial<StoredFile> => ({
  reading,
  dialect: reading.dialect,
  columnNames: reading.columnNames,
  refusedCount: reading.refusedCount,
  refused: [],
  blankRows: undefined,
  nuls: undefined,
});

/** Records of earlier generations go; those the caller keeps now speak of the new one. */
async function renewRecords(tx: Tx, { id, generation }: ProjectManifest, keptKinds: string[]): Promise<void> {
  for (const key of await tx.keys('records', [id])) {
    const record = await tx.get('records', key);
    if (!record || record.generation >= generation || isKeptKind(key)) continue;
    if (keptKinds.includes(String(key[1]))) await tx.put('records', key, { ...record, generation });
    else await tx.delete('records', key);
  }
}
