import type { Backend } from './backend';
import type { Announce } from './changes';
import { findProject } from './projects';
import type { Store } from './manifest';

type RecordMethods = Pick<Store, 'putRecord' | 'getRecord' | 'deleteRecord'>;

/** Settings and answers of a project, one per kind. Each belongs to the generation whose tables can be read now. */
export function recordMethods(backend: Backend, announce: Announce): RecordMethods {
  return {
    async putRecord(projectId, kind, value) {
      await backend.write(
        () => `store ${kind}`,
        async (tx) => {
          const { manifest, previous } = await findProject(tx, projectId);
          const { generation } = previous ?? manifest;
          await tx.put('records', [projectId, kind], { generation, bytes: plainBytes(value), value });
        },
      );
      announce(projectId);
    },
    getRecord: async <T>(projectId: string, kind: string) => {
      const record = await backend.read(`read ${kind}`, (tx) => tx.get('records', [projectId, kind]));
      return record?.value as T | undefined;
    },
    async deleteRecord(projectId, kind) {
      await backend.write(
        () => `delete ${kind}`,
        (tx) => tx.delete('records', [projectId, kind]),
      );
      announce(projectId);
    },
  };
}

/** About how many bytes a plain value takes when stored. */
export function plainBytes(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
  if (value instanceof Map || Array.isArray(value)) {
    let total = 0;
    for (const item of value) total += plainBytes(item);
    return total;
  }
  if (value === null || typeof value !== 'object') return 8;
  return Object.entries(value).reduce((total, [key, item]) => total + key.length + plainBytes(item), 0);
}
