import { z } from 'zod';
import { listField } from '../../list-field.js';
import { record, type EntityRecord } from '../../../graph/model/index.js';
import { parseBytes, parseMillis, parseQuantity } from '../../../kubernetes/quantity.js';
import type { RawObject } from '../../contract.js';
import { toCluster } from './cluster.js';
import { flagField, metadataField, numberField, pairs, textField } from './fields.js';

const quantities = z.record(z.string(), z.unknown()).optional().catch(undefined);

const body = z.object({
  metadata: metadataField,
  spec: z
    .object({
      unschedulable: flagField,
      taints: listField(z.object({ key: z.string(), value: textField, effect: z.string() })),
    })
    .optional(),
  status: z
    .object({
      capacity: quantities,
      allocatable: quantities,
      conditions: listField(z.object({ type: z.string(), status: z.string() })),
      nodeInfo: z.object({ kubeletVersion: textField, architecture: textField }).optional(),
    })
    .optional(),
  $requested: z.object({ cpuMillis: numberField, memoryBytes: numberField }).optional(),
});

const rolePrefix = 'node-role.kubernetes.io/';
const modelPrefix = 'host-model-cpu.node.kubevirt.io/';

/** Resources that Kubernetes counts itself; all others are extended. */
const ownResource = /^(?:cpu|memory|pods|ephemeral-storage|storage|hugepages-.*|attachable-.*)$/u;

const keysAfter = (map: Readonly<Record<string, string>>, prefix: string): string[] =>
  Object.keys(map)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
    .sort();

function extendedResources(allocatable: Readonly<Record<string, unknown>>): string[] {
  const extended = Object.entries(allocatable).filter(([name]) => !ownResource.test(name));
  return pairs(Object.fromEntries(extended));
}

export function mapNode(object: RawObject): EntityRecord<'Node'> {
  const { metadata, spec, status, $requested } = body.parse(object.body);
  const { labels } = metadata;
  const capacity = status?.capacity ?? {};
  const allocatable = status?.allocatable ?? {};
  return record(
    'Node',
    object.externalId,
    metadata.name,
    {
      ready: status?.conditions.some((one) => one.type === 'Ready' && one.status === 'True'),
      schedulable: spec?.unschedulable !== true,
      kvm: (parseQuantity(allocatable['devices.kubevirt.io/kvm']) ?? 0) > 0,
      cpuModel: keysAfter(labels, modelPrefix)[0],
      zone: labels['topology.kubernetes.io/zone'],
      roles: keysAfter(labels, rolePrefix),
      labels: pairs(labels),
      taints: (spec?.taints ?? [])
        .map(({ key, value, effect }) => `${key}=${value ?? ''}:${effect}`)
        .sort(),
      cpuCapacityMillis: parseMillis(capacity.cpu),
      cpuAllocatableMillis: parseMillis(allocatable.cpu),
      memoryCapacityBytes: parseBytes(capacity.memory),
      memoryAllocatableBytes: parseBytes(allocatable.memory),
      cpuRequestedMillis: $requested?.cpuMillis,
      memoryRequestedBytes: $requested?.memoryBytes,
      extendedResources: extendedResources(allocatable),
      kubeletVersion: status?.nodeInfo?.kubeletVersion,
      architecture: status?.nodeInfo?.architecture ?? labels['kubernetes.io/arch'],
    },
    { cluster: toCluster },
  );
}
