export { BundleService } from './bundle-service.js';
export { collectorTable, type CollectorEntry, type CollectorTable } from './collector-table.js';
export { openConfiguration } from './source-configuration.js';
export { SourceService, type SourceDraft } from './source-service.js';
export { SourceServiceError } from './source-service-error.js';
export { SourceSupervisor } from './source-supervisor.js';
