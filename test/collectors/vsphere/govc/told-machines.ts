import { z } from 'zod';
import { kindOfType, listed, many, optional, reference } from './go-values.js';
import type { GovcObject } from './govc-objects.js';
import type { InventoryFacts } from './inventory-facts.js';
import type { NetworkNames } from './told-places.js';

export const machinePaths = [
  'parent',
  'resourcePool',
  'runtime.host',
  'datastore',
  'network',
  'config.template',
  'config.hardware.device',
  'snapshot',
  'guest.disk',
  'guest.net',
  'guest.ipStack',
  'customValue',
];

const device = z.object({
  key: z.number(),
  macAddress: optional(z.string()),
  capacityInKB: optional(z.number()),
  sriovBacking: z.unknown().optional(),
  backing: optional(
    z.object({
      datastore: optional(reference),
      network: optional(reference),
      opaqueNetworkId: optional(z.string()),
      port: optional(z.object({ portgroupKey: optional(z.string()) })),
    }),
  ),
});
type Device = z.infer<typeof device>;

interface SnapshotTree {
  readonly snapshot: { readonly value: string };
  readonly childSnapshotList?: readonly SnapshotTree[] | null | undefined;
}
const snapshotTree: z.ZodType<SnapshotTree> = z.lazy(() =>
  z.object({ snapshot: reference, childSnapshotList: z.array(snapshotTree).nullish() }),
);

const machine = z.object({
  parent: optional(reference),
  resourcePool: optional(reference),
  'runtime.host': optional(reference),
  datastore: listed(reference),
  network: listed(reference),
  'config.template': optional(z.boolean()),
  'config.hardware.device': listed(device),
  snapshot: optional(z.object({ rootSnapshotList: many(snapshotTree) })),
  'guest.disk': listed(
    z.object({ diskPath: optional(z.string()), mappings: many(z.object({ key: z.number() })) }),
  ),
  'guest.net': listed(
    z.object({
      macAddress: optional(z.string()),
      deviceConfigId: optional(z.number()),
      ipAddress: many(z.string()),
      ipConfig: optional(z.object({ ipAddress: many(z.object({ ipAddress: z.string() })) })),
    }),
  ),
  'guest.ipStack': listed(
    z.object({
      ipRouteConfig: optional(
        z.object({
          ipRoute: many(
            z.object({
              network: z.string(),
              prefixLength: z.number(),
              gateway: z.object({ ipAddress: optional(z.string()), device: optional(z.string()) }),
            }),
          ),
        }),
      ),
    }),
  ),
  customValue: listed(z.object({ key: z.number(), value: optional(z.string()) })),
});

/** Facts of one machine. The parts of it know it by kind and id. */
class Told {
  private readonly told;
  private readonly kind: string;

  constructor(
    private readonly facts: InventoryFacts,
    private readonly id: string,
    object: GovcObject,
  ) {
    this.told = machine.parse(object.values);
    this.kind = this.told['config.template'] === true ? 'Template' : 'VirtualMachine';
  }

  itself(fieldNames: ReadonlyMap<number, string>): void {
    const { facts, kind, id, told } = this;
    facts.node(kind, id);
    facts.edge(kind, 'host', id, 'Host', told['runtime.host']?.value);
    if (told.parent !== undefined) {
      facts.edge(kind, 'folder', id, kindOfType(told.parent.type), told.parent.value);
    }
    facts.edge(kind, 'resourcePool', id, 'ResourcePool', told.resourcePool?.value);
    for (const { value } of told.datastore) facts.edge(kind, 'datastores', id, 'Datastore', value);
    for (const { value } of told.network) facts.edge(kind, 'networks', id, 'Network', value);
    for (const { key, value } of told.customValue) {
      facts.value(kind, 'customAttributes', id, `${fieldNames.get(key) ?? key}=${value ?? ''}`);
    }
  }

