import type { Access } from '../server/access/index.js';
import type { AuditLog } from '../server/audit/index.js';
import type { SourceKeeper } from '../server/estate/index.js';

/** What the API asks of the rest of the product. */
export interface ApiServices {
  readonly access: Access;
  readonly audit: AuditLog;
  readonly sources: SourceKeeper;
}
