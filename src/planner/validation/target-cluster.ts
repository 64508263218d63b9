import type { Cluster } from '../../kubernetes/index.js';
import type { AdmittingCluster } from './admission.js';

/** What validation asks the target itself. Without `list`, the inventory stands in for it. */
export type TargetCluster = AdmittingCluster & Partial<Pick<Cluster, 'list'>>;

/** The target as it is while a plan is validated. */
export interface LiveTarget {
  /** Absent where the target cannot be asked. */
  readonly cluster?: TargetCluster | undefined;
  readonly signal?: AbortSignal | undefined;
}
