export { vsphereCollector } from './collector.js';
export { vsphereConfiguration, type VsphereConfiguration } from './configuration.js';
export type { VsphereCursor } from './full-read.js';
export type { VsphereSession } from './session.js';
export {
  addedKeys,
  vsphereTypes,
  type ManagedObjectReference,
  type VsphereRawObject,
  type VsphereType,
} from './raw.js';
