import { biosBootMenuEnabled } from './bios.boot_menu.enabled.js';
import { cpuSharesDefined } from './cpu.shares.defined.js';
import { diskCapacityInvalid } from './disk.capacity.invalid.js';
import { diskCountExceedsLimit } from './disk.count.exceeds.limit.js';
import { diskSharedDetected } from './disk.shared.detected.js';
import { diskStatusUnsupported } from './disk.status.unsupported.js';
import { diskUnsupportedInterface } from './disk.unsupported_interface.js';
import { hostDevicesMapped } from './host_devices.mapped.js';
import { floatingIpsDetected } from './network.floating_ips.detected.js';
import { vifModelUnsupported } from './network.vif_model.unsupported.js';
import { numaTuningDetected } from './numa_tuning.detected.js';
import { osUnsupported } from './os.unsupported.js';
import { secureBootDetected } from './secure_boot.detected.js';
import { vmNameInvalid } from './vm.name.invalid.js';
import { vmStatusInvalid } from './vm.status.invalid.js';
import { watchdogDetected } from './watchdog.detected.js';
import type { Rule } from '../../rule/rule.js';

/** Rules for machines of OpenStack, in the order of their ids. */
export const openstackRules: readonly Rule[] = [
  biosBootMenuEnabled,
  cpuSharesDefined,
  diskCapacityInvalid,
  diskCountExceedsLimit,
  diskSharedDetected,
  diskStatusUnsupported,
  diskUnsupportedInterface,
  hostDevicesMapped,
  floatingIpsDetected,
  vifModelUnsupported,
  numaTuningDetected,
  osUnsupported,
  secureBootDetected,
  vmNameInvalid,
  vmStatusInvalid,
  watchdogDetected,
];
