import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

const controllerTypes = new Set(['VirtualUSBController', 'VirtualUSBXHCIController']);

export const usbControllerDetected = defineRule({
  id: 'vmware.usb_controller.detected',
  category: 'Warning',
  label: 'The machine has a USB controller',
  version: 1,
  fires: 'The machine has a USB controller of any generation. One occurrence for each.',
  effect: 'USB devices of the source host, such as licence dongles, are not there on the target.',
  remedy:
    'Remove the controller where nothing hangs on it. For a dongle use a USB server in the network, or permit the device as host device in KubeVirt.',
  deviation:
    'USB 3 controllers (xHCI) count too: what hangs on them is lost in the same way. Forklift looks at USB 2 controllers only.',
  find: (vm) =>
    vm.devices
      .filter(
        ({ deviceClass, sourceType }) =>
          deviceClass === 'usbController' || controllerTypes.has(sourceType ?? ''),
      )
      .map(({ name, sourceType }) => ({ controller: name, type: sourceType })),
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'A controller is removed from each machine.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Remove the USB controllers of machine ${name}`,
  },
  assessment: ({ controller }) =>
    `${controller} is not carried over, nor is what hangs on it. Remove it, or provide the device on the target.`,
});
