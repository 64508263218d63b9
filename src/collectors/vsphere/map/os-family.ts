/** The first that fits the configured id or the name that the guest agent reports. */
const families: readonly (readonly [RegExp, string])[] = [
  [/^win|windows/iu, 'windows'],
  [/darwin|mac ?os/iu, 'macos'],
  [/bsd/iu, 'bsd'],
  [/solaris|sunos/iu, 'solaris'],
  [
    /linux|rhel|red ?hat|centos|fedora|ubuntu|debian|sles|suse|oracle|rocky|alma|photon|coreos|asianux|mandr|amazon|vmware-photon/iu,
    'linux',
  ],
];

/** Family of a guest OS. What the agent reports is right where it differs from the configured one. */
export function osFamily(
  reported: string | undefined,
  guestId: string | undefined,
  guestName: string | undefined,
): string | undefined {
  const known = [reported, guestId, guestName].filter((text) => text !== undefined);
  for (const text of known) {
    const family = families.find(([pattern]) => pattern.test(text));
    if (family !== undefined) return family[1];
  }
  return known.length === 0 ? undefined : 'other';
}
