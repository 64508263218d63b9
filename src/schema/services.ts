import type { EventBus } from '../events/index.js';
import type { PlanForRun } from '../executor/index.js';
import type { Cluster } from '../kubernetes/index.js';
import type { Access } from '../server/access/index.js';
import type { AuditLog } from '../server/audit/index.js';
import type { UploadStore } from '../server/uploads/index.js';
import type { BundleService, SourceService, SourceSupervisor } from '../server/sources/index.js';

/** What the API asks of the rest of the product. */
export interface ApiServices {
  readonly access: Access;
  readonly audit: AuditLog;
  readonly sources: SourceService;
  readonly supervisor: SourceSupervisor;
  readonly bundles: BundleService;
  readonly uploads: UploadStore;
  readonly events: EventBus;
  /** Connects to the cluster of a target source. */
  readonly openTarget: (target: string, signal: AbortSignal) => Promise<Pick<Cluster, 'apply'>>;
  /** A plan as the orders for its machines. */
  readonly readPlanForRun: (plan: string, signal: AbortSignal) => Promise<PlanForRun>;
  /** Tells workers that there is something to do; they would find it themselves a little later. */
  readonly wakeWorkers: () => void;
}
