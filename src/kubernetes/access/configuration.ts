import { z } from 'zod';

const filled = z.string().trim().min(1);

const fingerprint = filled
  .transform((text) => text.replaceAll(':', '').toUpperCase())
  .refine((text) => /^[0-9A-F]{64}$/u.test(text), {
    error: 'A SHA-256 fingerprint has 64 hexadecimal digits, with or without colons between pairs.',
  });

/**
 * How a cluster is reached: by a kubeconfig (text or path), by the service account of the pod it
 * runs in, or by server and token. Exactly one of them. TLS is always verified: against the
 * system's authorities, a given authority, or a pinned certificate.
 */
export const clusterConfiguration = z
  .strictObject({
    kubeconfig: filled.optional().describe('A kubeconfig as text. It may not name files.'),
    kubeconfigPath: filled.optional().describe('Path of a kubeconfig on the server.'),
    context: filled.optional().describe('Context of the kubeconfig; else its current one.'),
    inCluster: z.boolean().optional().describe('Use the service account of this pod.'),
    server: z
      .url({
        protocol: /^https$/u,
        error: 'The address of the API server has to start with https://.',
      })
      .optional()
      .describe('Address of the API server.'),
    token: filled.optional().describe('Bearer token of a service account.'),
    certificateAuthority: filled
      .refine((pem) => pem.includes('-----BEGIN CERTIFICATE-----'), {
        error: 'A certificate authority is given in PEM form.',
      })
      .optional()
      .describe('Certificate authority that signed the certificate of the API server, as PEM.'),
    certificateFingerprint: fingerprint
      .optional()
      .describe('SHA-256 fingerprint of the certificate of the API server, to pin it.'),
  })
  .check((context) => {
    const { kubeconfig, kubeconfigPath, inCluster, server, token } = context.value;
    const ways = [kubeconfig, kubeconfigPath, inCluster === true ? true : undefined, server];
    if (ways.filter((way) => way !== undefined).length !== 1) {
      context.issues.push({
        code: 'custom',
        input: context.value,
        message: 'Give exactly one of kubeconfig, kubeconfigPath, inCluster and server.',
      });
    }
    if (server !== undefined && token === undefined) {
      context.issues.push({
        code: 'custom',
        input: context.value,
        path: ['token'],
        message: 'A server needs a token.',
      });
    }
  });

/** Described at {@link clusterConfiguration}. Holds secrets: never log it. */
export type ClusterConfiguration = z.output<typeof clusterConfiguration>;

/** Fields of the configuration that are secrets. */
export const clusterSecrets = ['kubeconfig', 'token'] as const;