  devices(names: NetworkNames): void {
    for (const each of this.told['config.hardware.device']) {
      const isDisk = each.capacityInKB !== undefined;
      const isNic = each.macAddress !== undefined;
      if (isDisk) {
        const disk = this.part('Disk', each.key);
        this.facts.edge('Disk', 'datastore', disk, 'Datastore', each.backing?.datastore?.value);
      }
      if (isNic) {
        const nic = this.part('Nic', each.key);
        this.facts.edge('Nic', 'network', nic, 'Network', networkOf(each, names));
      }
      // An adapter that holds on to a card of the host is an adapter and a device.
      if ((!isDisk && !isNic) || (each.sriovBacking ?? undefined) !== undefined) {
        this.part('Device', each.key);
      }
    }
  }

  snapshots(): void {
    const walk = (trees: readonly SnapshotTree[], parent: string | undefined): void => {
      for (const { snapshot, childSnapshotList } of trees) {
        this.facts.node('Snapshot', snapshot.value);
        this.facts.edge('Snapshot', 'machine', snapshot.value, this.kind, this.id);
        this.facts.edge('Snapshot', 'parent', snapshot.value, 'Snapshot', parent);
        walk(childSnapshotList ?? [], snapshot.value);
      }
    };
    walk(this.told.snapshot?.rootSnapshotList ?? [], undefined);
  }

  guest(): void {
    const { told, facts, id } = this;
    const disks = new Set(
      told['config.hardware.device'].flatMap(({ key, capacityInKB }) =>
        capacityInKB === undefined ? [] : key,
      ),
    );
    for (const { diskPath, mappings } of told['guest.disk']) {
      if (diskPath === undefined) continue;
      const fileSystem = this.part('FileSystem', 'fs', diskPath);
      for (const { key } of mappings) {
        if (disks.has(key)) facts.edge('FileSystem', 'disks', fileSystem, 'Disk', `${id}/${key}`);
      }
    }
    for (const report of told['guest.net']) this.guestNetwork(report);
    for (const [stack, { ipRouteConfig }] of told['guest.ipStack'].entries()) {
      for (const { network, prefixLength, gateway } of ipRouteConfig?.ipRoute ?? []) {
        const way = [gateway.ipAddress ?? '', gateway.device ?? ''];
        this.part('GuestRoute', 'route', stack, network, prefixLength, ...way);
      }
    }
  }

  private guestNetwork(report: z.infer<typeof machine>['guest.net'][number]): void {
    const configured = report.ipConfig?.ipAddress.map(({ ipAddress }) => ipAddress) ?? [];
    const mac = report.macAddress?.toLowerCase() ?? '';
    const nic = this.told['config.hardware.device'].find(
      ({ key, macAddress }) =>
        macAddress !== undefined &&
        (key === report.deviceConfigId || macAddress.toLowerCase() === mac),
    );
    for (const address of configured.length > 0 ? configured : report.ipAddress) {
      const network = this.part('GuestNetwork', 'net', report.deviceConfigId ?? -1, mac, address);
      const to = nic === undefined ? undefined : `${this.id}/${nic.key}`;
      this.facts.edge('GuestNetwork', 'nic', network, 'Nic', to);
    }
  }

  private part(kind: string, ...names: readonly (string | number)[]): string {
    const id = [this.id, ...names].join('/');
    this.facts.node(kind, id);
    this.facts.edge(kind, 'machine', id, this.kind, this.id);
    return id;
  }
}

function networkOf({ backing }: Device, names: NetworkNames): string | undefined {
  if (backing?.opaqueNetworkId !== undefined) return names.opaque.get(backing.opaqueNetworkId);
  const key = backing?.port?.portgroupKey;
  return key === undefined ? backing?.network?.value : names.portGroups.get(key);
}

/** A machine or template with all its parts. */
export function machineFacts(
  facts: InventoryFacts,
  names: NetworkNames,
  fieldNames: ReadonlyMap<number, string>,
  object: GovcObject,
): void {
  const told = new Told(facts, object.id, object);
  told.itself(fieldNames);
  told.devices(names);
  told.snapshots();
  told.guest();
}
