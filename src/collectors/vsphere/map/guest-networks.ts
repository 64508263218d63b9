import { record, to, type AnyRecord, type EdgeTarget } from '../../../graph/model/index.js';
import { known } from './edges.js';
import type { Fields } from './fields.js';
import { deviceKey, type Machine } from './machine.js';

interface Address {
  readonly ipAddress: string;
  readonly prefixLength?: number | undefined;
  readonly origin?: string | undefined;
  readonly state?: string | undefined;
}

/** Addresses of a reported interface: with their prefix where the agent tells, else bare. */
function detailed(report: Fields): readonly Address[] {
  const configured = report
    .part('ipConfig')
    .objects('ipAddress')
    .flatMap((address): Address[] => {
      const ipAddress = address.filled('ipAddress');
      if (ipAddress === undefined) return [];
      return [
        {
          ipAddress,
          prefixLength: address.integer('prefixLength'),
          origin: address.filled('origin'),
          state: address.filled('state'),
        },
      ];
    });
  if (configured.length > 0) return configured;
  return report.texts('ipAddress').map((ipAddress) => ({ ipAddress }));
}

export const addressesOf = (report: Fields): readonly string[] =>
  detailed(report).map(({ ipAddress }) => ipAddress);

function nicOf(machine: Machine, report: Fields, mac: string | undefined): EdgeTarget | undefined {
  const id = report.integer('deviceConfigId');
  const adapter = machine.adapters.find(
    (device) =>
      deviceKey(device) === id ||
      (mac !== undefined && device.filled('macAddress')?.toLowerCase() === mac),
  );
  return adapter === undefined ? undefined : to('Nic', machine.part(deviceKey(adapter)));
}

/** The agent's DHCP switch stands with the interface, and for older agents with its resolver. */
function asksDhcp(report: Fields): boolean | undefined {
  const dhcp = report.part('ipConfig').part('dhcp');
  const flags = [dhcp.part('ipv4').flag('enable'), dhcp.part('ipv6').flag('enable')];
  return flags.includes(true)
    ? true
    : (flags.find((flag) => flag !== undefined) ?? report.part('dnsConfig').flag('dhcp'));
}

/**
 * The addresses inside the guest. The source forgets them when the machine is off, and so does
 * this: an address of last month, shown as today's, would be planned with. What was known stays in
 * the history of syncs.
 */
export function mapGuestNetworks(machine: Machine): AnyRecord[] {
  const records = new Map<string, AnyRecord>();
  for (const report of machine.fields.objects('guest.net')) {
    const mac = report.filled('macAddress')?.toLowerCase();
    const deviceConfigId = report.integer('deviceConfigId');
    for (const { ipAddress, prefixLength, origin, state } of detailed(report)) {
      const id = machine.part('net', deviceConfigId ?? -1, mac ?? '', ipAddress);
      records.set(
        id,
        record(
          'GuestNetwork',
          id,
          ipAddress,
          {
            mac,
            ipAddress,
            prefixLength,
            origin,
            state,
            dns: report.part('dnsConfig').texts('ipAddress'),
            dhcpEnabled: asksDhcp(report),
            deviceConfigId,
            networkName: report.filled('network'),
          },
          known({ machine: machine.self, nic: nicOf(machine, report, mac) }),
        ),
      );
    }
  }
  return [...records.values()];
}

/** The routes inside the guest, of all its network stacks. */
export function mapGuestRoutes(machine: Machine): AnyRecord[] {
  const records = new Map<string, AnyRecord>();
  machine.fields.objects('guest.ipStack').forEach((stack, number) => {
    const dns = stack.part('dnsConfig').texts('ipAddress');
    for (const route of stack.part('ipRouteConfig').objects('ipRoute')) {
      const network = route.filled('network') ?? '';
      const prefixLength = route.integer('prefixLength');
      const gateway = route.part('gateway').filled('ipAddress');
      const device = route.part('gateway').filled('device');
      const prefix = prefixLength ?? '';
      const id = machine.part('route', number, network, prefix, gateway ?? '', device ?? '');
      records.set(
        id,
        record(
          'GuestRoute',
          id,
          gateway === undefined ? `${network}/${prefix}` : `${network}/${prefix} via ${gateway}`,
          { network, prefixLength, gateway, device, dns },
          { machine: machine.self },
        ),
      );
    }
  });
  return [...records.values()];
}
