import { z } from 'zod';
import { listed, many, optional, reference } from './go-values.js';
import type { GovcObject } from './govc-objects.js';
import type { InventoryFacts } from './inventory-facts.js';
import { vlanFact, type NetworkNames } from './told-places.js';

export const hostPaths = [
  'parent',
  'datastore',
  'network',
  'config.network.vswitch',
  'config.network.proxySwitch',
  'config.network.portgroup',
  'config.network.pnic',
  'config.network.vnic',
];

const host = z.object({
  parent: optional(reference),
  datastore: listed(reference),
  network: listed(reference),
  'config.network.vswitch': listed(z.object({ name: z.string(), pnic: many(z.string()) })),
  'config.network.proxySwitch': listed(z.object({ dvsUuid: z.string(), pnic: many(z.string()) })),
  'config.network.portgroup': listed(
    z.object({
      key: optional(z.string()),
      spec: z.object({
        name: z.string(),
        vlanId: optional(z.number()),
        vswitchName: optional(z.string()),
      }),
    }),
  ),
  'config.network.pnic': listed(z.object({ key: optional(z.string()), device: z.string() })),
  'config.network.vnic': listed(
    z.object({
      device: z.string(),
      portgroup: optional(z.string()),
      spec: z.object({
        portgroup: optional(z.string()),
        distributedVirtualPort: optional(z.object({ portgroupKey: optional(z.string()) })),
      }),
    }),
  ),
});
type Host = z.infer<typeof host>;

function networkByName({ network }: Host, names: NetworkNames, name: string): string | undefined {
  return network.find(({ value }) => names.standard.get(value) === name)?.value;
}

function portGroups(facts: InventoryFacts, names: NetworkNames, id: string, told: Host): void {
  for (const { key, spec } of told['config.network.portgroup']) {
    const group = `${id}/${key === undefined || key === '' ? spec.name : key}`;
    facts.node('PortGroup', group);
    facts.edge('PortGroup', 'host', group, 'Host', id);
    if (spec.vswitchName !== undefined) {
      facts.edge('PortGroup', 'switch', group, 'Switch', `${id}/vswitch/${spec.vswitchName}`);
    }
    facts.edge('PortGroup', 'network', group, 'Network', networkByName(told, names, spec.name));
    vlanFact(facts, 'PortGroup', group, spec.vlanId);
  }
}

function cards(facts: InventoryFacts, names: NetworkNames, id: string, told: Host): void {
  for (const { key = '', device } of told['config.network.pnic']) {
    const card = `${id}/${device}`;
    facts.node('PhysicalNic', card);
    facts.edge('PhysicalNic', 'host', card, 'Host', id);
    for (const { name, pnic } of told['config.network.vswitch']) {
      if (pnic.includes(key))
        facts.edge('PhysicalNic', 'switches', card, 'Switch', `${id}/vswitch/${name}`);
    }
    for (const { dvsUuid, pnic } of told['config.network.proxySwitch']) {
      if (pnic.includes(key))
        facts.edge('PhysicalNic', 'switches', card, 'Switch', names.switches.get(dvsUuid));
    }
  }
}

function adapters(facts: InventoryFacts, names: NetworkNames, id: string, told: Host): void {
  for (const { device, portgroup, spec } of told['config.network.vnic']) {
    const adapter = `${id}/${device}`;
    const key = spec.distributedVirtualPort?.portgroupKey;
    const name = portgroup === undefined || portgroup === '' ? spec.portgroup : portgroup;
    const network =
      key === undefined ? networkByName(told, names, name ?? '') : names.portGroups.get(key);
    facts.node('VmkernelAdapter', adapter);
    facts.edge('VmkernelAdapter', 'host', adapter, 'Host', id);
    facts.edge('VmkernelAdapter', 'network', adapter, 'Network', network);
  }
}

/** A host with its switches, port groups, cards and VMkernel adapters. */
export function hostFacts(facts: InventoryFacts, names: NetworkNames, object: GovcObject): void {
  const told = host.parse(object.values);
  const { id } = object;
  facts.node('Host', id);
  facts.edge('Host', 'cluster', id, 'Cluster', told.parent?.value);
  for (const { value } of told.datastore) facts.edge('Host', 'datastores', id, 'Datastore', value);
  for (const { value } of told.network) facts.edge('Host', 'networks', id, 'Network', value);
  for (const { name } of told['config.network.vswitch']) {
    facts.node('Switch', `${id}/vswitch/${name}`);
    facts.edge('Switch', 'host', `${id}/vswitch/${name}`, 'Host', id);
  }
  portGroups(facts, names, id, told);
  cards(facts, names, id, told);
  adapters(facts, names, id, told);
}
