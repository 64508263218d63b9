import type { Access } from '../server/access/index.js';
import type { AuditLog } from '../server/audit/index.js';

/** What the API asks of the rest of the product. */
export interface ApiServices {
  readonly access: Access;
  readonly audit: AuditLog;
}
