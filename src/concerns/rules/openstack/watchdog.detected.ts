import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';
import { valueOf } from '../../workload/property-pairs.js';

export const watchdogDetected = defineRule({
  id: 'openstack.watchdog.detected',
  category: 'Warning',
  label: 'The machine has a watchdog',
  version: 1,
  fires:
    'The flavor has the extra specification hw:watchdog_action, or the image the property hw_watchdog_action.',
  effect: 'The watchdog is not there on the target: a guest that hangs is not restarted.',
  remedy: 'Give the target machine a watchdog device, or a liveness probe.',
  deviation: 'An action that is disabled does not fire: the machine then has no watchdog.',
  find: ({ imageProperties, flavorExtraSpecs }) => {
    const action =
      valueOf(flavorExtraSpecs, 'hw:watchdog_action') ??
      valueOf(imageProperties, 'hw_watchdog_action');
    return action === undefined || action === 'disabled' ? [] : [{ action }];
  },
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'Image and flavor are copied to each machine, which is given a watchdog by itself.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Replace the watchdog of machine ${name}`,
  },
  assessment: ({ action }) =>
    `Its watchdog answers a hanging guest with ${action} and is not there on the target. Give the target machine one, or a liveness probe.`,
});
