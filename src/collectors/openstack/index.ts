export { openstackCollector } from './collector.js';
export { openstackConfiguration, type OpenstackConfiguration } from './configuration.js';
export type { OpenstackCursor } from './full-read.js';
export { openstackTypes, type OpenstackType } from './raw.js';
export type { OpenstackSession } from './session.js';
