import { record, to, type AnyRecord } from '../../../graph/model/index.js';
import { known } from '../../vsphere/map/edges.js';
import { added } from '../estate/added-columns.js';
import type { Cells } from './cells.js';
import { uniqueIds, type Machine } from './machine.js';

const models: Readonly<Record<string, string>> = {
  vmxnet3: 'vmxnet3',
  vmxnet2: 'vmxnet2',
  vmxnet: 'vmxnet',
  e1000: 'e1000',
  e1000e: 'e1000e',
  pcnet32: 'pcnet32',
  sriovethernetcard: 'sriov',
  sriov: 'sriov',
  vmxnet3vrdma: 'vrdma',
  vrdma: 'vrdma',
};

/** `VirtualVmxnet3`, `Vmxnet3` and `vmxnet 3` are one adapter. */
const modelOf = (adapter: string | undefined): string =>
  models[(adapter ?? '').toLowerCase().replace(/^virtual|[^a-z0-9]/gu, '')] ?? 'unknown';

const separators = /[\s,;]+/u;
const address = /^[0-9a-f.:]+$/iu;

/** Addresses of an adapter: by family in newer versions, in one column in older ones. */
export const addressesOf = (row: Cells): readonly string[] => [
  ...new Set(
    ['ipv4address', 'ipv6address', 'ipaddress']
      .flatMap((column) => (row.text(column) ?? '').split(separators))
      .filter((text) => address.test(text)),
  ),
];

/** The network adapters of a machine, as the sheet orders them, with their addresses. */
export function mapNics(machine: Machine): AnyRecord[] {
  const unique = uniqueIds();
  const addresses = new Set<string>();
  return machine.all('vNetwork').flatMap((row, order) => {
    const label = row.text('niclabel') ?? `Network adapter ${order + 1}`;
    const id = unique(machine.part('nic', label));
    const mac = row.text('macaddress')?.toLowerCase();
    const network = row.text(added.network);
    const found = addressesOf(row);
    const nic = record(
      'Nic',
      id,
      label,
      {
        order,
        mac,
        macType: row.text('type')?.toLowerCase(),
        model: modelOf(row.text('adapter')),
        connected: row.flag('connected'),
        startConnected: row.flag('startsconnected'),
        ipAddresses: found,
        networkName: row.text('network'),
        uptCompatibilityEnabled: row.flag('directpathio'),
      },
      known({
        machine: machine.self,
        network: network === undefined ? undefined : to('Network', network),
      }),
    );
    const guest = found.flatMap((ipAddress) => {
      const guestId = machine.part('net', mac ?? label, ipAddress);
      if (addresses.has(guestId)) return [];
      addresses.add(guestId);
      const properties = { mac, ipAddress, networkName: row.text('network') };
      const edges = { machine: machine.self, nic: to('Nic', id) };
      return [record('GuestNetwork', guestId, ipAddress, properties, edges)];
    });
    return [nic, ...guest];
  });
}
