import { X509Certificate } from 'node:crypto';
import { z } from 'zod';

const fingerprintPattern = /^(?:[0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}$|^[0-9A-Fa-f]{64}$/u;

/** Upper-case pairs joined by colons, whichever way it was written. */
const normalFingerprint = (text: string): string =>
  (text.replaceAll(':', '').toUpperCase().match(/../gu) ?? []).join(':');

const isCertificate = (text: string): boolean => {
  try {
    return new X509Certificate(text).ca;
  } catch {
    return false;
  }
};

/** Fields by which a person says whom to believe. */
export const trustFields = {
  fingerprint: z
    .string()
    .regex(fingerprintPattern, 'not a SHA-256 fingerprint: 64 hexadecimal digits')
    .transform(normalFingerprint)
    .optional()
    .describe('SHA-256 fingerprint of the accepted certificate; then no authority is asked.'),
  authority: z
    .string()
    .max(256 * 1024)
    .refine(isCertificate, 'not the certificate of an authority in PEM form')
    .optional()
    .describe('Certificate of the authority in PEM form, beside those the system trusts.'),
};
