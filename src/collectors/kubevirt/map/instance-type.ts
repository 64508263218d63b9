import { z } from 'zod';
import { listField } from '../../list-field.js';
import { record, type EntityRecord } from '../../../graph/model/index.js';
import { parseBytes } from '../../../kubernetes/quantity.js';
import type { RawObject } from '../../contract.js';
import { flagField, metadataField, moment, numberField, textField } from './fields.js';

const typeBody = z.object({
  metadata: metadataField,
  spec: z.object({
    cpu: z.object({ guest: numberField, dedicatedCPUPlacement: flagField }).optional(),
    memory: z
      .object({ guest: z.unknown(), hugepages: z.object({ pageSize: textField }).optional() })
      .optional(),
    gpus: listField(z.object({ name: z.string(), deviceName: z.string() })),
  }),
});

export function mapInstanceType(object: RawObject): EntityRecord<'InstanceType'> {
  const { metadata, spec } = typeBody.parse(object.body);
  return record(
    'InstanceType',
    object.externalId,
    metadata.name,
    {
      clusterWide: metadata.namespace === undefined,
      namespaceName: metadata.namespace,
      cpuGuest: spec.cpu?.guest,
      memoryGuestBytes: parseBytes(spec.memory?.guest),
      dedicatedCpuPlacement: spec.cpu?.dedicatedCPUPlacement ?? false,
      hugepages: spec.memory?.hugepages?.pageSize,
      gpus: spec.gpus.map(({ name, deviceName }) => `${name}=${deviceName}`),
    },
    {},
  );
}

const preferenceBody = z.object({
  metadata: metadataField,
  spec: z
    .object({
      devices: z
        .object({ preferredDiskBus: textField, preferredInterfaceModel: textField })
        .optional(),
    })
    .optional(),
});

/** Labels under which collections of preferences name the guest OS, the common one first. */
const osLabels = ['instancetype.kubevirt.io/os-type', 'os.template.kubevirt.io/name'];

export function mapPreference(object: RawObject): EntityRecord<'Preference'> {
  const { metadata, spec } = preferenceBody.parse(object.body);
  const osLabel = osLabels.find((label) => metadata.labels[label] !== undefined);
  return record(
    'Preference',
    object.externalId,
    metadata.name,
    {
      clusterWide: metadata.namespace === undefined,
      namespaceName: metadata.namespace,
      osType: osLabel === undefined ? undefined : metadata.labels[osLabel],
      preferredDiskBus: spec?.devices?.preferredDiskBus,
      preferredNicModel: spec?.devices?.preferredInterfaceModel,
      createdAt: moment(metadata.creationTimestamp),
    },
    {},
  );
}
