import { record, to, type AnyRecord, type EdgeTarget } from '../graph/model/index.js';

/** What a network card hears of the switch at the other end of its cable, by CDP or LLDP. */
export interface NeighbourSwitch {
  readonly protocol: 'cdp' | 'lldp';
  /** Name that the switch gives itself; a device id of CDP may have its serial number behind. */
  readonly systemName?: string | undefined;
  /** Of LLDP; told apart from names by its form, since sources give no more. */
  readonly chassisId?: string | undefined;
  readonly portId?: string | undefined;
  readonly description?: string | undefined;
  readonly nativeVlan?: number | undefined;
  readonly announcedVlans?: readonly number[] | undefined;
  readonly mtu?: number | undefined;
  readonly aggregated?: boolean | undefined;
  readonly platform?: string | undefined;
  readonly managementAddress?: string | undefined;
}

const isVlan = (id: number): boolean => id > 0 && id < 4095;
function filled(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}

/** MAC addresses in one form: lower case, colons. Other chassis ids in lower case. */
function chassis(id: string | undefined): string | undefined {
  const given = filled(id)?.toLowerCase();
  const digits = given?.replaceAll(/[:.-]/gu, '');
  return digits !== undefined && /^[0-9a-f]{12}$/u.test(digits)
    ? (digits.match(/../gu) ?? []).join(':')
    : given;
}

/** `leaf-a.example.com(FOC1234)` of CDP is `leaf-a.example.com`. */
const bareName = (name: string | undefined): string | undefined =>
  filled(filled(name)?.replace(/\([^()]*\)$/u, ''));

/** An address is no name with a domain. */
const isAddress = (name: string): boolean => /^[\d.]+$/u.test(name) || name.includes(':');

const withoutDomain = (name: string): string =>
  isAddress(name) ? name.toLowerCase() : (name.toLowerCase().split('.')[0] ?? name);

/**
 * The switch and the port as records, with the relationship of what is plugged in. A switch that
 * tells a chassis id is known by it within the source, since names repeat; else by its name. Found
 * again over sources it is by either. Nothing where the neighbour says neither.
 */
export function neighbourRecords(neighbour: NeighbourSwitch): {
  readonly records: readonly AnyRecord[];
  readonly pluggedInto?: EdgeTarget;
} {
  const systemName = bareName(neighbour.systemName);
  const chassisId = chassis(neighbour.chassisId);
  const id = chassisId ?? systemName?.toLowerCase();
  if (id === undefined) return { records: [] };
  const physicalSwitch = record(
    'PhysicalSwitch',
    id,
    systemName ?? id,
    {
      systemName,
      hostName: systemName === undefined ? undefined : withoutDomain(systemName),
      chassisId,
    },
    {},
  );
  const portId = filled(neighbour.portId) ?? filled(neighbour.description);
  if (portId === undefined) return { records: [physicalSwitch] };
  const vlans = [...new Set(neighbour.announcedVlans ?? [])].filter(isVlan);
  const port = record(
    'SwitchPort',
    `${id}/${portId}`,
    portId,
    {
      portId,
      description: filled(neighbour.description),
      protocol: neighbour.protocol,
      nativeVlan:
        neighbour.nativeVlan !== undefined && isVlan(neighbour.nativeVlan)
          ? neighbour.nativeVlan
          : undefined,
      announcedVlans: vlans.sort((one, other) => one - other).map(String),
      mtu: neighbour.mtu,
      aggregated: neighbour.aggregated,
      platform: filled(neighbour.platform),
      managementAddress: filled(neighbour.managementAddress),
    },
    { physicalSwitch: to('PhysicalSwitch', id) },
  );
  return { records: [physicalSwitch, port], pluggedInto: to('SwitchPort', `${id}/${portId}`) };
}

/** One record an object, though several network cards hear it. */
export const distinctRecords = (records: readonly AnyRecord[]): AnyRecord[] => [
  ...new Map(records.map((one) => [`${one.kind}/${one.externalId}`, one])).values(),
];
