import type { StepName } from '../itinerary.js';
import type { Step } from '../step.js';
import { checks } from './checks.js';
import { cleanUp } from './clean-up.js';
import { convertGuest } from './convert-guest.js';
import { copyDisks } from './copy-disks.js';
import { createDataVolumes } from './create-data-volumes.js';
import { createVirtualMachine } from './create-virtual-machine.js';
import { postHook } from './post-hook.js';
import { powerOffSource } from './power-off-source.js';
import { preHook } from './pre-hook.js';
import { removeCredentials } from './remove-credentials.js';
import { removeDisks } from './remove-disks.js';
import { removeTarget } from './remove-target.js';
import { restoreSourcePower } from './restore-source-power.js';
import { startTarget } from './start-target.js';
import { stopJobs } from './stop-jobs.js';
import { stopTarget } from './stop-target.js';
import { storePowerState } from './store-power-state.js';
import { waitForPowerOff } from './wait-for-power-off.js';

/** Every step by its name. */
export const steps: Readonly<Record<StepName, Step>> = {
  checks,
  'pre-hook': preHook,
  'store-power-state': storePowerState,
  'power-off-source': powerOffSource,
  'wait-for-power-off': waitForPowerOff,
  'create-data-volumes': createDataVolumes,
  'copy-disks': copyDisks,
  'convert-guest': convertGuest,
  'create-virtual-machine': createVirtualMachine,
  'start-target': startTarget,
  'post-hook': postHook,
  'clean-up': cleanUp,
  'stop-jobs': stopJobs,
  'stop-target': stopTarget,
  'remove-target': removeTarget,
  'remove-disks': removeDisks,
  'remove-credentials': removeCredentials,
  'restore-source-power': restoreSourcePower,
};
