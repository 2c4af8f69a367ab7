import type { CollectionApi } from '../../workers/collection.worker';
import type { DiskApi } from '../../workers/disk.worker';
import type { ModelsApi } from '../../workers/models.worker';
import { WorkerClient } from './worker-client';

/** Loads the workers' code; the last request this page makes. */
export const loadWorkerSources = () => import('./worker-sources');

export const collection = new WorkerClient<CollectionApi>(
  'collection',
  async () => (await loadWorkerSources()).collectionSource,
);
export const models = new WorkerClient<ModelsApi>(
  'models',
  async () => (await loadWorkerSources()).modelsSource,
);
/** Fetches the bytes of files and puts rows on the disk, so that the collection worker need not wait. */
export const disk = new WorkerClient<DiskApi>('disk', async () => (await loadWorkerSources()).diskSource);
