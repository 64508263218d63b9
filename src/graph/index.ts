export * from './model/index.js';
export * from './model/records.js';
export * from './query/index.js';
export { openGraph, type GraphOptions } from './driver/open-graph.js';
export { migrate, type MigrationReport } from './migrations/migrate.js';
export { fullTextIndexName } from './migrations/desired-schema.js';
export { deriveSharedDisks } from './derive/shared-disks.js';
export { diffSyncs, type DiffRange, type EntityDiff } from './history/diff.js';
