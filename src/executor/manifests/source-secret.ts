import type { V1Secret } from '@kubernetes/client-node';
import type { ManifestOf } from '../manifest.js';
import type { ImporterCredentials } from '../ports.js';
import type { WorkOrder } from '../work-order.js';

/**
 * The source's credentials for importers and virt-v2v, under the keys that CDI's VDDK importer
 * reads. Lives as long as the run and goes with it.
 */
export const sourceSecret = (
  order: WorkOrder,
  credentials: ImporterCredentials,
): ManifestOf<V1Secret> => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: order.secretName, namespace: order.namespace },
  type: 'Opaque',
  stringData: {
    accessKeyId: credentials.user,
    secretKey: credentials.password,
    thumbprint: credentials.thumbprint,
  },
});
