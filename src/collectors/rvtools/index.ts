export { createRvtoolsCollector, type RvtoolsCollectorOptions } from './collector.js';
export type { RvtoolsConfiguration } from './configuration.js';
export { sheetColumns, sheetNames, type SheetName } from './sheets.js';
