export {
  AuditLog,
  type AuditEntry,
  type AuditedAction,
  type AuditFilter,
  type AuditPhase,
} from './audit-log.js';
export type { ChainVerdict } from './verify-chain.js';
