// The workers' code as text, in one lazy chunk: once it is here, nothing needs the network again.
export { default as collectionSource } from '../../workers/collection.worker.ts?source';
export { default as modelsSource } from '../../workers/models.worker.ts?source';
export { default as diskSource } from '../../workers/disk.worker.ts?source';
