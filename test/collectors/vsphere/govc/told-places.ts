import { z } from 'zod';
import {
  many,
  optional,
  reference,
  listed,
  kindOfType,
  plainName,
  type Reference,
} from './go-values.js';
import type { GovcObject } from './govc-objects.js';
import type { InventoryFacts } from './inventory-facts.js';

const poolKind = 'ResourcePool';
const parentOf = z.object({ parent: optional(reference) });

const isVlan = (id: unknown): id is number => typeof id === 'number' && id > 0 && id < 4095;

/** Network ids by what adapters, switches and port groups call them. */
export interface NetworkNames {
  readonly portGroups: Map<string, string>;
  readonly opaque: Map<string, string>;
  readonly switches: Map<string, string>;
  /** Names of standard networks by id. */
  readonly standard: Map<string, string>;
}

export const noNetworkNames = (): NetworkNames => ({
  portGroups: new Map(),
  opaque: new Map(),
  switches: new Map(),
  standard: new Map(),
});

export function vlanFact(facts: InventoryFacts, kind: string, of: string, id: unknown): void {
  if (!isVlan(id)) return;
  facts.node('Vlan', String(id));
  facts.edge(kind, 'vlan', of, 'Vlan', String(id));
}

function parentFact(
  facts: InventoryFacts,
  object: GovcObject,
  parent: Reference | undefined,
): void {
  if (parent === undefined) return;
  facts.edge(kindOfType(object.type), 'parent', object.id, kindOfType(parent.type), parent.value);
}

export const placePaths = ['parent'];

/** Folders, datacenters, storage pods: a node and its parent. */
export function placeFacts(facts: InventoryFacts, object: GovcObject): void {
  facts.node(kindOfType(object.type), object.id);
  parentFact(facts, object, parentOf.parse(object.values).parent);
}

export const computePaths = ['parent', 'datastore', 'network', 'configurationEx'];

const compute = parentOf.extend({
  datastore: listed(reference),
  network: listed(reference),
  configurationEx: optional(
    z.object({
      group: many(z.object({ name: z.string(), vm: many(reference), host: many(reference) })),
      rule: many(
        z.object({
          key: z.number(),
          vm: many(reference),
          vmGroupName: optional(z.string()),
          affineHostGroupName: optional(z.string()),
          antiAffineHostGroupName: optional(z.string()),
        }),
      ),
    }),
  ),
});

export function computeFacts(facts: InventoryFacts, object: GovcObject): void {
  const { parent, datastore, network, configurationEx } = compute.parse(object.values);
  const { id } = object;
  facts.node('Cluster', id);
  parentFact(facts, object, parent);
  for (const { value } of datastore) facts.edge('Cluster', 'datastores', id, 'Datastore', value);
  for (const { value } of network) facts.edge('Cluster', 'networks', id, 'Network', value);
  const groupId = (name: string): string => `${id}/group/${name}`;
  for (const { name, vm, host } of configurationEx?.group ?? []) {
    const group = groupId(name);
    facts.node('DrsGroup', group);
    facts.edge('DrsGroup', 'cluster', group, 'Cluster', id);
    for (const { value } of vm)
      facts.edge('DrsGroup', 'virtualMachines', group, 'VirtualMachine', value);
    for (const { value } of host) facts.edge('DrsGroup', 'hosts', group, 'Host', value);
  }
  for (const each of configurationEx?.rule ?? []) {
    const rule = `${id}/rule/${each.key}`;
    facts.node('DrsRule', rule);
    facts.edge('DrsRule', 'cluster', rule, 'Cluster', id);
    for (const { value } of each.vm)
      facts.edge('DrsRule', 'virtualMachines', rule, 'VirtualMachine', value);
    const hosts = each.affineHostGroupName ?? each.antiAffineHostGroupName;
    if (each.vmGroupName !== undefined) {
      facts.edge('DrsRule', 'vmGroup', rule, 'DrsGroup', groupId(each.vmGroupName));
    }
    if (hosts !== undefined) facts.edge('DrsRule', 'hostGroup', rule, 'DrsGroup', groupId(hosts));
  }
}

export const poolPaths = ['parent', 'owner'];

/** Pools and vApps; only a vApp stands in a folder too. */
export function poolFacts(
  facts: InventoryFacts,
  object: GovcObject,
  parentFolder: Reference | undefined,
): void {
  const { parent, owner } = parentOf.extend({ owner: reference }).parse(object.values);
  facts.node(poolKind, object.id);
  if (parent !== undefined && kindOfType(parent.type) === poolKind)
    parentFact(facts, object, parent);
  facts.edge(poolKind, 'cluster', object.id, 'Cluster', owner.value);
  facts.edge(poolKind, 'folder', object.id, 'Folder', parentFolder?.value);
}

export const parentFolderOf = ({ values }: GovcObject): Reference | undefined =>
  z.object({ parentFolder: optional(reference) }).parse(values).parentFolder;

export const networkPaths = ['name', 'parent', 'summary'];

export function networkFacts(facts: InventoryFacts, names: NetworkNames, object: GovcObject): void {
  const { name, parent, summary } = parentOf
    .extend({
      name: z.string(),
      summary: optional(z.object({ opaqueNetworkId: optional(z.string()) })),
    })
    .parse(object.values);
  facts.node('Network', object.id);
  parentFact(facts, object, parent);
  if (object.type === 'Network') names.standard.set(object.id, plainName(name));
  if (summary?.opaqueNetworkId !== undefined) names.opaque.set(summary.opaqueNetworkId, object.id);
}

export const portGroupPaths = ['key', 'config'];

/** What a distributed port group says beyond what every network does. */
export function portGroupFacts(
  facts: InventoryFacts,
  names: NetworkNames,
  object: GovcObject,
): void {
  const { key, config } = z
    .object({
      key: z.string(),
      config: z.object({
        distributedVirtualSwitch: optional(reference),
        defaultPortConfig: optional(
          z.object({ vlan: optional(z.object({ vlanId: z.unknown().optional() })) }),
        ),
      }),
    })
    .parse(object.values);
  names.portGroups.set(key, object.id);
  facts.edge('Network', 'switch', object.id, 'Switch', config.distributedVirtualSwitch?.value);
  vlanFact(facts, 'Network', object.id, config.defaultPortConfig?.vlan?.vlanId);
}

export const switchPaths = ['parent', 'uuid', 'config'];

export function switchFacts(facts: InventoryFacts, names: NetworkNames, object: GovcObject): void {
  const { parent, uuid, config } = parentOf
    .extend({
      uuid: z.string(),
      config: z.object({
        host: many(z.object({ config: z.object({ host: optional(reference) }) })),
      }),
    })
    .parse(object.values);
  names.switches.set(uuid, object.id);
  facts.node('Switch', object.id);
  parentFact(facts, object, parent);
  for (const member of config.host) {
    facts.edge('Switch', 'hosts', object.id, 'Host', member.config.host?.value);
  }
}
