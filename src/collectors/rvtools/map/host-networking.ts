import { record, to, type AnyRecord } from '../../../graph/model/index.js';
import { known } from '../../vsphere/map/edges.js';
import { vlanEdge, vlanRecords } from '../../vsphere/map/vlan.js';
import { added } from '../estate/added-columns.js';
import type { Cells } from './cells.js';
import type { RvtoolsObject } from './rvtools-object.js';
import { uniqueIds } from './machine.js';

const lower = (text: string | undefined): string | undefined => text?.toLowerCase();
const target = (kind: 'Switch' | 'Network', id: string | undefined) =>
  id === undefined ? undefined : to(kind, id);

function mapSwitch(
  host: RvtoolsObject,
  row: Cells,
  uplinks: readonly string[],
): AnyRecord | undefined {
  const id = row.text(added.switch);
  if (id === undefined) return undefined;
  return record(
    'Switch',
    id,
    row.text('switch') ?? id,
    {
      variant: 'standard',
      mtu: row.integer('mtu'),
      portCount: row.integer('#ports'),
      uplinks,
    },
    { host: to('Host', host.id) },
  );
}

function mapPortGroup(host: RvtoolsObject, row: Cells, id: string): AnyRecord {
  const vlanId = row.integer('vlan');
  return record(
    'PortGroup',
    id,
    row.text('portgroup') ?? id,
    {
      vlanId,
      promiscuous: row.flag('promiscuousmode'),
      forgedTransmits: row.flag('forgedtransmits'),
      macChanges: row.flag('macchanges'),
      teamingPolicy: row.text('policy'),
    },
    known({
      host: to('Host', host.id),
      switch: target('Switch', row.text(added.switch)),
      network: target('Network', row.text(added.network)),
      vlan: vlanEdge(vlanId),
    }),
  );
}

/** A speed of 0 is how a link without a cable is written. */
function mapPhysicalNic(host: RvtoolsObject, row: Cells): AnyRecord | undefined {
  const device = row.text('networkdevice');
  if (device === undefined) return undefined;
  const speed = row.integer('speed');
  const isUp = speed === undefined ? undefined : speed > 0;
  const switchId = row.text(added.switch);
  return record(
    'PhysicalNic',
    host.part('pnic', device),
    device,
    {
      device,
      mac: lower(row.text('mac')),
      driver: row.text('driver'),
      pciAddress: row.text('pci'),
      linkSpeedMbps: isUp === true ? speed : undefined,
      duplex: row.flag('duplex'),
      linkUp: isUp,
    },
    known({
      host: to('Host', host.id),
      switches: switchId === undefined ? [] : [to('Switch', switchId)],
    }),
  );
}

function mapVmkernelAdapter(host: RvtoolsObject, row: Cells): AnyRecord | undefined {
  const device = row.text('device');
  if (device === undefined) return undefined;
  return record(
    'VmkernelAdapter',
    host.part('vmk', device),
    device,
    {
      device,
      mac: lower(row.text('macaddress')),
      ipAddress: row.text('ipaddress'),
      subnetMask: row.text('subnetmask'),
      dhcpEnabled: row.flag('dhcp'),
      mtu: row.integer('mtu'),
      portGroupName: row.text('portgroup'),
    },
    known({ host: to('Host', host.id), network: target('Network', row.text(added.network)) }),
  );
}

/** One record an id; a sheet may list a part twice. */
const once = (records: readonly (AnyRecord | undefined)[]): AnyRecord[] => [
  ...new Map(
    records.flatMap((each) => (each === undefined ? [] : [[each.externalId, each]])),
  ).values(),
];

/** Standard switches, port groups, network cards, VMkernel adapters and the VLANs of a host. */
export function mapHostNetworking(host: RvtoolsObject): AnyRecord[] {
  const ports = host.all('vPort');
  const cards = host.all('vNIC');
  const unique = uniqueIds();
  const uplinksOf = (id: string | undefined): readonly string[] =>
    cards.flatMap((card) =>
      card.text(added.switch) === id ? (card.text('networkdevice') ?? []) : [],
    );
  return [
    ...once(
      host.all('vSwitch').map((row) => mapSwitch(host, row, uplinksOf(row.text(added.switch)))),
    ),
    ...vlanRecords(ports.map((row) => row.integer('vlan'))),
    ...ports.flatMap((row) => {
      const name = row.text('portgroup');
      return name === undefined ? [] : [mapPortGroup(host, row, unique(host.part('port', name)))];
    }),
    ...once(cards.map((row) => mapPhysicalNic(host, row))),
    ...once(host.all('vSC_VMK').map((row) => mapVmkernelAdapter(host, row))),
  ];
}
