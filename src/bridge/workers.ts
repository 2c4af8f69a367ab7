import type { CollectionApi } from '../../workers/collection.worker';
import type { ModelsApi } from '../../workers/models.worker';
import type { StoringApi } from '../../workers/storing.worker';
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
/** Puts rows on the disk while the collection worker reads on. */
export const storing = new WorkerClient<StoringApi>(
  'storing',
  async () => (await loadWorkerSources()).storingSource,
);
