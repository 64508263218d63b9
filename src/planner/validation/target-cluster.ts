import type { Cluster } from '../../kubernetes/index.js';
import type { AdmittingCluster } from './admission.js';

/** What validation asks the target itself. Without `list`, the inventory stands in for it. */
export type TargetCluster = AdmittingCluster & Partial<Pick<Cluster, 'list'>>;
