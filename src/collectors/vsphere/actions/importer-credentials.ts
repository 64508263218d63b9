import { inspectCertificate } from '../../tls/inspect-certificate.js';
import type { VsphereConfiguration } from '../configuration.js';
import {
  VsphereCertificateChangedError,
  VsphereCertificateError,
  VsphereUnreachableError,
} from '../errors.js';

/** What an importer in a cluster needs to read the source by itself. Never to be logged or stored. */
export interface VsphereImporterCredentials {
  readonly user: string;
  readonly password: string;
  /** SHA-1 fingerprint of the server's certificate, as VDDK wants it. */
  readonly thumbprint: string;
  /** For instance `https://vcenter.example/sdk`. */
  readonly url: string;
}

/**
 * The fingerprint is that of the certificate which is shown now and was accepted or is trusted.
 *
 * @throws VsphereCertificateChangedError, VsphereCertificateError, VsphereUnreachableError.
 */
export async function importerCredentials(
  configuration: VsphereConfiguration,
  signal: AbortSignal,
): Promise<VsphereImporterCredentials> {
  const { address, authority, fingerprint, username, password } = configuration;
  const shown = await inspectCertificate(
    address,
    { authority },
    signal,
    (why, options) => new VsphereUnreachableError(address, why, options),
  );
  if (fingerprint !== undefined && fingerprint !== shown.sha256) {
    throw new VsphereCertificateChangedError(address, fingerprint, shown.sha256);
  }
  if (fingerprint === undefined && !shown.trusted) {
    throw new VsphereCertificateError(address, shown.reason ?? 'no reason is known');
  }
  return {
    user: username,
    password,
    thumbprint: shown.sha1,
    url: `https://${address}/sdk`,
  };
}
