import { listenForChanges } from './changes';
import { holdProject } from './hold-project';
import { importMethods } from './imports';
import { keptMethods } from './kept-generation';
import { openIndexedDb } from './indexed-db-backend';
import type { Store } from './manifest';
import { createMemoryBackend } from './memory-backend';
import { projectMethods } from './projects';
import { recordMethods } from './records';

/** Probes the browser's storage once; where it is refused, the same store in memory. */
export async function openStore({ name = 'coterie', probeLimitMs = 2500 } = {}): Promise<Store> {
  const backend = (await openIndexedDb(name, probeLimitMs)) ?? createMemoryBackend();
  const changes = listenForChanges(name);
  const projects = projectMethods(backend, changes.announce);
  await projects.collectOrphans();
  return {
    mode: backend.mode,
    lostData: backend.lostData,
    database: backend.database,
    listProjects: projects.listProjects,
    readyManifest: projects.readyManifest,
    readTables: projects.readTables,
    removeProject: projects.removeProject,
    usage: projects.usage,
    ...importMethods(backend, changes.announce),
    ...keptMethods(backend, changes.announce),
    ...recordMethods(backend, changes.announce),
    async wipe() {
      await backend.destroy();
      changes.announce('');
      changes.close();
    },
    holdProject: async (projectId, onFree) =>
      backend.mode === 'memory'
        ? { isWriter: true, release: async () => {} }
        : holdProject(projectId, onFree),
    onChanged: changes.listen,
    onClosed: backend.onClosed,
    close() {
      changes.close();
      backend.close();
    },
  };
}
