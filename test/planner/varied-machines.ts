import type { MachineFacts } from '../../src/planner/source/machine-facts.js';
import { diskFactsOf, gibibyte, machineFactsOf, nicFactsOf } from './facts.js';

const names = [
  'web-1',
  'DB_PROD 01',
  'Büro/Größe',
  '日本語',
  'a'.repeat(90),
  '..dots..',
  'erp.example.org',
  '-x-',
  'x%2fy',
  'ﬁle server (old)',
];
const guests = [
  ['rhel9_64Guest', 'Red Hat Enterprise Linux 9 (64-bit)', 'linux'],
  ['windows2019srvNext_64Guest', 'Microsoft Windows Server 2022 (64-bit)', 'windows'],
  ['freebsd13_64Guest', 'FreeBSD 13 (64-bit)', 'bsd'],
  ['ubuntu64Guest', 'Ubuntu Linux (64-bit)', 'linux'],
  ['otherGuest64', null, null],
] as const;
const buses = ['scsi', 'sata', 'ide', 'nvme', 'unknown'] as const;
const topologies = [
  [1, 1],
  [4, 2],
  [6, 4],
  [128, 64],
  [3, null],
  [2, 0],
] as const;

const pick = <Item>(list: readonly Item[], index: number): Item => {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

const hex = (value: number): string => value.toString(16).padStart(2, '0');

/** The nth of a row of machines that differ in all that a target machine is built from. */
export function variedMachine(index: number): MachineFacts {
  const [guestId, guestName, osFamily] = pick(guests, index);
  const [cpuCount, coresPerSocket] = pick(topologies, index);
  const efi = index % 3 === 0;
  const disks = Array.from(
    { length: index % 7 === 0 ? 20 : (index % 4) + (index % 11 === 0 ? 0 : 1) },
    (_, disk) =>
      diskFactsOf(disk, {
        id: `vc/Disk/vm-${index}/${disk}`,
        bus: pick(buses, index + disk),
        unitNumber: disk,
        capacityBytes: pick([1, 10 * gibibyte, 3 * 2 ** 40 + 1, 512], index + disk),
        serial: pick(['6000C290-aaaa-bbbb-cccc-0123456789ab', null, '', 'a b/c'], index + disk),
        shared: index % 13 === 0 && disk === 1,
        file: `[ds-1] vm ${index}/ü_${disk}-000003.vmdk`,
      }),
  );
  const nics = Array.from({ length: index % 5 }, (_, nic) =>
    nicFactsOf(nic, {
      id: `vc/Nic/vm-${index}/${nic}`,
      mac: `00:50:56:${hex(index >> 8)}:${hex(index & 255)}:${hex(nic)}`.toUpperCase(),
      startConnected: (index + nic) % 3 !== 0,
      network: pick(['vc/Network/network-1', 'vc/Network/network-2', null], index + nic),
      networkName: pick(['prod-100', 'dmz 200', null], index + nic),
    }),
  );
  return machineFactsOf({
    id: `vc/VirtualMachine/vm-${index}`,
    externalId: `vm-${index}`,
    name: `${pick(names, index)}${index >= names.length ? ` ${index}` : ''}`,
    uuid: pick(['4231D5F0-6A44-8A5C-0000-0123456789AB', null, 'not a uuid'], index),
    powerState: pick(['poweredOn', 'poweredOff', 'suspended', null], index),
    firmware: efi ? 'efi' : pick(['bios', null], index),
    secureBoot: efi && index % 2 === 0,
    cpuCount,
    coresPerSocket,
    memoryMB: pick([512, 8192, 2 * 1024 * 1024, 4097], index),
    nestedVirtualizationEnabled: pick([true, false, null], index),
    tpmPresent: index % 6 === 0,
    guestId,
    guestName,
    guestNameFromTools: null,
    osFamily,
    host: {
      id: 'h',
      externalId: 'h',
      name: 'esx',
      timezone: pick(['UTC', 'Europe/Berlin', 'Mars/Base', null], index),
      inMaintenanceMode: false,
      cluster: null,
      clusterName: null,
    },
    disks,
    nics,
    customAttributes: [
      `owner=team ${index}`,
      'Größe=ü',
      'no value',
      '=odd',
      `long=${'x'.repeat(5000)}`,
    ],
    tags: [
      { name: 'gold tier/1', category: 'Service Level' },
      { name: 'b', category: 'Multi' },
      { name: 'a', category: 'Multi' },
      { name: '—', category: '—' },
    ],
  });
}
