import { GiB, type Body } from './inventory-value.js';
import type { MachineDraft, NicDraft } from './machine-draft.js';
import type { Random } from './random.js';

const nameServers = ['10.0.0.53', '10.0.0.54'];

function netOf(nic: NicDraft, hostName: string | undefined): Body {
  const { address } = nic;
  return {
    network: nic.network.name,
    macAddress: nic.mac,
    connected: true,
    deviceConfigId: nic.key,
    ...(address === undefined
      ? {}
      : {
          ipAddress: [address, linkLocal(nic.mac)],
          ipConfig: {
            ipAddress: [
              { ipAddress: address, prefixLength: 24, origin: 'manual', state: 'preferred' },
              {
                ipAddress: linkLocal(nic.mac),
                prefixLength: 64,
                origin: 'linklayer',
                state: 'unknown',
              },
            ],
          },
          dnsConfig: {
            dhcp: false,
            hostName: (hostName ?? '').split('.')[0] ?? '',
            domainName: 'example.com',
            ipAddress: nameServers,
          },
        }),
  };
}

/** The IPv6 address that follows from a MAC. */
function linkLocal(mac: string): string {
  const [a = '00', b = '00', c = '00', d = '00', e = '00', f = '00'] = mac.split(':');
  const flipped = (Number.parseInt(a, 16) ^ 2).toString(16).padStart(2, '0');
  return `fe80::${flipped}${b}:${c}ff:fe${d}:${e}${f}`;
}

function stackOf(machine: MachineDraft): Body[] {
  const [first] = machine.nics;
  if (first?.address === undefined) return [];
  const gateway = first.address.replace(/\d+$/u, '1');
  const network = first.address.replace(/\d+$/u, '0');
  return [
    {
      dnsConfig: {
        dhcp: false,
        hostName: (machine.hostName ?? '').split('.')[0] ?? '',
        domainName: 'example.com',
        ipAddress: nameServers,
      },
      ipRouteConfig: {
        ipRoute: [
          { network: '0.0.0.0', prefixLength: 0, gateway: { ipAddress: gateway, device: '0' } },
          { network, prefixLength: 24, gateway: { device: '0' } },
        ],
      },
    },
  ];
}

function volumesOf(machine: MachineDraft): Body[] {
  return machine.volumes.map((volume) => {
    const disk = volume.disk === undefined ? undefined : machine.disks[volume.disk];
    return {
      diskPath: volume.path,
      capacity: volume.capacityGiB * GiB,
      freeSpace: volume.freeBytes,
      filesystemType: volume.type,
      mappings: [{ key: disk?.key ?? 0 }],
    };
  });
}

/** What the guest agent reports; the source forgets most of it when the machine is off. */
export function guestOf(machine: MachineDraft, random: Random): Body {
  const { hostName, toolsRunning } = machine;
  const version = random.pick(['12389', '11365', '10346']);
  const always: Body = {
    'guest.hostName': hostName,
    'guest.guestState': toolsRunning ? 'running' : 'notRunning',
    'guest.toolsRunningStatus': toolsRunning ? 'guestToolsRunning' : 'guestToolsNotRunning',
    'guest.toolsStatus': toolsRunning ? 'toolsOk' : 'toolsNotRunning',
    'guest.toolsVersionStatus2':
      version === '12389' ? 'guestToolsCurrent' : 'guestToolsSupportedOld',
    'guest.toolsVersion': version,
  };
  if (!toolsRunning) return always;
  const { reported } = machine.system;
  return {
    ...always,
    'guest.guestFullName': reported === '' ? undefined : reported,
    'guest.ipAddress': machine.nics[0]?.address,
    'guest.net': machine.nics.map((nic) => netOf(nic, hostName)),
    'guest.ipStack': stackOf(machine),
    'guest.disk': volumesOf(machine),
  };
}
