export { allChecks, diagnose, startChecks } from './doctor.js';
export type { DoctorCheck, DoctorContext, DoctorFinding } from './finding.js';
export { checkRedis } from './redis-check.js';
