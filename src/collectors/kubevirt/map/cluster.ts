import { z } from 'zod';
import { record, to, type EdgeTarget, type EntityRecord } from '../../../graph/model/index.js';
import type { RawObject } from '../../contract.js';
import { clusterExternalId } from '../raw.js';
import { textField, textListField } from './fields.js';

/** The edge that hangs an object of the cluster below it. */
export const toCluster: EdgeTarget = to('KubernetesCluster', clusterExternalId);

const body = z.object({
  name: z.string(),
  version: textField,
  platform: textField,
  kubeVirt: z
    .object({
      spec: z
        .object({
          configuration: z
            .object({
              developerConfiguration: z.object({ featureGates: textListField }).optional(),
            })
            .optional(),
        })
        .optional(),
      status: z.object({ observedKubeVirtVersion: textField }).optional(),
    })
    .optional(),
  cdi: z.object({ status: z.object({ observedVersion: textField }).optional() }).optional(),
});

export function mapCluster(object: RawObject): EntityRecord<'KubernetesCluster'> {
  const { name, version, platform, kubeVirt, cdi } = body.parse(object.body);
  const gates = kubeVirt?.spec?.configuration?.developerConfiguration?.featureGates ?? [];
  return record(
    'KubernetesCluster',
    object.externalId,
    name,
    {
      version,
      platform,
      // Installed, and its version not told yet, is not the same as not installed.
      kubevirtVersion:
        kubeVirt === undefined
          ? undefined
          : (kubeVirt.status?.observedKubeVirtVersion ?? 'unknown'),
      cdiVersion: cdi === undefined ? undefined : (cdi.status?.observedVersion ?? 'unknown'),
      featureGates: [...gates].sort(),
    },
    {},
  );
}
