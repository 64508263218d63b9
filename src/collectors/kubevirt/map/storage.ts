import { z } from 'zod';
import { listField } from '../../list-field.js';
import { record, to, type EntityRecord } from '../../../graph/model/index.js';
import { parseBytes } from '../../../kubernetes/quantity.js';
import type { RawObject } from '../../contract.js';
import { toCluster } from './cluster.js';
import {
  flagField,
  metadataField,
  numberField,
  pairs,
  textField,
  textListField,
} from './fields.js';
import { toNamespace } from './namespace.js';

const propertySet = z.object({ accessModes: textListField, volumeMode: textField });

const classBody = z.object({
  metadata: metadataField,
  provisioner: textField,
  reclaimPolicy: textField,
  volumeBindingMode: textField,
  allowVolumeExpansion: flagField,
  $profile: z
    .object({ claimPropertySets: listField(propertySet), cloneStrategy: textField })
    .optional()
    .catch(undefined),
  $capacityBytes: numberField,
});

export function mapStorageClass(object: RawObject): EntityRecord<'StorageClass'> {
  const { metadata, $profile, $capacityBytes, ...fields } = classBody.parse(object.body);
  const { annotations } = metadata;
  return record(
    'StorageClass',
    object.externalId,
    metadata.name,
    {
      provisioner: fields.provisioner,
      isDefault: annotations['storageclass.kubernetes.io/is-default-class'] === 'true',
      isVirtDefault: annotations['storageclass.kubevirt.io/is-default-virt-class'] === 'true',
      reclaimPolicy: fields.reclaimPolicy ?? 'Delete',
      volumeBindingMode: fields.volumeBindingMode ?? 'Immediate',
      allowVolumeExpansion: fields.allowVolumeExpansion ?? false,
      claimPropertySets: ($profile?.claimPropertySets ?? []).flatMap((set) =>
        set.accessModes.map((mode) => `${mode}/${set.volumeMode ?? 'Filesystem'}`),
      ),
      cloneStrategy: $profile?.cloneStrategy,
      capacityBytes: $capacityBytes,
    },
    { cluster: toCluster },
  );
}

const quantities = z.record(z.string(), z.unknown()).optional().catch(undefined);
const asked = z.object({ requests: quantities }).optional();

const claimBody = z.object({
  metadata: metadataField,
  spec: z
    .object({
      storageClassName: textField,
      volumeMode: textField,
      accessModes: textListField,
      resources: asked,
    })
    .optional(),
  status: z
    .object({ phase: textField, capacity: quantities, accessModes: textListField })
    .optional(),
});

export function mapClaim(object: RawObject): EntityRecord<'PersistentVolumeClaim'> {
  const { metadata, spec, status } = claimBody.parse(object.body);
  const given = status?.accessModes ?? [];
  return record(
    'PersistentVolumeClaim',
    object.externalId,
    metadata.name,
    {
      phase: status?.phase,
      requestedBytes: parseBytes(spec?.resources?.requests?.storage),
      capacityBytes: parseBytes(status?.capacity?.storage),
      accessModes: given.length > 0 ? given : (spec?.accessModes ?? []),
      volumeMode: spec?.volumeMode ?? 'Filesystem',
      labels: pairs(metadata.labels),
    },
    {
      namespace: toNamespace(metadata.namespace),
      ...(spec?.storageClassName === undefined || spec.storageClassName === ''
        ? {}
        : { storageClass: to('StorageClass', spec.storageClassName) }),
    },
  );
}

const volumeBody = z.object({
  metadata: metadataField,
  spec: z
    .object({
      source: z.record(z.string(), z.unknown()).optional().catch(undefined),
      sourceRef: z.unknown().optional(),
      pvc: z.object({ resources: asked }).optional().catch(undefined),
      storage: z.object({ resources: asked }).optional().catch(undefined),
    })
    .optional(),
  status: z.object({ phase: textField, progress: textField }).optional(),
});

/** `42.5%` as 42; `N/A` and nothing are unknown. */
function percent(progress: string | undefined): number | undefined {
  const value = Number.parseFloat(progress ?? '');
  return Number.isFinite(value) ? Math.floor(value) : undefined;
}

export function mapDataVolume(object: RawObject): EntityRecord<'DataVolume'> {
  const { metadata, spec, status } = volumeBody.parse(object.body);
  const wanted = spec?.storage?.resources ?? spec?.pvc?.resources;
  return record(
    'DataVolume',
    object.externalId,
    metadata.name,
    {
      phase: status?.phase,
      progressPercent: percent(status?.progress),
      sourceType:
        Object.keys(spec?.source ?? {})[0] ?? (spec?.sourceRef === undefined ? undefined : 'ref'),
      requestedBytes: parseBytes(wanted?.requests?.storage),
    },
    { namespace: toNamespace(metadata.namespace) },
  );
}
