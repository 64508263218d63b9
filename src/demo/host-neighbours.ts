import type { Body } from './inventory-value.js';
import type { Host } from './layout.js';

/** Each cluster fills a rack of its own, with two switches at its top. */
const rackOf = ({ cluster }: Host): string =>
  `${cluster.site.city}-r${String(cluster.index + 1).padStart(2, '0')}`;

const isVlan = (id: number | undefined): id is number => id !== undefined && id > 0 && id < 4095;

/** VLANs of the distributed networks of the site, which its uplinks carry. */
const carriedVlans = (host: Host): readonly number[] => [
  ...new Set(
    host.cluster.site.networks.flatMap(({ variant, vlan }) =>
      variant === 'distributed' && isVlan(vlan) ? vlan : [],
    ),
  ),
];

const seenVlans = (ids: readonly number[]): Body[] =>
  ids.map((vlanId) => ({ vlanId, ipSubnet: `10.${vlanId % 250}.0.1-10.${vlanId % 250}.0.254` }));

/** A card for management hears an access switch by CDP, and no more than its two VLANs. */
const cdpHint = (host: Host, device: string): Body => ({
  device,
  subnet: seenVlans([40, 41]),
  network: [],
  connectedSwitchPort: {
    cdpVersion: 2,
    devId: `access-${rackOf(host)}.example.com`,
    systemName: `access-${rackOf(host)}`,
    portId: `GigabitEthernet1/0/${host.number * 2 - (device === 'vmnic0' ? 1 : 0)}`,
    hardwarePlatform: 'cisco WS-C3850-48T',
    vlan: 40,
    mtu: 1500,
  },
});

/** A card for machines hears a leaf switch by LLDP. */
function lldpHint(host: Host, device: string): Body {
  const side = device === 'vmnic2' ? 'a' : 'b';
  const rack = (host.cluster.index + 1).toString(16).padStart(2, '0');
  return {
    device,
    // Frames of a quiet VLAN may not be seen: the second card has heard fewer of them.
    subnet: seenVlans(carriedVlans(host).filter((_, place) => side === 'a' || place % 3 !== 2)),
    network: [],
    lldpInfo: {
      chassisId: `44:38:39:0${side}:00:${rack}`,
      portId: `swp${host.number}`,
      timeToLive: 120,
      parameter: [
        { key: 'System Name', value: `leaf-${rackOf(host)}-${side}.example.com` },
        { key: 'Port Description', value: host.name },
        // One leaf was put in with the frame size of its factory.
        { key: 'MTU', value: host.cluster.index === 1 && side === 'b' ? '1500' : '9216' },
        { key: 'Vlan ID', value: '1' },
      ],
    },
  };
}

/** What the network cards of a host hear, as QueryNetworkHint answers. */
export const neighboursOf = (host: Host): Body[] => [
  ...['vmnic0', 'vmnic1'].map((device) => cdpHint(host, device)),
  ...(host.cluster.isStandalone
    ? []
    : ['vmnic2', 'vmnic3'].map((device) => lldpHint(host, device))),
];
