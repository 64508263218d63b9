import type { EventBus } from '../events/index.js';
import type { Access } from '../server/access/index.js';
import type { AuditLog } from '../server/audit/index.js';
import type { SourceService, SourceSupervisor } from '../server/sources/index.js';

/** What the API asks of the rest of the product. */
export interface ApiServices {
  readonly access: Access;
  readonly audit: AuditLog;
  readonly sources: SourceService;
  readonly supervisor: SourceSupervisor;
  readonly events: EventBus;
}
