import { annotations } from '../../kubernetes/index.js';
import { formatBytes } from '../../kubernetes/quantity.js';
import type { StorageDestination } from '../mapping/mapping.js';
import { credentialsName, volumeName } from '../names/object-names.js';
import type { DiskFacts } from '../source/machine-facts.js';
import type { Blueprint, SourceEndpoint } from './blueprint.js';
import { migratedDisks } from './disks.js';
import type { JsonObject, Manifest } from './manifest.js';
import { ownLabels } from './metadata.js';

/** Volumes are made in whole mebibytes, for some storage cannot give less. */
const alignment = 2 ** 20;

export const alignedBytes = (capacity: number): number =>
  Math.max(alignment, Math.ceil(capacity / alignment) * alignment);

/** The base of a chain of snapshots: VDDK follows the chain itself. */
export const baseFile = (file: string): string => file.replace(/-\d{6}(?=\.vmdk$)/u, '');

export interface PlannedVolume {
  readonly disk: DiskFacts;
  readonly bytes: number;
  readonly manifest: Manifest;
}

function sourceOf(
  { planId, machine, choices, options }: Blueprint,
  disk: DiskFacts,
  endpoint: SourceEndpoint | undefined,
): JsonObject {
  if (choices.copy.value === 'virt-v2v') return { blank: {} };
  return {
    vddk: {
      backingFile: baseFile(disk.file ?? ''),
      uuid: machine.uuid ?? '',
      secretRef: credentialsName(planId, machine.id),
      ...(endpoint === undefined ? {} : { url: endpoint.url, thumbprint: endpoint.thumbprint }),
      ...(options.vddkImage === undefined ? {} : { initImageURL: options.vddkImage }),
    },
  };
}

const storageOf = (
  bytes: number,
  destination: StorageDestination | null | undefined,
): JsonObject => ({
  resources: { requests: { storage: formatBytes(bytes) } },
  ...(destination === null || destination === undefined
    ? {}
    : {
        storageClassName: destination.storageClass,
        ...(destination.accessMode === undefined ? {} : { accessModes: [destination.accessMode] }),
        ...(destination.volumeMode === undefined ? {} : { volumeMode: destination.volumeMode }),
      }),
});

/** One DataVolume for each disk, in the order in which the machine has them. */
export function buildDataVolumes(
  blueprint: Blueprint,
  endpoint?: SourceEndpoint,
): readonly PlannedVolume[] {
  const { namespace, choices, mappings } = blueprint;
  const destinations = new Map(
    mappings.storage.map(({ source, destination }) => [source, destination]),
  );
  return migratedDisks(blueprint).map((disk, index) => {
    const bytes = alignedBytes(disk.capacityBytes ?? 0);
    const destination = destinations.get(disk.datastore ?? '');
    return {
      disk,
      bytes,
      manifest: {
        apiVersion: 'cdi.kubevirt.io/v1beta1',
        kind: 'DataVolume',
        metadata: {
          name: volumeName(choices.targetName, index),
          namespace,
          labels: ownLabels(blueprint),
          annotations: {
            [annotations.sourceDisk]: disk.file ?? '',
            // The volume is filled before the machine is there that a late binding would wait for.
            'cdi.kubevirt.io/storage.bind.immediate.requested': 'true',
            // The executor reads the outcome from the volume, so CDI may not tidy it away.
            'cdi.kubevirt.io/storage.deleteAfterCompletion': 'false',
          },
        },
        spec: {
          source: sourceOf(blueprint, disk, endpoint),
          storage: storageOf(bytes, destination),
        },
      },
    };
  });
}
