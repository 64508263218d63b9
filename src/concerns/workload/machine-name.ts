const validName = /^[A-Za-z0-9](?:[-A-Za-z0-9.]*[A-Za-z0-9])?$/u;

/** A name is also the value of a label, which takes 63 characters. */
export const longestMachineName = 63;

/** Whether a machine can keep its name on the target. */
export const isValidMachineName = (name: string): boolean =>
  validName.test(name) && Array.from(name).length <= longestMachineName;
