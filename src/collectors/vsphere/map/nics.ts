import { record, to, type AnyRecord, type EdgeTarget } from '../../../graph/model/index.js';
import { addedKeys } from '../raw.js';
import { known } from './edges.js';
import type { Fields } from './fields.js';
import { addressesOf } from './guest-networks.js';
import { deviceKey, type Machine } from './machine.js';

const models: Readonly<Record<string, string>> = {
  VirtualVmxnet3: 'vmxnet3',
  VirtualVmxnet2: 'vmxnet2',
  VirtualVmxnet: 'vmxnet',
  VirtualE1000: 'e1000',
  VirtualE1000e: 'e1000e',
  VirtualPCNet32: 'pcnet32',
  VirtualSriovEthernetCard: 'sriov',
  VirtualVmxnet3Vrdma: 'vrdma',
};

const macOf = (fields: Fields): string | undefined => fields.filled('macAddress')?.toLowerCase();

/**
 * The adapter's network: what the reader found for it, else the reference in its backing, else
 * the key of the distributed port group, which is the reference's value.
 */
function networkOf(device: Fields, found: ReadonlyMap<string, string>): EdgeTarget | undefined {
  const backing = device.part('backing');
  const id =
    found.get(String(deviceKey(device))) ??
    backing.reference('network')?.value ??
    backing.part('port').filled('portgroupKey');
  return id === undefined ? undefined : to('Network', id);
}

/** A share of bandwidth; the source says 0 or -1 where there is none. */
const bounded = (rate: number | undefined): number | undefined =>
  rate !== undefined && rate > 0 ? rate : undefined;

/** Places of the adapters in the guest's own count, by MAC. */
function guestOrder(reports: readonly Fields[]): ReadonlyMap<string, number> {
  const order = new Map<string, number>();
  for (const report of reports) {
    const mac = macOf(report);
    if (mac !== undefined && !order.has(mac)) order.set(mac, order.size);
  }
  return order;
}

/**
 * The network adapters of a machine. They are counted as the guest does, since that is what its
 * interface names follow; adapters that it does not report come after, in the order of devices.
 */
export function mapNics(machine: Machine): AnyRecord[] {
  const reports = machine.fields.objects('guest.net');
  const found = machine.fields.textEntries(addedKeys.networkOf);
  const order = guestOrder(reports);
  const place = (device: Fields): number => order.get(macOf(device) ?? '') ?? order.size;
  const adapters = [...machine.adapters].sort((one, other) => place(one) - place(other));
  return adapters.map((device, index) => {
    const key = deviceKey(device);
    const mac = macOf(device);
    const backing = device.part('backing');
    const connection = device.part('connectable');
    const allocation = device.part('resourceAllocation');
    const mine = reports.filter(
      (report) =>
        report.integer('deviceConfigId') === key || (mac !== undefined && macOf(report) === mac),
    );
    return record(
      'Nic',
      machine.part(key),
      device.part('deviceInfo').filled('label') ?? `Network adapter ${key}`,
      {
        key,
        order: index,
        mac,
        macType: device.filled('addressType')?.toLowerCase(),
        model: models[device.class] ?? 'unknown',
        connected: connection.flag('connected'),
        startConnected: connection.flag('startConnected'),
        ipAddresses: [...new Set(mine.flatMap(addressesOf))],
        networkName:
          backing.filled('deviceName') ??
          mine.map((report) => report.filled('network')).find((name) => name !== undefined),
        pciSlotNumber: device.part('slotInfo').integer('pciSlotNumber'),
        portKey: backing.part('port').filled('portKey'),
        uptCompatibilityEnabled: device.flag('uptCompatibilityEnabled'),
        physicalFunction: device.part('sriovBacking').part('physicalFunctionBacking').filled('id'),
        reservationMbps: bounded(allocation.integer('reservation')),
        limitMbps: bounded(allocation.integer('limit')),
      },
      known({ machine: machine.self, network: networkOf(device, found) }),
    );
  });
}
