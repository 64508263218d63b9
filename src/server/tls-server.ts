import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { RequestListener } from 'node:http';
import type { Configuration } from './configuration/index.js';

/**
 * What makes the server of https, where a certificate is configured; `undefined` for plain http.
 * The files are read once: a renewed certificate counts from the next start.
 */
export function tlsServerMaker({
  tlsCertificateFile,
  tlsKeyFile,
}: Configuration): ((handler: RequestListener) => Server) | undefined {
  if (tlsCertificateFile === undefined || tlsKeyFile === undefined) return undefined;
  const options = { cert: readFileSync(tlsCertificateFile), key: readFileSync(tlsKeyFile) };
  return (handler) => createServer(options, handler);
}
