export {
  createKubevirtCollector,
  kubevirtCollector,
  type KubevirtCollectorOptions,
} from './collector.js';
export type { KubevirtConfiguration } from './configuration.js';
export { clusterExternalId } from './raw.js';
export { neededRights, type NeededRight } from './rights.js';
