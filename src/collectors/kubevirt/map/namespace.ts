import { z } from 'zod';
import { record, to, type EdgeTarget, type EntityRecord } from '../../../graph/model/index.js';
import type { RawObject } from '../../contract.js';
import { toCluster } from './cluster.js';
import { metadataField, pairs, textField } from './fields.js';

/** The edge that puts a namespaced object into its namespace. */
export const toNamespace = (namespace: string | undefined): EdgeTarget =>
  to('Namespace', namespace ?? 'default');

const namespaceBody = z.object({
  metadata: metadataField,
  status: z.object({ phase: textField }).optional(),
});

export function mapNamespace(object: RawObject): EntityRecord<'Namespace'> {
  const { metadata, status } = namespaceBody.parse(object.body);
  return record(
    'Namespace',
    object.externalId,
    metadata.name,
    {
      phase: status?.phase,
      labels: pairs(metadata.labels),
      podSecurity: metadata.labels['pod-security.kubernetes.io/enforce'],
    },
    { cluster: toCluster },
  );
}

const quantities = z.record(z.string(), z.unknown()).optional().catch(undefined);
const quotaBody = z.object({
  metadata: metadataField,
  spec: z.object({ hard: quantities }).optional(),
  status: z.object({ hard: quantities, used: quantities }).optional(),
});

export function mapResourceQuota(object: RawObject): EntityRecord<'ResourceQuota'> {
  const { metadata, spec, status } = quotaBody.parse(object.body);
  return record(
    'ResourceQuota',
    object.externalId,
    metadata.name,
    { hard: pairs(spec?.hard ?? status?.hard ?? {}), used: pairs(status?.used ?? {}) },
    { namespace: toNamespace(metadata.namespace) },
  );
}
