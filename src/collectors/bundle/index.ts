export { recordBundle, type RecordedBundle, type RecordOptions } from './record-bundle.js';
export { openReplay, ReplayCollector } from './replay-collector.js';
export { checkBundle, readManifest } from './read-bundle.js';
export type { BundleManifest } from './bundle-format.js';
export { BundleError } from './bundle-error.js';
