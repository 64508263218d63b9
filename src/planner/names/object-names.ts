import { digest } from '../digest.js';
import { longestName } from './target-name.js';

/** `<name>-<suffix>`, shortened with digits that stand for the whole where it is too long. */
function withSuffix(name: string, suffix: string): string {
  // Dots are allowed in names of claims, and not in names of the pods that fill them.
  const base = name.replaceAll('.', '-');
  const whole = `${base}-${suffix}`;
  if (whole.length <= longestName && base === name) return whole;
  const mark = digest(`${name}-${suffix}`, 6);
  const room = longestName - suffix.length - mark.length - 2;
  return `${base.slice(0, room).replace(/-+$/u, '')}-${mark}-${suffix}`;
}

/** Name of the DataVolume, and so of the claim, of one disk of a machine. */
export const volumeName = (targetName: string, index: number): string =>
  withSuffix(targetName, `disk-${index}`);

/** Short key of a machine in its plan; unique enough for labels and names. */
export const machineKey = (machineId: string): string => digest(machineId, 12);

/** Name of the Secret that holds the credentials of a machine's source while its disks are copied. */
export const credentialsName = (planId: string, machineId: string): string =>
  `opal-${digest(planId, 8)}-${machineKey(machineId)}-source`;
