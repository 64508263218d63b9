import {
  certificateCheck,
  dataFolderCheck,
  diskSpaceCheck,
  keyFileCheck,
  lockCheck,
} from './folder-checks.js';
import {
  findingFrom,
  type DoctorCheck,
  type DoctorContext,
  type DoctorFinding,
} from './finding.js';
import { neo4jCheck } from './neo4j-check.js';
import { ownPortCheck, portCheck } from './port-check.js';
import { goCheck, javaCheck, mavenCheck, nodeCheck } from './program-checks.js';
import { redisCheck } from './redis-check.js';

/** What has to be right before a start. The lock is taken, not looked at, by the start itself. */
export const startChecks: readonly DoctorCheck[] = [
  nodeCheck,
  javaCheck,
  mavenCheck,
  dataFolderCheck,
  diskSpaceCheck,
  keyFileCheck,
  certificateCheck,
  neo4jCheck,
  redisCheck,
  portCheck,
];

/** All checks, for `opal doctor`. */
export const allChecks: readonly DoctorCheck[] = [
  ...startChecks.filter((check) => check !== portCheck),
  ownPortCheck,
  lockCheck,
  goCheck,
];

async function runCheck(
  check: DoctorCheck,
  context: DoctorContext,
): Promise<readonly DoctorFinding[]> {
  try {
    return await check.run(context);
  } catch (error) {
    return [findingFrom(check.name, error)];
  }
}

/** Runs the checks at once and gives their findings in the order of the checks. Never throws. */
export async function diagnose(
  context: DoctorContext,
  checks: readonly DoctorCheck[] = allChecks,
): Promise<readonly DoctorFinding[]> {
  const findings = await Promise.all(checks.map((check) => runCheck(check, context)));
  return findings.flat();
}
