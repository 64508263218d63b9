export {
  clusterConfiguration as kubevirtConfiguration,
  clusterSecrets,
} from '../../kubernetes/index.js';
export type { ClusterConfiguration as KubevirtConfiguration } from '../../kubernetes/index.js';
