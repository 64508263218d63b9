import { record, type AnyRecord } from '../../../graph/model/index.js';
import { deviceClass } from './device-class.js';
import type { Fields } from './fields.js';
import { deviceKey, type Machine } from './machine.js';

const hexadecimal = (id: number | undefined): string | undefined =>
  // The schema's short is signed; ids above 0x7fff come as negative numbers.
  id === undefined ? undefined : (id & 0xffff).toString(16).padStart(4, '0');

/** PCI ids: of the device that is assigned, or of the first that would be taken. */
function pciIds(backing: Fields): { vendorId?: string | undefined; deviceId?: string | undefined } {
  const [allowed] = backing.objects('allowedDevice');
  if (allowed !== undefined) {
    return {
      vendorId: hexadecimal(allowed.integer('vendorId')),
      deviceId: hexadecimal(allowed.integer('deviceId')),
    };
  }
  return {
    vendorId: hexadecimal(backing.integer('vendorId')),
    deviceId: backing.filled('deviceId'),
  };
}

function behind(backing: Fields): string | undefined {
  return (
    backing.filled('fileName') ??
    backing.filled('vgpu') ??
    backing.filled('assignedId') ??
    backing.filled('id') ??
    backing.filled('deviceName') ??
    backing.filled('serviceURI') ??
    backing.filled('hostname')
  );
}

function mapDevice(machine: Machine, device: Fields): AnyRecord {
  const key = deviceKey(device);
  const info = device.part('deviceInfo');
  const sriov = device.part('sriovBacking').part('physicalFunctionBacking');
  const backing = device.class === 'VirtualSriovEthernetCard' ? sriov : device.part('backing');
  const connection = device.part('connectable');
  return record(
    'Device',
    machine.part(key),
    info.filled('label')?.trim() ?? `${device.class} ${key}`,
    {
      key,
      deviceClass: deviceClass(device),
      sourceType: device.class,
      summary: info.filled('summary'),
      backing: behind(backing),
      vgpuProfile: backing.filled('vgpu'),
      ...pciIds(backing),
      busNumber: device.integer('busNumber'),
      sharing: device.filled('sharedBus'),
      sizeMB: device.class === 'VirtualNVDIMM' ? device.integer('capacityInMB') : undefined,
      connected: connection.flag('connected'),
      startConnected: connection.flag('startConnected'),
    },
    { machine: machine.self },
  );
}

/**
 * Every device that is neither a disk nor an adapter. An SR-IOV adapter is both: an adapter for its
 * network, and a device for the host card it holds on to.
 */
export function mapDevices(machine: Machine): AnyRecord[] {
  const elsewhere = new Set([...machine.disks, ...machine.adapters]);
  return machine.devices
    .filter((device) => !elsewhere.has(device) || device.class === 'VirtualSriovEthernetCard')
    .map((device) => mapDevice(machine, device));
}
