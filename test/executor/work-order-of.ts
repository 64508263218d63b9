import { objectName } from '../../src/executor/object-names.js';
import type { SourceMachine } from '../../src/executor/ports.js';
import { workOrderSchema, type WorkOrder } from '../../src/executor/work-order.js';

export interface OrderPlace {
  readonly plan: string;
  readonly sourceId: string;
  readonly targetId: string;
  readonly namespace: string;
  readonly externalId: string;
  readonly sourceUrl: string;
  readonly host?: string;
  readonly datastores?: readonly string[];
}

export type OrderChanges = Partial<WorkOrder> & { readonly importOutcome?: 'failed' | 'unbound' };

/** What a planner would order for a machine that the simulator holds. */
export function workOrderOf(
  machine: SourceMachine,
  place: OrderPlace,
  changes: OrderChanges = {},
): WorkOrder {
  const { plan, externalId, namespace } = place;
  const sourceVirtualMachine = `${place.sourceId}/VirtualMachine/${externalId}`;
  const targetName = machine.name.toLowerCase().replace(/[^a-z0-9]+/gu, '-');
  const secretName = objectName(plan, sourceVirtualMachine, 'source');
  const disks = machine.disks.map((disk, index) => ({
    ...disk,
    dataVolume: {
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: {
        name: objectName(plan, sourceVirtualMachine, `disk-${String(index)}`),
        annotations: {
          'cdi.kubevirt.io/storage.deleteAfterCompletion': 'false',
          ...(changes.importOutcome === undefined
            ? {}
            : { 'lab.opal/outcome': changes.importOutcome }),
        },
      },
      spec: {
        source: sourceOf(changes.copy, {
          vddk: {
            url: place.sourceUrl,
            uuid: machine.uuid,
            backingFile: disk.file,
            thumbprint: 'AA:BB',
            secretRef: secretName,
          },
        }),
        storage: {
          accessModes: ['ReadWriteMany'],
          volumeMode: 'Block',
          storageClassName: 'ceph-rbd',
          resources: { requests: { storage: String(Math.max(disk.capacityBytes, 1024 ** 2)) } },
        },
      },
    },
  }));
  return workOrderSchema.parse({
    plan,
    planName: plan,
    sourceId: place.sourceId,
    targetId: place.targetId,
    namespace,
    targetName,
    source: {
      id: sourceVirtualMachine,
      externalId,
      name: machine.name,
      uuid: machine.uuid,
      host: place.host,
      datastores: [...(place.datastores ?? [])],
      disks: machine.disks.map((disk) => ({ ...disk })),
    },
    virtualMachine: virtualMachineManifest(
      targetName,
      disks.map(({ dataVolume }) => dataVolume.metadata.name),
    ),
    disks,
    powerOff: 'graceful',
    shutdownTimeoutSeconds: 120,
    targetPower: 'asSource',
    copy: 'vddk',
    convertGuest: false,
    secretName,
    ...changes,
  });
}

/** Where virt-v2v copies, the volume begins empty. */
const sourceOf = (copy: WorkOrder['copy'] | undefined, vddk: object): object =>
  copy === 'virt-v2v' ? { blank: {} } : vddk;

function virtualMachineManifest(name: string, volumes: readonly string[]) {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name },
    spec: {
      runStrategy: 'Always',
      template: {
        metadata: { labels: { app: name } },
        spec: {
          domain: {
            cpu: { sockets: 1, cores: 1 },
            memory: { guest: '64Mi' },
            devices: {
              disks: volumes.map((_, index) => ({
                name: `vol-${String(index)}`,
                disk: { bus: 'virtio' },
              })),
              interfaces: [{ name: 'net-0', masquerade: {} }],
            },
          },
          networks: [{ name: 'net-0', pod: {} }],
          volumes: volumes.map((volume, index) => ({
            name: `vol-${String(index)}`,
            dataVolume: { name: volume },
          })),
        },
      },
    },
  };
}
