import { changedBlockTrackingDisabled } from './changed_block_tracking.disabled.js';
import { changedBlockTrackingDiskDisabled } from './changed_block_tracking.disk.disabled.js';
import { consolidationNeeded } from './consolidation_needed.js';
import { cpuAffinityDetected } from './cpu_affinity.detected.js';
import { cpuMemoryHotplugEnabled } from './cpu_memory.hotplug.enabled.js';
import { datastoreMissing } from './datastore.missing.js';
import { deviceSriovDetected } from './device.sriov.detected.js';
import { diskCapacityInvalid } from './disk.capacity.invalid.js';
import { diskCountExceedsLimit } from './disk.count.exceeds.limit.js';
import { diskRdmDetected } from './disk.rdm.detected.js';
import { diskSharedDetected } from './disk.shared.detected.js';
import { diskModeIndependent } from './disk_mode.independent.js';
import { diskSerialTruncated } from './disk_serial.truncated.js';
import { dpmEnabled } from './dpm.enabled.js';
import { drsEnabled } from './drs.enabled.js';
import { faultToleranceEnabled } from './fault_tolerance.enabled.js';
import { guestDisksFreespace } from './guestDisks.freespace.js';
import { guestDisksKeyNotFound } from './guestDisks.key.not_found.js';
import { hostAffinityDetected } from './host_affinity.detected.js';
import { hostnameDefault } from './hostname.default.js';
import { hostnameEmpty } from './hostname.empty.js';
import { numaAffinityDetected } from './numa_affinity.detected.js';
import { osUnsupported } from './os.unsupported.js';
import { passthroughDeviceDetected } from './passthrough_device.detected.js';
import { snapshotDetected } from './snapshot.detected.js';
import { tpmDetected } from './tpm.detected.js';
import { usbControllerDetected } from './usb_controller.detected.js';
import { vmNameInvalid } from './vm.name.invalid.js';
import { vmMissingIpDetected } from './vm_missing_ip.detected.js';
import type { Rule } from '../../rule/rule.js';

/** Rules for machines of vSphere, in the order of their ids. */
export const vmwareRules: readonly Rule[] = [
  changedBlockTrackingDisabled,
  changedBlockTrackingDiskDisabled,
  consolidationNeeded,
  cpuAffinityDetected,
  cpuMemoryHotplugEnabled,
  datastoreMissing,
  deviceSriovDetected,
  diskCapacityInvalid,
  diskCountExceedsLimit,
  diskRdmDetected,
  diskSharedDetected,
  diskModeIndependent,
  diskSerialTruncated,
  dpmEnabled,
  drsEnabled,
  faultToleranceEnabled,
  guestDisksFreespace,
  guestDisksKeyNotFound,
  hostAffinityDetected,
  hostnameDefault,
  hostnameEmpty,
  numaAffinityDetected,
  osUnsupported,
  passthroughDeviceDetected,
  snapshotDetected,
  tpmDetected,
  usbControllerDetected,
  vmNameInvalid,
  vmMissingIpDetected,
];
