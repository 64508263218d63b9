import { z } from 'zod';
import type { Cluster, KubernetesObject } from '../../kubernetes/index.js';
import { parseBytes } from '../../kubernetes/quantity.js';
import type { Omission } from '../contract.js';
import { CompanionTable } from './companion-table.js';
import { addRequest, nodeOfPod, type Requested } from './pod-requests.js';

const quantities = z.record(z.string(), z.unknown());

const claimObject = z.object({
  spec: z
    .object({
      storageClassName: z.string(),
      volumeMode: z.string(),
      resources: z.object({ requests: quantities }).partial(),
    })
    .partial()
    .optional(),
  status: z.object({ capacity: quantities }).partial().optional(),
});

/** What a machine needs to know of a claim. */
export interface ClaimFacts {
  readonly capacityBytes: number | undefined;
  readonly storageClass: string | undefined;
  readonly volumeMode: string | undefined;
}

function claimFacts(object: KubernetesObject): ClaimFacts {
  const { spec, status } = claimObject.safeParse(object).data ?? {};
  return {
    capacityBytes: parseBytes(status?.capacity?.storage ?? spec?.resources?.requests?.storage),
    storageClass: spec?.storageClassName,
    volumeMode: spec?.volumeMode,
  };
}

const instanceObject = z.object({
  spec: z
    .object({ domain: z.object({ cpu: z.unknown(), memory: z.unknown() }).partial() })
    .partial()
    .optional(),
  status: z
    .object({
      nodeName: z.string(),
      phase: z.string(),
      interfaces: z.unknown(),
      guestOSInfo: z.unknown(),
      phaseTransitionTimestamps: z.unknown(),
    })
    .partial()
    .optional(),
});

const capacityObject = z.object({ storageClassName: z.string(), capacity: z.unknown() });
const profileObject = z.object({ status: z.unknown() });
const stateObject = z.object({ status: z.object({ currentState: z.unknown() }) });

/** Facts of other objects that complete machines, nodes and storage classes. */
export class Companions {
  /** The part of an instance that a machine needs: instances are large, and there are many. */
  readonly instances: CompanionTable<unknown>;
  readonly claims: CompanionTable<ClaimFacts>;
  readonly profiles: CompanionTable<unknown>;
  readonly networkStates: CompanionTable<unknown>;
  /** Free capacity by storage class, summed over the segments that its driver publishes. */
  readonly capacities: CompanionTable<number>;
  /** What the pods that have not ended asked of each node. */
  readonly requested: CompanionTable<Requested>;

  constructor(cluster: Cluster) {
    this.instances = new CompanionTable(cluster, {
      resource: 'virtualMachineInstance',
      fold: (_row, object) => instanceObject.safeParse(object).data ?? {},
    });
    this.claims = new CompanionTable(cluster, {
      resource: 'persistentVolumeClaim',
      fold: (_row, object) => claimFacts(object),
    });
    this.profiles = new CompanionTable(cluster, {
      resource: 'storageProfile',
      fold: (_row, object) => profileObject.safeParse(object).data?.status,
    });
    this.networkStates = new CompanionTable(cluster, {
      resource: 'nodeNetworkState',
      fold: (_row, object) => stateObject.safeParse(object).data?.status.currentState,
    });
    this.capacities = new CompanionTable(cluster, {
      resource: 'csiStorageCapacity',
      key: (object) => capacityObject.safeParse(object).data?.storageClassName,
      fold: (sum, object) =>
        (sum ?? 0) + (parseBytes(capacityObject.safeParse(object).data?.capacity) ?? 0),
    });
    this.requested = new CompanionTable(cluster, {
      resource: 'pod',
      fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed,spec.nodeName!=',
      key: nodeOfPod,
      fold: addRequest,
    });
  }

  /** What could not be read of them so far, and which kinds lack facts for it. */
  omissions(): readonly Omission[] {
    const completed = [
      ['VirtualMachine', this.instances],
      ['VirtualMachine', this.claims],
      ['StorageClass', this.profiles],
      ['StorageClass', this.capacities],
      ['Node', this.networkStates],
      ['Node', this.requested],
    ] as const;
    return completed.flatMap(([kind, table]) =>
      table.refused === undefined
        ? []
        : [{ kind, what: `list ${table.resourceName}`, why: table.refused }],
    );
  }
}
