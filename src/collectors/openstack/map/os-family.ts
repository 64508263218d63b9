/** The first that fits what the owner of an image wrote about its guest. */
const families: readonly (readonly [RegExp, string])[] = [
  [/win/iu, 'windows'],
  [/mac|darwin/iu, 'macos'],
  [/bsd/iu, 'bsd'],
  [/solaris|sunos/iu, 'solaris'],
  [
    /linux|rhel|red ?hat|centos|fedora|ubuntu|debian|sles|suse|oracle|rocky|alma|coreos|cirros|arch|gentoo|mandr|amazon|openeuler/iu,
    'linux',
  ],
];

/** Family of a guest from the properties os_distro and os_type of its image. */
export function osFamily(distro: string | undefined, type: string | undefined): string | undefined {
  const known = [distro, type].filter((text) => text !== undefined);
  for (const text of known) {
    const family = families.find(([pattern]) => pattern.test(text));
    if (family !== undefined) return family[1];
  }
  return known.length === 0 ? undefined : 'other';
}
