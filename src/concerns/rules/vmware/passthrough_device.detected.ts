import { computePlace, machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';
import type { Workload } from '../../workload/workload.js';

const passthroughClasses = new Set(['pciPassthrough', 'vgpu']);

const isPassthrough = ({ deviceClass, sourceType }: Workload['devices'][number]): boolean =>
  sourceType === 'VirtualPCIPassthrough' ||
  (deviceClass !== null && passthroughClasses.has(deviceClass));

/** What has to be offered on the target: a vGPU profile, or a card by vendor and device. */
function hardwareModel(device: Workload['devices'][number]): string | null {
  if (device.vgpuProfile !== null) return device.vgpuProfile;
  const { vendorId, deviceId } = device;
  return vendorId === null || deviceId === null ? null : `${vendorId}:${deviceId}`;
}

export const passthroughDeviceDetected = defineRule({
  id: 'vmware.passthrough_device.detected',
  category: 'Critical',
  label: 'A host device is passed through to the machine',
  version: 1,
  fires: 'The machine has a PCI passthrough device or a vGPU. One occurrence for each device.',
  effect:
    'The device is hardware of the source host and cannot move. The guest would start without it, and what needs it would fail.',
  remedy:
    'Provide nodes with the same hardware and permit it as host device in KubeVirt, then waive the concern for the machines that get it; or remove the device from the machines that can do without.',
  find: (vm) =>
    vm.devices
      .filter(isPassthrough)
      .map((device) => ({ device: device.summary ?? device.name, model: hardwareModel(device) })),
  cause: {
    kinds: ['Cluster', 'Host', 'VirtualMachine'],
    reason:
      'Hardware of one model is provided on the target once, for all machines of a cluster that use it. Where the model is unknown, each machine is a cause of its own.',
    at: ({ model }, vm) =>
      model === null ? machinePlace(vm) : { ...computePlace(vm), part: model },
    label: ({ name, part }) =>
      part === undefined
        ? `Remove the passthrough devices of machine ${name}`
        : `Provide ${part} on the target for the machines of ${name}`,
  },
  assessment: ({ device, model }) =>
    `Device ${device}${model === null ? '' : ` (${model})`} is hardware of the source host and cannot move. Provide such hardware on the target, or remove the device.`,
});
