import { record, to, type AnyRecord } from '../../../graph/model/index.js';
import { distinctRecords } from '../../neighbour-switch.js';
import { addedKeys } from '../raw.js';
import { known } from './edges.js';
import type { Fields } from './fields.js';
import { HostUplinks, switchId } from './host-uplinks.js';
import { heardByCards, type HeardByCard } from './network-hints.js';
import { failureDetection, limitOfGroup, opposite } from './network-policy.js';
import type { SourceObject } from './source-object.js';
import { vlanEdge, vlanRecords } from './vlan.js';
import { servicesByDevice } from './vmkernel-services.js';

const lower = (text: string | undefined): string | undefined => text?.toLowerCase();

function mapSwitch(host: SourceObject, each: Fields): AnyRecord | undefined {
  const name = each.filled('name');
  if (name === undefined) return undefined;
  const bridge = each.part('spec').part('bridge');
  const discovery = bridge.part('linkDiscoveryProtocolConfig');
  return record(
    'Switch',
    switchId(host, name),
    name,
    {
      variant: 'standard',
      mtu: each.integer('mtu'),
      portCount: each.integer('numPorts'),
      uplinks: bridge.texts('nicDevice'),
      discoveryProtocol: discovery.filled('protocol'),
      discoveryOperation: discovery.filled('operation'),
    },
    { host: to('Host', host.id) },
  );
}

function mapPortGroup(host: SourceObject, group: Fields): AnyRecord | undefined {
  const spec = group.part('spec');
  const name = spec.filled('name');
  const key = group.filled('key') ?? name;
  if (key === undefined) return undefined;
  // What is in force, which the port group may have from its switch.
  const policy = group.fields('computedPolicy') ?? spec.part('policy');
  const security = policy.part('security');
  const teaming = policy.part('nicTeaming');
  const switchName = spec.filled('vswitchName');
  const network = host.fields.textEntries(addedKeys.networks).get(name ?? '');
  const vlanId = spec.integer('vlanId');
  return record(
    'PortGroup',
    host.part(key),
    name ?? key,
    {
      vlanId,
      promiscuous: security.flag('allowPromiscuous'),
      forgedTransmits: security.flag('forgedTransmits'),
      macChanges: security.flag('macChanges'),
      teamingPolicy: teaming.filled('policy'),
      activeUplinks: teaming.part('nicOrder').texts('activeNic'),
      standbyUplinks: teaming.part('nicOrder').texts('standbyNic'),
      failureDetection: failureDetection(teaming.part('failureCriteria').flag('checkBeacon')),
      failback: opposite(teaming.flag('rollingOrder')),
      notifySwitches: teaming.flag('notifySwitches'),
      egressLimitMbps: limitOfGroup(policy.part('shapingPolicy')),
    },
    known({
      host: to('Host', host.id),
      switch: switchName === undefined ? undefined : to('Switch', switchId(host, switchName)),
      network: network === undefined ? undefined : to('Network', network),
      vlan: vlanEdge(vlanId),
    }),
  );
}

function mapPhysicalNic(
  host: SourceObject,
  card: Fields,
  uplinks: HostUplinks,
  virtualFunctions: ReadonlyMap<string | undefined, number | undefined>,
  neighbours: ReadonlyMap<string, HeardByCard>,
): AnyRecord | undefined {
  const device = card.filled('device');
  if (device === undefined) return undefined;
  const link = card.fields('linkSpeed');
  const pciAddress = card.filled('pci');
  const heard = neighbours.get(device);
  return record(
    'PhysicalNic',
    host.part(device),
    device,
    {
      device,
      mac: lower(card.filled('mac')),
      driver: card.filled('driver'),
      pciAddress,
      linkSpeedMbps: link?.integer('speedMb'),
      duplex: link?.flag('duplex'),
      linkUp: link !== undefined,
      sriovVirtualFunctions: virtualFunctions.get(pciAddress),
      uplink: uplinks.uplinkOf(device),
      ...heard?.properties,
    },
    known({
      host: to('Host', host.id),
      switches: uplinks.switchesOf(card.text('key') ?? ''),
      bond: uplinks.bondOf(device),
      pluggedInto: heard?.pluggedInto,
    }),
  );
}

function mapVmkernelAdapter(
  host: SourceObject,
  adapter: Fields,
  services: readonly (readonly [string, string])[],
): AnyRecord | undefined {
  const device = adapter.filled('device');
  if (device === undefined) return undefined;
  const spec = adapter.part('spec');
  const address = spec.part('ip');
  const portGroupName = adapter.filled('portgroup') ?? spec.filled('portgroup');
  const network =
    spec.part('distributedVirtualPort').filled('portgroupKey') ??
    host.fields.textEntries(addedKeys.networks).get(portGroupName ?? '');
  return record(
    'VmkernelAdapter',
    host.part(device),
    device,
    {
      device,
      mac: lower(spec.filled('mac')),
      ipAddress: address.filled('ipAddress'),
      subnetMask: address.filled('subnetMask'),
      dhcpEnabled: address.flag('dhcp'),
      mtu: spec.integer('mtu'),
      portGroupName,
      services: services.filter(([each]) => each === device).map(([, service]) => service),
      netStack: spec.filled('netStackInstanceKey'),
    },
    known({
      host: to('Host', host.id),
      network: network === undefined ? undefined : to('Network', network),
    }),
  );
}

/** Standard switches, port groups, bonds, network cards with what they hear, VMkernel adapters and VLANs of a host. */
export function mapHostNetworking(host: SourceObject): AnyRecord[] {
  const { fields } = host;
  const groups = fields.objects('config.network.portgroup');
  const uplinks = new HostUplinks(host);
  const services = servicesByDevice(fields);
  const functions = new Map(
    fields
      .objects('config.pciPassthruInfo')
      .map((device) => [device.text('id'), device.integer('numVirtualFunction')]),
  );
  const neighbours = heardByCards(host);
  return [
    ...fields.objects('config.network.vswitch').flatMap((each) => mapSwitch(host, each) ?? []),
    ...vlanRecords(groups.map((group) => group.part('spec').integer('vlanId'))),
    ...groups.flatMap((group) => mapPortGroup(host, group) ?? []),
    ...distinctRecords([...neighbours.values()].flatMap(({ records }) => records)),
    ...uplinks.bonds,
    ...fields
      .objects('config.network.pnic')
      .flatMap((card) => mapPhysicalNic(host, card, uplinks, functions, neighbours) ?? []),
    ...fields
      .objects('config.network.vnic')
      .flatMap((adapter) => mapVmkernelAdapter(host, adapter, services) ?? []),
  ];
}
