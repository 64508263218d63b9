import type { Certificate, Finding } from '../contract.js';

/**
 * Blockers about the certificate that a server shows: one that is not the accepted one, or that
 * nobody vouches for. None where it may be spoken to.
 *
 * @param accepted SHA-256 fingerprint that a person accepted, upper-case pairs joined by colons.
 */
export function certificateFindings(
  accepted: string | undefined,
  shown: Certificate,
): readonly Finding[] {
  if (accepted !== undefined && accepted !== shown.sha256) {
    return [
      {
        severity: 'blocker',
        what: `the certificate is not the accepted one: accepted is SHA-256 ${accepted}, shown is SHA-256 ${shown.sha256}`,
        effect: 'nothing is sent to the server, since somebody else may be answering',
        remedy:
          'Ask the administrator of the server whether the certificate was renewed, compare the fingerprint with the one the server itself shows, and only then set the new one',
      },
    ];
  }
  if (accepted === undefined && !shown.trusted) {
    return [
      {
        severity: 'blocker',
        what: `the certificate is not trusted: ${shown.reason ?? 'no reason is known'}`,
        effect: 'nothing is sent to the server',
        remedy: `Compare SHA-256 ${shown.sha256} (SHA-1 ${shown.sha1}) with the fingerprint that the server itself shows and accept it, or give the certificate of its authority`,
      },
    ];
  }
  return [];
}
