/** Red Hat Enterprise Linux 7 to 10, whatever the spelling around the number. */
const redHatName = /red hat enterprise linux\D*(?:7|8|9|10)(?!\d)/iu;
const windowsClientName = /windows\s+(?:10|11)(?!\d)/iu;
const windowsServerName = /windows server\D*(?:2016|2019|2022|2025)(?!\d)/iu;

/** Id of guest operating systems in the vSphere API. 2016 has the id of its preview, `windows9Server`. */
const supportedIds = new Set([
  'rhel7guest',
  'rhel7_64guest',
  'rhel8_64guest',
  'rhel9_64guest',
  'rhel10_64guest',
  'windows9guest',
  'windows9_64guest',
  'windows11_64guest',
  'windows12_64guest',
  'windows9server64guest',
  'windows2019srv_64guest',
  'windows2019srvnext_64guest',
  'windows2022srvnext_64guest',
]);

/** Whether a readable name is that of a supported guest operating system. */
export const isSupportedGuestName = (name: string): boolean =>
  redHatName.test(name) || windowsClientName.test(name) || windowsServerName.test(name);

/** Whether an id of the vSphere API is that of a supported guest operating system. */
export const isSupportedGuestId = (id: string): boolean => supportedIds.has(id.toLowerCase());
