import { AppError } from '../core/kit/errors';
import type { Backend, Tx } from './backend';
import type { Announce } from './changes';
import type { ProjectManifest, Store } from './manifest';
import { findProject } from './projects';
import type { Key } from './schema';

type KeptMethods = Pick<Store, 'keptManifest' | 'swapGenerations' | 'forgetKept'>;

const before = 'before:';

/** The generation before the last refresh: where it rests, how to go back to it, how to let go of it. */
export function keptMethods(backend: Backend, announce: Announce): KeptMethods {
  return {
    keptManifest: (projectId) =>
      backend.read(
        'see what was before the refresh',
        async (tx) => (await findProject(tx, projectId)).kept ?? null,
      ),

    async swapGenerations(projectId) {
      const manifest = await backend.write(
        () => 'go back to what was before the refresh',
        async (tx) => {
          const project = await findProject(tx, projectId);
          const { manifest, kept } = project;
          if (!kept || manifest.state !== 'ready') throw new AppError('NothingKept', manifest.name);
          await tx.put('projects', [projectId], { ...project, manifest: kept, kept: manifest });
          await swapRecords(tx, projectId);
          return kept;
        },
      );
      announce(projectId);
      return manifest;
    },

    async forgetKept(projectId) {
      await backend.write(
        () => 'delete what was before the refresh',
        async (tx) => {
          const project = await findProject(tx, projectId);
          await deleteKept(tx, projectId, project.kept ?? null);
          await tx.put('projects', [projectId], { ...project, kept: null });
        },
      );
      announce(projectId);
    },
  };
}

export const deleteBlocks = (tx: Tx, { id, generation }: ProjectManifest) =>
  tx.delete('blocks', [id, generation]);

export const isKeptKind = (key: Key): boolean => String(key[1]).startsWith(before);

/** Deletes the kept generation's rows and records. */
export async function deleteKept(tx: Tx, projectId: string, kept: ProjectManifest | null): Promise<void> {
  if (kept) await deleteBlocks(tx, kept);
  for (const key of await tx.keys('records', [projectId]))
    if (isKeptKind(key)) await tx.delete('records', key);
}

/** A copy of every record for the generation that is kept. */
export async function keepRecords(tx: Tx, projectId: string): Promise<void> {
  for (const key of await tx.keys('records', [projectId])) {
    const record = await tx.get('records', key);
    if (record && !isKeptKind(key)) await tx.put('records', [projectId, before + key[1]], record);
  }
}

async function swapRecords(tx: Tx, projectId: string): Promise<void> {
  const moved = [];
  for (const key of await tx.keys('records', [projectId])) {
    const kind = String(key[1]);
    const record = await tx.get('records', key);
    if (record) moved.push({ kind: isKeptKind(key) ? kind.slice(before.length) : before + kind, record });
  }
  await tx.delete('records', [projectId]);
  for (const { kind, record } of moved) await tx.put('records', [projectId, kind], record);
}
