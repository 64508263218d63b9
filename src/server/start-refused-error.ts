import { OpalError } from '../errors/opal-error.js';
import type { DoctorFinding } from './doctor/index.js';

/** Something on this machine or on a server it uses has to be put right before a start. */
export class StartRefusedError extends OpalError {
  constructor(readonly findings: readonly DoctorFinding[]) {
    const sentences = findings.map(({ what, why, remedy }) => `${what}: ${why}. ${remedy}`);
    super({
      code: 'server.start.refused',
      what: 'The server cannot start',
      subject: findings.map(({ check }) => check).join(', '),
      why: sentences.join('; '),
      remedy: 'Run "opal doctor" to see all checks',
      retryable: false,
    });
  }
}
