import { defineRule } from '../../rule/rule.js';
import { valueOf } from '../../workload/property-pairs.js';

/** Releases by the os_distro that images of them have, in the words of libosinfo. */
const supported: readonly (readonly [distro: RegExp, version: RegExp])[] = [
  [/rhel|centos|red ?hat/iu, /^[789](?:\D|$)/u],
  [/fedora/iu, /^3[678]$/u],
  [/windows/iu, /2008|2012|2016|2019|2022|2k8|2k12|2k16|2k19|2k22|^(?:7|8|10|11)(?:\D|$)/iu],
];

export const osUnsupported = defineRule({
  id: 'openstack.os.unsupported',
  category: 'Warning',
  label: 'The guest operating system is not supported',
  version: 2,
  fires:
    'The image says os_distro and os_version, and they are not Red Hat Enterprise Linux or CentOS 7 to 9, Fedora 36 to 38, Windows 7, 8, 10 or 11, or Windows Server 2008, 2012, 2016, 2019 or 2022.',
  deviation: 'The case of the letters does not matter, and Red Hat may be spelled out.',
  effect:
    'Nobody vouches for it on the target: the guest may come up without drivers for disk or network.',
  remedy:
    'Migrate one machine of this operating system as a trial. If it comes up, accept the concern for all of them; else upgrade or rebuild the guests.',
  find: ({ imageProperties }) => {
    const distro = valueOf(imageProperties, 'os_distro')?.trim();
    const version = valueOf(imageProperties, 'os_version')?.trim();
    if (distro === undefined || version === undefined) return [];
    const known = supported.some(([one, other]) => one.test(distro) && other.test(version));
    return known ? [] : [{ distro, version }];
  },
  cause: {
    kinds: ['OperatingSystem'],
    reason: 'A trial of one release decides for all machines of the source that run it.',
    at: ({ distro, version }, vm) => ({
      kind: 'OperatingSystem',
      id: `${vm.source}/OperatingSystem/${distro} ${version}`,
      name: `${distro} ${version}`,
    }),
    label: ({ name }) => `Try the migration of one machine with ${name}`,
  },
  assessment: ({ distro, version }) =>
    `${distro} ${version} is not among the supported operating systems. Try the migration of one such machine first.`,
});
