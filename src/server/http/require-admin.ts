import { ForbiddenError, requireRole, type Principal } from '../access/index.js';
import type { AuditLog, AuditedAction } from '../audit/index.js';

/** For what administrators alone may do; who else tries stands in the audit. */
export const requireAdmin = async (
  audit: AuditLog,
  principal: Principal,
  action: AuditedAction,
): Promise<void> => {
  try {
    requireRole(principal, 'admin');
  } catch (error) {
    if (error instanceof ForbiddenError) await audit.denied(principal, action);
    throw error;
  }
};
