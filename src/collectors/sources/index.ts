export { SourceRegistry, type RegisteredSource, type SourceFacts } from './source-registry.js';
export { SourceError } from './source-error.js';
